"""Somebody always remains who administers a place, also when two remove one another at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from casetrack.accounts.models import User
from casetrack.organizations.granting import LastAdministrator
from casetrack.organizations.keeping_accounts import change_account
from casetrack.organizations.keeping_memberships import change_membership, remove_membership
from casetrack.organizations.models import Membership, Region, Role

NATION, PROVINCE, OTHER = "000000000000", "620000000000", "110000000000"


@pytest.fixture
def regions(db: None) -> None:
    Region.objects.create(code=NATION, name="全国", level="nation")
    Region.objects.create(code=PROVINCE, name="甘肃省", level="province", parent_id=NATION)
    Region.objects.create(code=OTHER, name="北京市", level="province", parent_id=NATION)


def administrator(name: str, region: str, **more: object) -> User:
    user = User.objects.create_user(name)
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR, region_id=region, **more)
    return user


def close(user: User) -> None:
    change_account(user_id=user.pk, changes={"is_active": False}, actor=None, now=timezone.now())


@pytest.mark.parametrize(
    ("region", "more", "remains"),
    [
        (PROVINCE, {}, True),
        (NATION, {}, True),
        (OTHER, {}, False),
        (PROVINCE, {"kinds": ["petition"]}, False),
    ],
)
def test_who_remains_must_administer_the_same_place_there_or_above(
    regions: None, region: str, more: dict[str, object], remains: bool
) -> None:
    leaving, _ = administrator("leaving", PROVINCE), administrator("other", region, **more)

    if remains:
        close(leaving)
    else:
        with pytest.raises(LastAdministrator, match="甘肃省最后一位管理员"):
            close(leaving)

    leaving.refresh_from_db()
    assert leaving.is_active is not remains


def test_who_is_no_longer_in_post_does_not_remain(regions: None) -> None:
    leaving, other = administrator("leaving", PROVINCE), administrator("other", PROVINCE)
    User.objects.filter(pk=other.pk).update(is_active=False)

    with pytest.raises(LastAdministrator):
        close(leaving)


@pytest.mark.parametrize("changes", [{"role": "clerk"}, {"kinds": ("petition",)}])
def test_the_last_is_not_made_less_either(regions: None, changes: dict[str, object]) -> None:
    held = administrator("last", PROVINCE).memberships.get()

    with pytest.raises(LastAdministrator):
        change_membership(membership_id=held.pk, changes=changes, actor=None, now=timezone.now())
    with pytest.raises(LastAdministrator):
        remove_membership(membership_id=held.pk, actor=None, now=timezone.now())


def test_someone_who_administers_nothing_leaves_as_they_like(regions: None) -> None:
    clerk = User.objects.create_user("clerk")
    Membership.objects.create(user=clerk, role=Role.CLERK, region_id=PROVINCE)

    close(clerk)

    assert not User.objects.get(username="clerk").is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_one_another_out_at_once_one_remains(regions: None) -> None:
    first, second = administrator("first", PROVINCE), administrator("second", PROVINCE)
    both = Barrier(2)

    def attempt(actor: User, other: User) -> bool:
        try:
            both.wait()
            change_account(user_id=other.pk, changes={"is_active": False}, actor=actor, now=timezone.now())
        except LastAdministrator:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        attempts = [pool.submit(attempt, first, second), pool.submit(attempt, second, first)]
        outcomes = sorted(each.result() for each in attempts)

    assert outcomes == [False, True]
    assert User.objects.filter(is_active=True).count() == 1

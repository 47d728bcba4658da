"""Who may see what: one predicate, in the database and in Python."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, F, When
from django.db.models.lookups import Exact
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casetrack.accounts.models import User
from casetrack.organizations.divisions import code_range
from casetrack.organizations.models import (
    Mediator,
    Membership,
    Organization,
    OrganizationKind,
    Region,
    Role,
    Training,
)
from casetrack.organizations.operations import ensure_offices, ensure_region
from casetrack.organizations.querysets import OrganizationQuerySet
from casetrack.organizations.scope import Grant, Scope, scope_of
from tests.organizations.world import GANGU, GANSU, NATION, QINAN, TIANSHUI, XINGGUO

KINDS = st.frozensets(st.sampled_from([OrganizationKind.PETITION_OFFICE.value, "legal_aid_centre", "mediation_room"]))
CODES = st.sampled_from([NATION, GANSU, TIANSHUI, QINAN, GANGU, XINGGUO, "230304000000"])
REGION_GRANTS = st.builds(Grant, role=st.just("clerk"), codes=CODES.map(code_range), kinds=KINDS, cleared=st.booleans())
OFFICE_GRANTS = st.builds(
    Grant,
    role=st.just("clerk"),
    codes=st.none(),
    organizations=st.frozensets(st.integers(0, 9)),
    kinds=KINDS,
    cleared=st.booleans(),
)
SCOPES = st.builds(
    Scope,
    everything=st.sampled_from([False, False, False, True]),
    grants=st.lists(REGION_GRANTS | OFFICE_GRANTS, max_size=3).map(tuple),
)


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk")


@pytest.fixture
def offices(qinan: Region, gangu: Region, didao: Region, committee: Organization) -> list[Organization]:
    for region in (qinan, gangu, didao, Region.objects.get(pk=TIANSHUI)):
        ensure_offices(region=region)
    return list(Organization.objects.order_by("pk"))


# the world is only read, so that sharing it between examples is safe
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scope=SCOPES, by_kind=st.booleans())
def test_the_database_and_python_allow_the_same_rows(offices: list[Organization], scope: Scope, by_kind: bool) -> None:
    scope = numbered(scope, offices)
    asked = scope.on(
        region_field="region",
        organization_field="pk",
        kind_field="kind" if by_kind else None,
        restricted_field="secret",
    )

    allowed = {
        office.pk
        for office in offices
        if scope.allows(
            region_code=office.region_id,
            organization_id=office.pk,
            kind=office.kind if by_kind else None,
            restricted=office.pk % 2 == 0,
        )
    }

    assert set(every_second_restricted().filter(asked).values_list("pk", flat=True)) == allowed


def every_second_restricted() -> OrganizationQuerySet:
    """Offices in place of cases, every second of them restricted."""
    return Organization.objects.annotate(
        secret=Case(When(Exact(F("pk") % 2, 0), then=True), default=False, output_field=BooleanField())
    )


def numbered(scope: Scope, offices: list[Organization]) -> Scope:
    """The offices of the drawn places, since their ids are not known when drawing."""
    grants = [
        Grant(
            role=grant.role,
            codes=grant.codes,
            organizations=frozenset(offices[place].pk for place in grant.organizations),
            kinds=grant.kinds,
            cleared=grant.cleared,
        )
        for grant in scope.grants
    ]
    return Scope(everything=scope.everything, grants=tuple(grants))


@pytest.mark.usefixtures("offices")
def test_nobody_sees_anything_without_a_membership(clerk: User) -> None:
    assert not Organization.objects.visible_to(clerk).exists()
    assert not Organization.objects.visible_to(AnonymousUser()).exists()


def test_a_user_who_left_sees_nothing(clerk: User, qinan: Region) -> None:
    Membership.objects.create(user=clerk, role=Role.CLERK, region=qinan)
    clerk.is_active, clerk.is_superuser = False, True

    assert scope_of(clerk) == Scope()


@pytest.mark.usefixtures("offices")
def test_a_superuser_sees_everything(clerk: User) -> None:
    clerk.is_superuser = True

    assert Organization.objects.visible_to(clerk).count() == Organization.objects.count()
    assert scope_of(clerk).allows_region(NATION)


@pytest.mark.usefixtures("offices")
def test_a_county_clerk_sees_the_county_and_not_its_neighbour(clerk: User, qinan: Region) -> None:
    Membership.objects.create(user=clerk, role=Role.CLERK, region=qinan)

    assert set(Organization.objects.visible_to(clerk).values_list("county", flat=True)) == {QINAN}
    assert scope_of(clerk).allows_region(XINGGUO)
    assert not scope_of(clerk).allows_region(GANGU)
    assert not scope_of(clerk).allows_region(TIANSHUI)


def test_a_member_of_a_committee_sees_it_and_its_rooms_only(clerk: User, committee: Organization) -> None:
    room = Organization.objects.create(
        region=committee.region,
        county=committee.county,
        name="驻兴国派出所调解室",
        kind=OrganizationKind.MEDIATION_ROOM,
        parent=committee,
    )
    ensure_offices(region=committee.county)
    Membership.objects.create(user=clerk, role=Role.HANDLER, organization=committee)

    assert set(Organization.objects.visible_to(clerk)) == {committee, room}
    assert not scope_of(clerk).allows_region(XINGGUO)


def test_a_membership_for_some_kinds_opens_no_others(clerk: User, qinan: Region) -> None:
    Membership.objects.create(user=clerk, role=Role.CLERK, region=qinan, kinds=["petition"])
    scope = scope_of(clerk)

    assert scope.allows(region_code=XINGGUO, organization_id=1, kind="petition")
    assert not scope.allows(region_code=XINGGUO, organization_id=1, kind="mediation")


def test_two_memberships_do_not_lend_each_other_their_kinds(clerk: User, qinan: Region, gangu: Region) -> None:
    Membership.objects.create(user=clerk, role=Role.CLERK, region=qinan, kinds=["petition"])
    Membership.objects.create(user=clerk, role=Role.CLERK, region=gangu, kinds=["mediation"])

    assert not scope_of(clerk).allows_region(QINAN, kind="mediation")
    assert scope_of(clerk).allows_region(GANGU, kind="mediation")


def test_only_a_cleared_membership_opens_restricted_cases_and_only_where_it_is(
    clerk: User, qinan: Region, gangu: Region
) -> None:
    Membership.objects.create(user=clerk, role=Role.HANDLER, region=qinan, cleared=True)
    Membership.objects.create(user=clerk, role=Role.HANDLER, region=gangu)
    scope = scope_of(clerk)

    sees = {
        code: [scope.allows(region_code=code, organization_id=1, kind="petition", restricted=r) for r in (False, True)]
        for code in (QINAN, GANGU)
    }
    assert sees == {QINAN: [True, True], GANGU: [True, False]}


def test_a_scope_can_be_narrowed_to_the_roles_that_may_write(clerk: User, qinan: Region, gangu: Region) -> None:
    Membership.objects.create(user=clerk, role=Role.AUDITOR, region=qinan)
    Membership.objects.create(user=clerk, role=Role.CLERK, region=gangu)

    writing = scope_of(clerk).of_roles({Role.CLERK})

    assert not writing.allows_region(QINAN)
    assert writing.allows_region(GANGU)


def test_mediators_and_trainings_are_seen_with_their_branch(clerk: User, committee: Organization) -> None:
    Mediator.objects.create(organization=committee, name="许某")
    Training.objects.create(region=committee.county, held_on="2019-08-21", name="培训班", attendance=89)
    membership = Membership.objects.create(user=clerk, role=Role.CLERK, organization=committee)
    assert Mediator.objects.visible_to(clerk).count() == 1
    assert not Training.objects.visible_to(clerk).exists()

    town, _ = ensure_region(code=QINAN)
    Membership.objects.filter(pk=membership.pk).update(organization=None, region=town)

    assert Mediator.objects.visible_to(clerk).count() == 1
    assert Training.objects.visible_to(clerk).count() == 1


def test_a_scope_takes_two_queries_however_many_memberships(
    clerk: User, offices: list[Organization], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Membership.objects.bulk_create(Membership(user=clerk, role=Role.CLERK, organization=office) for office in offices)

    with django_assert_max_num_queries(3):
        assert len(scope_of(clerk).grants) == len(offices)

"""Changing the key of personal data: all of it, once, whatever interrupts, and no clerk waits."""

from collections.abc import Callable
from io import StringIO
from threading import Event, Thread
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from casetrack.accounts import rotation, second_factor
from casetrack.accounts.models import Action, AuditEntry, IdempotencyKey, User
from casetrack.accounts.rotation import Rotated, rotate_keys, sealed_tables
from casetrack.lib.crypto import key_id
from casetrack.organizations.models import Mediator, Organization, OrganizationKind, Region

OLD, NEW, LOST = b"o" * 32, b"n" * 32, b"l" * 32
PHONES = [f"1380000000{number}" for number in range(5)]
TABLE = "organizations_mediator"


@pytest.fixture(autouse=True)
def old_key(settings: Settings) -> None:
    settings.FIELD_KEYS = [OLD]


@pytest.fixture
def office(transactional_db: None) -> Organization:
    Region.objects.create(code="000000000000", name="全国", level="nation")
    place = {"region_id": "000000000000", "county_id": "000000000000"}
    return Organization.objects.create(name="某县司法局", kind=OrganizationKind.JUSTICE_BUREAU, **place)


@pytest.fixture
def mediators(office: Organization) -> list[Mediator]:
    return [Mediator.objects.create(organization=office, name="许某", phone=phone) for phone in PHONES]


def rotate(settings: Settings, *, progress: Callable[[str, int], None] = lambda table, rows: None) -> Rotated:
    settings.FIELD_KEYS = [NEW, OLD]
    return rotate_keys(now=timezone.now(), progress=progress, batch=2)


def keys_in_use() -> set[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT substring(phone FROM 2 FOR 4) FROM {TABLE} WHERE octet_length(phone) > 0")
        return {bytes(found) for (found,) in cursor.fetchall()}


def test_everything_is_readable_and_found_with_the_new_key_alone(
    settings: Settings, mediators: list[Mediator], office: Organization
) -> None:
    Mediator.objects.create(organization=office, name="无电话")
    before = Mediator.objects.values_list("phone_index", flat=True).order_by("pk").first()

    rotated = rotate(settings)
    settings.FIELD_KEYS = [NEW]

    assert (rotated.resealed[TABLE], rotated.left[TABLE], rotated.others_may_go) == (5, 0, True)
    assert list(Mediator.objects.order_by("pk").values_list("phone", flat=True)) == [*PHONES, ""]
    assert Mediator.objects.values_list("phone_index", flat=True).order_by("pk").first() != before
    assert list(Mediator.objects.values_list("phone_index", flat=True).filter(phone_index="")) == [""]
    assert keys_in_use() == {key_id(NEW)}


def test_a_second_run_finds_nothing_to_do(settings: Settings, mediators: list[Mediator]) -> None:
    rotate(settings)
    before = list(Mediator.objects.values_list("pk", "phone_index"))

    again = rotate(settings)

    assert again.resealed[TABLE] == 0
    assert list(Mediator.objects.values_list("pk", "phone_index")) == before


def test_killed_after_a_batch_it_goes_on_where_it_was(settings: Settings, mediators: list[Mediator]) -> None:
    def killed(table: str, rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(settings, progress=killed)
    between = keys_in_use()

    rotated = rotate(settings)

    assert between == {key_id(NEW), key_id(OLD)}
    assert (rotated.resealed[TABLE], keys_in_use()) == (3, {key_id(NEW)})


def test_a_row_that_a_clerk_holds_is_taken_once_it_is_free(settings: Settings, mediators: list[Mediator]) -> None:
    held, go = Event(), Event()

    def clerk() -> None:
        with transaction.atomic():
            Mediator.objects.filter(pk=mediators[0].pk).update(name="王某")
            held.set()
            assert go.wait(10)
        connection.close()

    thread = Thread(target=clerk)
    thread.start()
    assert held.wait(10)

    rotated = rotate(settings, progress=lambda table, rows: go.set())  # the others are done: the clerk lets go
    thread.join()

    assert (rotated.resealed[TABLE], rotated.left[TABLE]) == (5, 0)
    assert Mediator.objects.get(pk=mediators[0].pk).name == "王某"


def test_what_stays_held_is_left_and_said_so(
    settings: Settings, mediators: list[Mediator], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "PATIENCE", 0)
    held, go = Event(), Event()

    def clerk() -> None:
        with transaction.atomic():
            Mediator.objects.select_for_update().get(pk=mediators[0].pk)
            held.set()
            assert go.wait(30)
        connection.close()

    thread = Thread(target=clerk)
    thread.start()
    assert held.wait(10)

    rotated = rotate(settings)
    go.set()
    thread.join()

    assert (rotated.resealed[TABLE], rotated.left[TABLE], rotated.others_may_go) == (4, 1, False)


def test_a_row_of_a_lost_key_is_left_alone_and_keeps_the_old_key_in_place(
    settings: Settings, mediators: list[Mediator], office: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "PATIENCE", 0)
    settings.FIELD_KEYS = [LOST]
    Mediator.objects.create(organization=office, name="失某", phone="13900000000")

    rotated = rotate(settings)

    assert (rotated.resealed[TABLE], rotated.left[TABLE], rotated.others_may_go) == (5, 1, False)
    assert keys_in_use() == {key_id(NEW), key_id(LOST)}


def test_second_factors_and_kept_answers_are_among_it(settings: Settings, office: Organization) -> None:
    user = User.objects.create_user("wang")
    Authenticator.objects.create(user=user, type="totp", data={"secret": second_factor.seal("JBSWY3DPEHPK3PXP")})
    IdempotencyKey.objects.create(user=user, key="k", digest="0", body="张三", created_at=timezone.now())

    rotated = rotate(settings)
    settings.FIELD_KEYS = [NEW]

    assert (rotated.resealed["second factors"], rotated.resealed["api_idempotencykey"]) == (1, 1)
    assert second_factor.unseal(Authenticator.objects.get().data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert IdempotencyKey.objects.get().body == "张三"


def test_every_sealed_column_has_its_index_where_it_is_searched() -> None:
    found: dict[str, Any] = {table.name: (set(table.columns), set(table.indexes)) for table in sealed_tables()}

    assert found["cases_party"] == ({"phone", "identity", "address"}, {"phone", "identity"})
    assert found[TABLE] == ({"phone"}, {"phone"})


def test_begin_and_end_are_in_the_audit_log(settings: Settings, mediators: list[Mediator]) -> None:
    rotate(settings)

    begun, ended = AuditEntry.objects.filter(action=Action.KEYS_ROTATED).order_by("pk")

    assert begun.details == {"state": "begun", "key": key_id(NEW).hex()}
    assert (ended.details["state"], ended.details["resealed"][TABLE], ended.details["left"][TABLE]) == ("ended", 5, 0)


def test_the_command_says_what_it_did_and_which_key_may_go(settings: Settings, mediators: list[Mediator]) -> None:
    settings.FIELD_KEYS, out = [NEW, OLD], StringIO()

    call_command("rotate_keys", stdout=out)

    assert f"{TABLE}\t改用新密钥 5\t仍用其他密钥 0" in out.getvalue()
    assert f"其余密钥（{key_id(OLD).hex()}）可从 CASETRACK_FIELD_KEY 删去" in out.getvalue()


def test_the_command_fails_while_anything_needs_another_key(
    settings: Settings, mediators: list[Mediator], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "PATIENCE", 0)
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(CommandError, match="旧密钥暂不能"):
        call_command("rotate_keys", stdout=StringIO())

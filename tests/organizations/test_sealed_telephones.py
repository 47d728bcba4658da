"""The sealed field, and the one way to write a number."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from pytest_django import Settings

from casetrack.accounts.fields import blind_index, blind_indexes
from casetrack.organizations.models import Mediator, Organization

PHONE = "13800138000"


@pytest.fixture
def mediator(committee: Organization) -> Mediator:
    return Mediator.objects.create(organization=committee, name="许某", phone=PHONE)


def stored(mediator: Mediator) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM organizations_mediator WHERE id = %s", [mediator.pk])
        (value,) = cursor.fetchone()
    return bytes(value)


def test_the_database_holds_no_readable_telephone(mediator: Mediator) -> None:
    assert PHONE.encode() not in stored(mediator)


def test_the_model_reads_what_was_written(mediator: Mediator) -> None:
    assert Mediator.objects.get().phone == PHONE
    assert list(Mediator.objects.values_list("phone", flat=True)) == [PHONE]


def test_an_empty_telephone_stays_empty(mediator: Mediator) -> None:
    Mediator.objects.update(phone="")

    assert stored(mediator) == b""
    assert Mediator.objects.get().phone == ""


def test_searching_a_sealed_field_is_refused(mediator: Mediator) -> None:
    with pytest.raises(FieldError, match="blind_index"):
        Mediator.objects.filter(phone=PHONE).exists()


@pytest.mark.parametrize("written", ["138-0013-8000", "１３８００１３８０００", " 138 0013 8000 ", "138－0013－8000"])
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    assert blind_index(written) == blind_index(PHONE)


def test_an_identity_number_is_found_with_a_small_or_capital_x() -> None:
    assert blind_index("11010119900101001x") == blind_index("11010119900101001X")


def test_nothing_is_indexed_by_nothing() -> None:
    assert blind_index(" ") == ""
    assert blind_indexes("") == []


def test_a_number_indexed_under_an_old_key_is_still_looked_for(settings: Settings) -> None:
    settings.FIELD_KEYS = [bytes(32)]
    old = blind_index(PHONE)

    settings.FIELD_KEYS = [bytes(range(32)), bytes(32)]

    assert old in blind_indexes(PHONE)
    assert blind_index(PHONE) == blind_indexes(PHONE)[0]

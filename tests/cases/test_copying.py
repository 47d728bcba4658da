"""Rows written by COPY are the rows that were given, whatever their text holds."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casetrack.accounts.fields import blind_index
from casetrack.cases import copying
from casetrack.cases.copying import copy_in, dump
from casetrack.cases.models import Case, CaseEvent, Party, Unsettled
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute

pytestmark = pytest.mark.usefixtures("few")
AWKWARD = "a\tb\nc\r\\N \\. \\x41 “引号” 'x' \"y\" \\"


@pytest.fixture(params=[0, 20], ids=["by COPY", "by INSERT"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways, whatever the number of rows."""
    monkeypatch.setattr(copying, "FEW", request.param)


def case_like(committee: Organization, number: str) -> Case:
    return Case(
        kind="mediation",
        organization=committee,
        region_code=committee.region_id,
        number=number,
        number_scope="test",
        private={"summary": AWKWARD},
        received_on=date(2024, 3, 1),
        created_at=NOW,
    )


def test_what_is_copied_in_is_read_back(committee: Organization) -> None:
    case = case_like(committee, AWKWARD)
    copy_in([case])
    party = Party(case=case, role="applicant", name=AWKWARD, phone="138\\0", phone_index=blind_index("1380"))

    copy_in([party, Party(case=case, role="respondent")])

    kept = Case.objects.get(pk=case.pk)
    assert (kept.number, kept.private, kept.received_on) == (AWKWARD, {"summary": AWKWARD}, date(2024, 3, 1))
    assert (kept.closed_on, kept.created_at, kept.values) == (None, NOW, {})
    first, second = Party.objects.filter(case=case).order_by("pk")
    assert (first.name, first.phone, first.phone_index) == (AWKWARD, "138\\0", blind_index("1380"))
    assert (second.name, second.phone) == ("", "")


@pytest.mark.parametrize("names", [None, [], ["closed"], ["closed", AWKWARD, "NULL", "a,b", "{c}", ""]])
def test_a_list_of_texts_is_read_back(committee: Organization, names: list[str] | None) -> None:
    copy_in([Unsettled(organization=committee, kind="mediation", month=date(2024, 3, 1), names=names)])

    assert Unsettled.objects.get().names == names


def test_copied_rows_have_keys_of_their_own_and_count_as_saved(committee: Organization) -> None:
    logged = log_dispute(committee)

    case = case_like(committee, "1")
    copy_in([case])

    assert case.pk > logged.pk
    case.number = "2"
    case.save()
    assert Case.objects.filter(number_scope="test").count() == 1


def test_a_number_taken_is_an_integrity_error_as_with_any_insert(committee: Organization) -> None:
    copy_in([case_like(committee, "1")])

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in([case_like(committee, "1")])


def test_nothing_to_copy_is_no_statement(db: None) -> None:
    copy_in([])

    assert not CaseEvent.objects.exists()


def test_a_value_nobody_thought_of_is_refused() -> None:
    with pytest.raises(TypeError, match="COPY was given a float"):
        dump(0.5)

"""The numbers an office gives run without gaps, also while many write at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.kinds.refusals import Refused
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute


def test_each_year_begins_anew(committee: Organization) -> None:
    numbers = [log_dispute(committee, day).number for day in (date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 2))]

    assert [number.partition("人调")[2] for number in numbers] == ["〔2023〕1号", "〔2023〕2号", "〔2024〕1号"]


@pytest.mark.django_db(transaction=True)
def test_forty_writers_leave_no_gap_and_no_number_twice(committee: Organization) -> None:
    def log(_: int) -> None:
        try:
            log_dispute(committee)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(log, range(40)))

    given = sorted(int(case.number.rpartition("〕")[2].removesuffix("号")) for case in Case.objects.all())
    assert given == list(range(1, 41))


def test_a_case_that_is_refused_gives_its_number_back(committee: Organization) -> None:
    log_dispute(committee)
    unlawful = (StepDraft("register", date(2024, 3, 1), {"category": "other"}), StepDraft("perform", date(2024, 3, 2)))

    with pytest.raises(Refused):
        open_case(draft=CaseDraft("mediation", committee, unlawful), actor=None, now=NOW)

    assert log_dispute(committee).number.endswith("〕2号")

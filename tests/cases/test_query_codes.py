"""Whoever has the code of a case learns its state and dates; whoever has none, or a wrong one, learns nothing."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from casetrack.accounts.fields import blind_index
from casetrack.accounts.models import AuditEntry
from casetrack.cases.models import QueryCode
from casetrack.cases.query_codes import (
    CaseStatus,
    QueryCodeRefused,
    issue_query_code,
    new_code,
    replace_query_code,
    status_by_code,
)
from casetrack.organizations.models import Organization, OrganizationKind
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, take
from tests.web.cases import petition


def test_a_code_tells_state_and_dates(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))
    row = issue_query_code(case_id=case.pk, actor=None, now=NOW)

    # the thirtieth day is a Sunday
    assert status_by_code(row.code) == CaseStatus("已受理", date(2024, 3, 1), date(2024, 3, 1), date(2024, 4, 1), None)
    assert status_by_code(f" {row.code.lower().replace('-', ' ')} ") == status_by_code(row.code)

    take(case, "withdraw", date(2024, 3, 9))
    found = status_by_code(row.code)
    assert found is not None
    assert (found.due_on, found.closed_on) == (None, date(2024, 3, 9))


def test_a_case_has_one_code_until_it_is_replaced(committee: Organization) -> None:
    case = log_dispute(committee)

    first = issue_query_code(case_id=case.pk, actor=None, now=NOW).code
    again = issue_query_code(case_id=case.pk, actor=None, now=NOW).code
    second = replace_query_code(case_id=case.pk, actor=None, now=NOW).code

    assert first == again != second
    assert status_by_code(first) is None
    assert status_by_code(second) is not None
    assert AuditEntry.objects.filter(case_id=case.pk, details__has_key="query_code").count() == 2


def test_the_code_itself_is_nowhere_in_the_database(committee: Organization) -> None:
    row = issue_query_code(case_id=log_dispute(committee).pk, actor=None, now=NOW)

    kept = QueryCode.objects.extra(select={"sealed": "encode(code, 'escape')"}).values("sealed", "code_index").get()

    assert row.code not in kept["sealed"]
    assert row.code.replace("-", "") not in kept["sealed"]
    assert kept["code_index"] == blind_index(row.code)


def test_accusations_have_no_code(committee: Organization) -> None:
    office = Organization.objects.create(
        region=committee.region, county=committee.county, name="县信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    accusation, appeal = petition(office, purpose="accusation"), petition(office)

    with pytest.raises(QueryCodeRefused, match="限制知悉"):
        issue_query_code(case_id=accusation.pk, actor=None, now=NOW)
    code = issue_query_code(case_id=appeal.pk, actor=None, now=NOW).code
    found = status_by_code(code)
    assert found is not None
    assert found.received_on == localdate()

    QueryCode.objects.update(case=accusation)  # as if it became one after its code was handed over
    assert status_by_code(code) is None


@pytest.mark.parametrize("code", ["", "----", "ABCD-EFGH-JKMN", "张三", "'; drop table", "A" * 40])
def test_wrong_codes_are_all_alike(committee: Organization, code: str) -> None:
    issue_query_code(case_id=log_dispute(committee).pk, actor=None, now=NOW)

    assert status_by_code(code) is None


def test_codes_are_long_random_and_without_look_alikes() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 14 and not set(code) & set("01OIL") for code in codes)

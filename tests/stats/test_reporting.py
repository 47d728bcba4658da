"""Months confirmed, sent back and asked for: what counts is the last word, and whatever moves afterwards shows."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from casetrack.accounts.models import AuditEntry
from casetrack.cases.operations import correct
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.closing.models import MonthReport
from casetrack.stats.closing.overview import MonthOfOffice, months_of
from casetrack.stats.closing.reporting import (
    ReportRefused,
    confirm,
    remind,
    send_back,
    standing_at,
    unconfirmed,
    who_report,
)
from tests.stats.test_scoped import in_region
from tests.stats.world import QINAN, day, log

MARCH = date(2024, 3, 1)
IN_APRIL = datetime(2024, 4, 3, 2, 0, tzinfo=UTC)
TODAY = IN_APRIL.date()
ALL_KINDS = {"received": 1, "closed": 0, "pending": 1}


@pytest.fixture
def committee(village_committee: Organization) -> Organization:
    """A committee that received one dispute in March."""
    dispute(village_committee)
    return village_committee


def dispute(office: Organization, on: str = "2024-03-05") -> None:
    log("mediation", office, ("register", day(on), {"category": "neighbour"}))


def confirmed(office: Organization, *, zero: bool = False) -> MonthReport:
    return confirm(organization_id=office.pk, month=MARCH, zero=zero, actor=None, now=IN_APRIL)


def row(office: Organization, today: date = TODAY, scope: Scope = EVERYTHING) -> MonthOfOffice:
    return months_of([office], MARCH, scope=scope, today=today)[0]


def test_an_office_confirms_the_numbers_of_its_month(committee: Organization) -> None:
    report = confirmed(committee)

    assert report.counts == {"whole": {"mediation": ALL_KINDS}, "open": {"mediation": ALL_KINDS}}
    assert (row(committee).state, row(committee).light, row(committee).changed) == ("confirmed", "green", False)
    assert AuditEntry.objects.get(action="month_report").details == {"month": "2024-03", "act": "confirmed"}


def test_nothing_is_reported_too_and_only_then(committee: Organization, town_committee: Organization) -> None:
    with pytest.raises(ReportRefused, match="不能作零报告"):
        confirmed(committee, zero=True)
    with pytest.raises(ReportRefused, match="请明确作零报告"):
        confirmed(town_committee)

    confirmed(town_committee, zero=True)

    assert (row(town_committee).state, row(town_committee).zero) == ("confirmed", True)


def test_what_stays_open_from_before_is_no_report(committee: Organization) -> None:
    report = confirm(organization_id=committee.pk, month=date(2024, 2, 1), zero=True, actor=None, now=IN_APRIL)

    assert report.zero


def test_whatever_moves_the_month_afterwards_shows(committee: Organization) -> None:
    confirmed(committee)
    with pytest.raises(ReportRefused, match="没有变动"):
        confirmed(committee)

    dispute(committee, "2024-03-31")

    assert (row(committee).changed, row(committee).light) == (True, "yellow")
    assert row(committee).confirmed == {"mediation": ALL_KINDS}
    assert row(committee).counts == {"mediation": {"received": 2, "closed": 0, "pending": 2}}
    confirmed(committee)
    assert row(committee).changed is False


def test_a_correction_that_leaves_the_numbers_shows_too(committee: Organization) -> None:
    confirmed(committee)
    event = committee.cases.get().events.get()

    correct(
        event_id=event.pk,
        on=event.occurred_on,
        facts={"category": "labour"},
        reason="类型有误",
        actor=None,
        now=IN_APRIL,
    )

    assert row(committee).changed
    assert [why for _, why in unconfirmed(MARCH, region=QINAN)] == ["确认后又有变动"]


def test_what_happens_in_the_next_month_changes_nothing(committee: Organization) -> None:
    confirmed(committee)

    dispute(committee, "2024-04-01")

    assert not row(committee).changed


def test_a_month_sent_back_awaits_the_office_anew(committee: Organization) -> None:
    confirmed(committee)

    send_back(organization_id=committee.pk, month=MARCH, reason="排查数与台账不符", actor=None, now=IN_APRIL)

    assert (row(committee).state, row(committee).light, row(committee).reason) == (
        "returned",
        "red",
        "排查数与台账不符",
    )
    confirmed(committee)
    assert row(committee).state == "confirmed"
    assert [report.act for report in MonthReport.objects.order_by("pk")] == ["confirmed", "returned", "confirmed"]


def test_only_a_confirmed_month_is_sent_back_and_with_a_reason(committee: Organization) -> None:
    with pytest.raises(ReportRefused, match="无可退回"):
        send_back(organization_id=committee.pk, month=MARCH, reason="有误", actor=None, now=IN_APRIL)
    confirmed(committee)
    with pytest.raises(ReportRefused, match="理由"):
        send_back(organization_id=committee.pk, month=MARCH, reason=" ", actor=None, now=IN_APRIL)


def test_the_bureau_asks_for_what_is_missing(committee: Organization) -> None:
    remind(organization_id=committee.pk, month=MARCH, actor=None, now=IN_APRIL)
    remind(organization_id=committee.pk, month=MARCH, actor=None, now=IN_APRIL)

    assert (row(committee).state, row(committee).reminders) == ("none", 2)
    assert row(committee, today=date(2024, 4, 5)).light == "yellow"
    assert row(committee, today=date(2024, 4, 6)).light == "red"
    confirmed(committee)
    with pytest.raises(ReportRefused, match="不必催报"):
        remind(organization_id=committee.pk, month=MARCH, actor=None, now=IN_APRIL)


def test_a_month_that_is_not_over_is_neither_confirmed_nor_asked_for(committee: Organization) -> None:
    with pytest.raises(ReportRefused, match="尚不能确认"):
        confirm(organization_id=committee.pk, month=date(2024, 4, 1), zero=True, actor=None, now=IN_APRIL)


def test_who_must_report_are_those_who_take_cases_and_were_there(
    committee: Organization, town_committee: Organization, gangu_committee: Organization
) -> None:
    Organization.objects.filter(pk=town_committee.pk).update(active_to=day("2024-03-31"))
    Organization.objects.create(
        region_id=QINAN, county_id=QINAN, name="秦安县自然资源局", kind="responsible_body", committee_kind=""
    )

    assert list(who_report(MARCH, region=QINAN)) == [committee]
    assert list(standing_at(who_report(MARCH, region=QINAN), MARCH, ["none"])) == [committee]
    confirmed(committee)
    assert list(standing_at(who_report(MARCH, region=QINAN), MARCH, ["none", "returned"])) == []


def test_accusations_are_in_the_counts_of_those_cleared_only(petition_office: Organization) -> None:
    log("petition", petition_office, ("register", day("2024-03-05"), {"channel": "letter", "purpose": "accusation"}))
    log("petition", petition_office, ("register", day("2024-03-06"), {"channel": "letter", "purpose": "appeal"}))
    confirmed(petition_office)
    cleared, uncleared = (Scope(grants=(in_region(QINAN, cleared=known),)) for known in (True, False))

    log("petition", petition_office, ("register", day("2024-03-07"), {"channel": "letter", "purpose": "accusation"}))

    told = [row(petition_office, scope=scope) for scope in (cleared, uncleared)]
    assert [each.counts["petition"]["received"] for each in told] == [3, 1]
    assert [each.confirmed and each.confirmed["petition"]["received"] for each in told] == [2, 1]
    assert [each.changed for each in told] == [True, False]


def test_nothing_of_it_can_be_changed_or_removed(committee: Organization) -> None:
    confirmed(committee)

    for change in (MonthReport.objects.all().delete, lambda: MonthReport.objects.update(zero=True)):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()

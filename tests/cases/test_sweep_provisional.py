"""Dates counted before the year's notice was known become certain when it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case, Deadline, Milestone, Unsettled
from casetrack.cases.operations import open_case
from casetrack.cases.sweep import Light, sweep
from casetrack.law import calendar, notices
from casetrack.organizations.models import Organization, OrganizationKind, Region
from tests.cases.logging import noon

NOW = datetime(2024, 10, 11, 2, 0, tzinfo=UTC)
RECEIVED = date(2024, 9, 26)  # whether Sunday the 29th is worked decides the fifth working day after it


@contextmanager
def before_the_notice_for_2024() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(notices, "LAST_NOTICE", 2023)
        forget_calendars()
        yield
    forget_calendars()


def forget_calendars() -> None:
    notices.year_table.cache_clear()
    calendar._calendar.cache_clear()


@pytest.fixture
def office(county: Region) -> Organization:
    kind = OrganizationKind.RECONSIDERATION_OFFICE
    return Organization.objects.create(region=county, county=county, name="秦安县司法局", kind=kind)


def receive(office: Organization, *later: StepDraft) -> Case:
    draft = CaseDraft("reconsideration", office, (StepDraft("receive", RECEIVED), *later))
    return open_case(draft=draft, actor=None, now=NOW)


def test_the_notice_moves_a_provisional_date_and_makes_it_certain(office: Organization) -> None:
    with before_the_notice_for_2024():
        case = receive(office)
    provisional = Deadline.objects.get(case=case)

    report = sweep(now=noon(RECEIVED), limit=100)

    certain = Deadline.objects.get(case=case)
    case.refresh_from_db()
    assert (provisional.act_by, provisional.provisional) == (date(2024, 10, 10), True)
    assert (certain.act_by, certain.provisional) == (date(2024, 10, 9), False)
    assert case.due_on == date(2024, 10, 9)
    assert report.recomputed == 1


def test_a_date_stays_provisional_while_the_notice_is_not_out(office: Organization) -> None:
    with before_the_notice_for_2024():
        case = receive(office)

        report = sweep(now=noon(RECEIVED), limit=100)

    assert Deadline.objects.get(case=case).provisional
    assert (report.recomputed, report.unchanged) == (0, 0)


def test_a_case_closed_in_time_by_a_provisional_date_may_turn_out_late_and_is_counted_again(
    office: Organization,
) -> None:
    with before_the_notice_for_2024():
        case = receive(office, StepDraft("refuse", date(2024, 10, 10), {"outcome": "not_accepted"}))
    closed = Milestone.objects.filter(case=case, name="closed")
    in_time_before = closed.get().in_time
    Unsettled.objects.all().delete()

    sweep(now=noon(date(2024, 10, 11)), limit=100)

    assert (in_time_before, closed.get().in_time) == (True, False)
    assert list(Unsettled.objects.values_list("organization", "month")) == [(office.pk, date(2024, 10, 1))]


def test_recomputing_adds_no_event_and_happens_once(office: Organization) -> None:
    with before_the_notice_for_2024():
        cases = [receive(office) for _ in range(5)]

    first, second = sweep(now=noon(RECEIVED), limit=2), sweep(now=noon(RECEIVED), limit=2)

    assert (first.recomputed, second.recomputed) == (5, 0)
    assert all(case.events.count() == 1 for case in cases)


def test_the_new_date_is_reminded_of_although_the_provisional_one_was(
    office: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casetrack.cases.deeming.DEEMED", {})  # else the application would be deemed accepted
    with before_the_notice_for_2024():
        case = receive(office)
        sweep(now=noon(date(2024, 10, 10)), limit=100)

    report = sweep(now=noon(date(2024, 10, 10)), limit=100)

    assert report.raised[Light.OVERDUE] == 1
    assert [(row.light, row.act_by) for row in case.reminders.order_by("pk")] == [
        ("red", date(2024, 10, 10)),
        ("overdue", date(2024, 10, 9)),
    ]


def test_one_case_that_no_longer_folds_does_not_keep_the_others_waiting(office: Organization) -> None:
    with before_the_notice_for_2024():
        broken, sound = receive(office), receive(office)
    Case.objects.filter(pk=broken.pk).update(kind="mediation")

    report = sweep(now=noon(RECEIVED), limit=100)

    assert list(report.refused) == [broken.pk]
    assert not Deadline.objects.get(case=sound).provisional

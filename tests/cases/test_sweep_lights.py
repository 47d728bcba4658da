"""The lights of running clocks: one answer in Python and in the database, and one reminder for each."""

from datetime import date, timedelta
from itertools import product

import pytest

from casetrack.cases.models import Case, Deadline, Reminder
from casetrack.cases.querysets import DeadlineQuerySet
from casetrack.cases.sweep import Light, light_of, sweep
from casetrack.organizations.models import Organization
from tests.cases.logging import log_dispute, noon, take
from tests.cases.recounting.world import petition_with_extension

DAY = date(2024, 3, 1)
ASKED = {
    Light.GREEN: DeadlineQuerySet.green_on_day,
    Light.YELLOW: DeadlineQuerySet.yellow_on_day,
    Light.RED: DeadlineQuerySet.red_on_day,
    Light.OVERDUE: DeadlineQuerySet.overdue_on,
}


@pytest.fixture
def dispute(committee: Organization) -> Case:
    """Accepted on 1 March, so due on 1 April: yellow from 25 March, red from 29 March."""
    return log_dispute(committee, date(2024, 3, 1))


def lights(case: Case) -> list[tuple[str, date]]:
    return list(Reminder.objects.filter(case=case).order_by("pk").values_list("light", "raised_on"))


def test_python_and_database_agree_on_the_light_of_every_clock_on_every_day(dispute: Case) -> None:
    template = Deadline.objects.get(case=dispute)
    orders = [offsets for offsets in product(range(5), repeat=3) if sorted(offsets) == list(offsets)]
    for (yellow, red, end), ended in product(orders, (None, DAY)):
        template.pk = None
        template.yellow_on, template.red_on = DAY + timedelta(yellow), DAY + timedelta(red)
        template.act_by, template.ended_on = DAY + timedelta(end), ended
        template.save(force_insert=True)

    for today in (DAY + timedelta(days=days) for days in range(-1, 7)):
        in_python = {row.pk: light_of(row, today) for row in Deadline.objects.all()}
        for light, ask in ASKED.items():
            asked = set(ask(Deadline.objects.all(), today).values_list("pk", flat=True))
            assert asked == {pk for pk, shown in in_python.items() if shown is light}


def test_a_case_shows_the_light_of_its_most_urgent_clock_on_every_day(
    dispute: Case, petition_office: Organization
) -> None:
    petition = petition_with_extension(petition_office)
    worst_first = (Light.OVERDUE, Light.RED, Light.YELLOW, Light.GREEN)

    for today in (DAY + timedelta(days=days) for days in range(120)):
        of_clocks = {
            case: {light_of(clock, today) for clock in Deadline.objects.filter(case=case)}
            for case in (dispute.pk, petition.pk)
        }
        for light in worst_first:
            expected = {
                case
                for case, shown in of_clocks.items()
                if next((each for each in worst_first if each in shown), None) is light
            }
            assert set(Case.objects.showing([light], today).values_list("pk", flat=True)) == expected


def test_a_case_whose_clocks_ended_shows_no_light(dispute: Case) -> None:
    take(dispute, "agree", date(2024, 3, 9), agreement="oral")

    assert not Case.objects.showing(Light.values, date(2024, 3, 1)).exists()


def test_a_clock_raises_each_light_once_as_it_comes_on(dispute: Case) -> None:
    for day in (date(2024, 3, 24), date(2024, 3, 25), date(2024, 3, 29), date(2024, 4, 1), date(2024, 4, 2)):
        sweep(now=noon(day), limit=100)

    assert lights(dispute) == [
        ("yellow", date(2024, 3, 25)),
        ("red", date(2024, 3, 29)),
        ("overdue", date(2024, 4, 2)),
    ]


def test_sweeping_twice_changes_nothing(dispute: Case) -> None:
    first = sweep(now=noon(date(2024, 3, 25)), limit=100)

    second = sweep(now=noon(date(2024, 3, 25)), limit=100)

    assert (first.raised[Light.YELLOW], second.raised[Light.YELLOW]) == (1, 0)
    assert len(lights(dispute)) == 1


def test_a_sweep_that_was_away_raises_only_the_light_shown_now(dispute: Case) -> None:
    report = sweep(now=noon(date(2024, 5, 6)), limit=100)

    assert lights(dispute) == [("overdue", date(2024, 5, 6))]
    assert report.raised == {Light.YELLOW: 0, Light.RED: 0, Light.OVERDUE: 1}


def test_an_ended_clock_raises_nothing(dispute: Case) -> None:
    take(dispute, "agree", date(2024, 3, 15), agreement="written")

    sweep(now=noon(date(2024, 5, 6)), limit=100)

    assert lights(dispute) == []


def test_a_backlog_larger_than_the_limit_is_raised_whole(committee: Organization) -> None:
    cases = [log_dispute(committee, date(2024, 3, 1)) for _ in range(7)]

    report = sweep(now=noon(date(2024, 5, 6)), limit=3)

    assert report.raised[Light.OVERDUE] == 7
    assert all(len(lights(case)) == 1 for case in cases)


def test_overdue_needs_no_sweep(dispute: Case) -> None:
    assert list(Case.objects.overdue_on(date(2024, 4, 1))) == []
    assert list(Case.objects.overdue_on(date(2024, 4, 2))) == [dispute]

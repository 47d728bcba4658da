"""From what an answer was counted: cells, events, or both."""

from functools import partial

import pytest

from casetrack.organizations.models import Organization, Region
from casetrack.stats import rollup
from casetrack.stats.answering import statistics
from casetrack.stats.questions import Basis
from tests.stats.world import CITY, GANGU, QINAN, VILLAGE, day, dispute, log

FIRST, LAST = day("2024-01-01"), day("2024-12-31")


def test_whole_months_are_read_from_cells_once_these_are_settled(village_committee: Organization) -> None:
    dispute(village_committee)
    before = statistics(region=QINAN, first=FIRST, last=LAST)
    rollup.settle()
    after = statistics(region=QINAN, first=FIRST, last=LAST)

    assert (before.basis, after.basis) == (Basis.BOTH, Basis.CELLS)
    assert before.figures == after.figures


@pytest.mark.parametrize(
    ("first", "last", "as_of", "by", "basis"),
    [
        ("2024-01-02", "2024-12-31", "2024-12-31", [], Basis.BOTH),
        ("2024-12-02", "2024-12-30", "2024-12-30", [], Basis.BOTH),
        ("2024-01-01", "2024-12-30", "2024-12-30", [], Basis.BOTH),
        ("2024-01-01", "2024-12-31", "2024-12-30", [], Basis.BOTH),
        ("2024-01-01", "2024-12-31", "2025-01-30", [], Basis.BOTH),
        ("2024-01-01", "2024-12-31", "2024-12-31", [["source", "difficult"]], Basis.EVENTS),
        ("2024-01-01", "2024-12-30", "2024-12-30", [["source", "difficult"]], Basis.EVENTS),
    ],
    ids=[
        "begins inside",
        "no whole month",
        "ends inside",
        "cut off inside",
        "cut off inside later",
        "breakdown not kept",
        "ends inside, breakdown not kept",
    ],
)
def test_what_cells_cannot_hold_is_counted_from_events(
    village_committee: Organization, first: str, last: str, as_of: str, by: list[list[str]], basis: Basis
) -> None:
    dispute(village_committee)
    rollup.settle()

    answer = statistics(region=QINAN, first=day(first), last=day(last), as_of=day(as_of), by=by)

    assert answer.basis == basis


def test_a_month_that_waits_to_be_counted_keeps_none_before_it_from_being_read_from_cells(
    village_committee: Organization,
) -> None:
    dispute(village_committee, "2024-01-05")
    rollup.settle()
    dispute(village_committee, "2024-03-05")

    before = statistics(region=QINAN, first=FIRST, last=day("2024-02-29"))
    after = statistics(region=QINAN, first=FIRST, last=day("2024-03-31"))

    assert (before.basis, after.basis) == (Basis.CELLS, Basis.BOTH)
    assert [answer.figures[0].value for answer in (before, after)] == [1, 2]


@pytest.mark.parametrize(
    ("by", "basis", "second"),
    [(["category", "repeat"], Basis.CELLS, "unspecified"), (["category", "purpose"], Basis.EVENTS, "appeal")],
)
def test_a_breakdown_of_which_cells_do_not_hold_every_figure_is_counted_from_events(
    petition_office: Organization, by: list[str], basis: Basis, second: str
) -> None:
    log(
        "petition",
        petition_office,
        ("register", day("2024-03-01"), {"channel": "letter", "purpose": "appeal", "category": "health"}),
        ("accept", day("2024-03-04")),
        ("conclude", day("2024-03-20")),
        ("rate", day("2024-03-25"), {"satisfaction": "satisfied"}),
    )
    rollup.settle()

    answer = statistics(region=QINAN, first=FIRST, last=LAST, subjects=["petition"], by=[by])

    rated = answer.find("petition", "satisfaction_rate", **dict(zip(by, ("health", second), strict=True)))
    assert (answer.basis, rated and rated.numerator) == (basis, 1)


def test_marks_elsewhere_do_not_keep_a_region_from_its_cells(
    village_committee: Organization, gangu_committee: Organization
) -> None:
    rollup.settle()
    dispute(gangu_committee)

    bases = {code: statistics(region=code, first=FIRST, last=LAST).basis for code in (QINAN, GANGU, CITY)}
    assert bases == {QINAN: Basis.CELLS, GANGU: Basis.BOTH, CITY: Basis.BOTH}


def test_an_office_and_a_village_answer_any_breakdown_from_their_cells(village_committee: Organization) -> None:
    dispute(village_committee)
    rollup.settle()
    by = [["source", "difficult"]]

    of_office = statistics(organization=village_committee.pk, first=FIRST, last=LAST, by=by)
    of_village = statistics(region=VILLAGE, first=FIRST, last=LAST, by=by)

    assert (of_office.basis, of_village.basis) == (Basis.CELLS, Basis.CELLS)
    assert of_office.figures[0].value == of_village.figures[0].value == 1


def test_an_office_keeps_its_cases_where_they_were_when_it_moves(
    village_committee: Organization, regions: dict[str, Region]
) -> None:
    dispute(village_committee)
    village_committee.region = regions[GANGU]
    village_committee.county = regions[GANGU]
    village_committee.save()
    dispute(village_committee)
    rollup.settle()

    ask = partial(statistics, first=FIRST, last=LAST, subjects=["mediation"])

    answers = [ask(region=QINAN), ask(region=GANGU), ask(region=CITY), ask(organization=village_committee.pk)]
    assert [answer.figures[0].value for answer in answers] == [1, 1, 2, 2]
    assert {answer.basis for answer in answers} == {Basis.CELLS}

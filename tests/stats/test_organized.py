"""Organizations that moved: counted where they were when cases came to them, and, on request, where they lie now."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases.offices import change_office
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats import rollup, tracing
from casetrack.stats.answering import statistics
from casetrack.stats.dimensions import told_by_cells
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import Form
from casetrack.stats.questions import Basis, Organized
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.test_properties import FIRST, LAST, SLOW, cases, logged, numbers, stated, traced
from tests.stats.test_scoped import in_region
from tests.stats.world import CITY, GANGU, NOW, QINAN, TOWN, VILLAGE, Taken, day, log

PLACES = (CITY, QINAN, GANGU, TOWN, VILLAGE)


def move(office: Organization, code: str, on: str = "2026-05-01") -> None:
    """Let an office lie elsewhere since a day after all its cases, unless one is said."""
    if office.region_id != code:
        changes = {"region": code, "moved_on": day(on)}
        change_office(organization_id=office.pk, changes=changes, actor=None, now=NOW)
        office.refresh_from_db()


def as_at_first(offices: list[Organization]) -> None:
    """What one example moved is rolled back, but not in these objects."""
    for office in offices:
        office.refresh_from_db()


def dispute(office: Organization, *more: tuple[str, str], on: str = "2024-03-05") -> None:
    steps: list[Taken] = [("register", day(on), {"category": "neighbour"}), ("accept", day(on))]
    log("mediation", office, *steps, *((step, day(on)) for step, on in more))


def of_2024(region: str, organized: Organized) -> Answer:
    first, last = day("2024-01-01"), day("2024-12-31")
    return statistics(region=region, first=first, last=last, subjects=["mediation"], organized=organized)


def received(answer: Answer) -> object:
    figure = answer.find("mediation", "received")
    return figure and figure.value


def test_an_office_that_moved_takes_its_cases_along_only_on_request(village_committee: Organization) -> None:
    dispute(village_committee, ("fail", "2024-03-15"))
    rollup.settle()
    move(village_committee, GANGU)

    found = {code: (received(of_2024(code, Organized.THEN)), received(of_2024(code, Organized.NOW))) for code in PLACES}

    assert found == {CITY: (1, 1), QINAN: (1, 0), GANGU: (0, 1), TOWN: (1, 0), VILLAGE: (1, 0)}
    now = of_2024(GANGU, Organized.NOW)
    assert now.basis == Basis.CELLS
    assert now.as_dict()["organized"] == "now"
    median = now.find("mediation", "median_days")
    assert median
    assert (median.value, median.denominator) == (10, 1)


def test_a_dissolved_office_is_counted_where_it_was(village_committee: Organization) -> None:
    dispute(village_committee)
    rollup.settle()
    village_committee.active_to = day("2024-07-01")
    village_committee.save()

    assert {received(of_2024(QINAN, organized)) for organized in Organized} == {1}


def test_what_was_known_once_cannot_be_told_as_organized_now(regions: dict[str, Region]) -> None:
    with pytest.raises(StatisticsRefused, match="不能与按现在的机构所在"):
        statistics(
            region=QINAN,
            first=FIRST,
            last=LAST,
            subjects=["mediation"],
            known_on=LAST,
            organized=Organized.NOW,
        )


def test_who_sees_only_the_new_place_does_not_see_the_cases_of_the_old_one(village_committee: Organization) -> None:
    dispute(village_committee)
    move(village_committee, GANGU, on="2024-04-01")
    dispute(village_committee, on="2024-04-01")
    rollup.settle()
    ask = partial(statistics, region=GANGU, first=FIRST, last=LAST, subjects=["mediation"], organized=Organized.NOW)

    whole = received(ask())
    seen = {
        basis: received(ask(scope=Scope(grants=(in_region(GANGU),)), basis=basis))
        for basis in (Basis.CELLS, Basis.EVENTS)
    }

    assert whole == 2
    assert seen == {Basis.CELLS: 1, Basis.EVENTS: 1}


@SLOW
@given(st.data())
def test_whatever_moved_cells_events_offices_and_lists_agree(offices: list[Organization], data: st.DataObject) -> None:
    as_at_first(offices)
    with logged(cases(data, offices)):
        rollup.settle()
        for office in offices:
            move(office, data.draw(st.sampled_from([office.region_id, CITY, QINAN, GANGU, TOWN, VILLAGE])))
        place = data.draw(st.sampled_from(PLACES))
        kinds = ["mediation", "petition", "reconsideration", "litigation", "legal_aid"]
        subject = data.draw(st.sampled_from(kinds))
        scope = data.draw(st.sampled_from([EVERYTHING, Scope(grants=(in_region(place),))]))
        last, basis = data.draw(st.sampled_from([(LAST, Basis.CELLS), (LAST - timedelta(days=40), Basis.BOTH)]))
        ask = partial(statistics, first=FIRST, last=last, subjects=[subject], scope=scope, organized=Organized.NOW)
        by = sorted(by for by in told_by_cells(subject) if by)

        from_cells, from_events = ask(region=place, by=by), ask(region=place, by=by, basis=Basis.EVENTS)

        assert (from_cells.basis, from_events.basis) == (basis, Basis.EVENTS)
        assert numbers(from_cells) == numbers(from_events)
        for figure in from_cells.figures:
            if figure.value and scope.everything:
                assert traced(figure) == stated(figure)
                part: tracing.Part = "denominator" if figure.indicator.is_rate else "value"
                assert tracing.stated(tracing.understood(figure.cases, part)) == stated(figure)[-1]
        if scope.everything:
            assert_sum_of_offices(from_cells, [ask(organization=each.pk) for each in lying_in(place, offices)])


def lying_in(place: str, offices: list[Organization]) -> list[Organization]:
    prefix = place.rstrip("0") if place != TOWN else TOWN[:9]
    return [office for office in offices if office.region_id.startswith(prefix)]


def assert_sum_of_offices(whole: Answer, parts: list[Answer]) -> None:
    for figure in whole.figures:
        if figure.indicator.form in (Form.COUNT, Form.AMOUNT) and not figure.dimensions:
            found = [part.find(figure.subject, figure.measure) for part in parts]
            assert figure.value == sum(each.value or 0 for each in found if each)

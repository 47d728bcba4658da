"""What must hold for any cases: both ways of counting agree, parts add up, and a count by hand gives the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from casetrack.cases.drafts import CaseDraft, check
from casetrack.cases.models import Case
from casetrack.cases.operations import advance, open_case, retract
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.fold import Milestone
from casetrack.lib.months import add_months, last_day
from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, rollup, tracing
from casetrack.stats.answering import by_organization, months, statistics
from casetrack.stats.dimensions import breakdowns, from_opening, told_by_cells
from casetrack.stats.figures import CENTS_IN_TEN_THOUSAND_YUAN, Answer, Figure
from casetrack.stats.indicators import Form
from casetrack.stats.questions import Basis
from tests.stats.world import CITY, NOW, QINAN, TODAY, TOWN, VILLAGE, drafts_of

FIRST, LAST = date(2023, 1, 1), date(2024, 6, 30)
# an example is a dozen cases in the database: few of them, and none spent on making a failure smaller
SLOW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
MONTHS = st.integers(0, 17).map(lambda count: add_months(FIRST, count))
DAYS = st.dates(FIRST, LAST)


@contextmanager
def logged(drafts: list[CaseDraft]) -> Iterator[None]:
    """The cases in the database, gone afterwards: one example doesn't see another's."""
    with transaction.atomic():
        for draft in drafts:
            open_case(draft=draft, actor=None, now=NOW)
        yield
        transaction.set_rollback(True)


def cases(data: st.DataObject, offices: list[Organization]) -> list[CaseDraft]:
    return data.draw(st.lists(drafts_of(offices, FIRST, LAST), min_size=1, max_size=12), label="cases")


def numbers(answer: Answer) -> dict[tuple[str, str, tuple[tuple[str, str], ...]], object]:
    """Every figure that is not nothing: the two ways need not list the same empty groups."""
    return {
        (figure.subject, figure.measure, tuple(sorted(figure.dimensions.items()))): (
            figure.value,
            figure.numerator,
            figure.denominator,
        )
        for figure in answer.figures
        if figure.value
    }


@SLOW
@given(st.data())
def test_cells_and_events_give_the_same_figures_at_month_ends(offices: list[Organization], data: st.DataObject) -> None:
    first, last = sorted([data.draw(MONTHS), data.draw(MONTHS)])
    as_of = data.draw(st.sampled_from([None, LAST, date(2026, 5, 31)]).filter(lambda day: not day or day >= first))
    place, kind = data.draw(st.sampled_from([CITY, QINAN, TOWN, VILLAGE])), data.draw(st.sampled_from(sorted(KINDS)))
    with logged(cases(data, offices)):
        rollup.settle()
        ask = partial(statistics, region=place, first=first, last=last_day(last), as_of=as_of, subjects=[kind])
        by = sorted(by for by in told_by_cells(kind) if by)

        from_cells, from_events = ask(by=by), ask(by=by, basis=Basis.EVENTS)

        assert (from_cells.basis, from_events.basis) == (Basis.CELLS, Basis.EVENTS)
        assert numbers(from_cells) == numbers(from_events)
        assert rebuilding.differences() == []


@SLOW
@given(st.data())
def test_months_from_cells_and_what_is_in_none_from_events_give_the_figures_of_any_day(
    offices: list[Organization], data: st.DataObject
) -> None:
    first, last, as_of = sorted(data.draw(st.tuples(DAYS | MONTHS, DAYS, DAYS)))
    place, kind = data.draw(st.sampled_from([CITY, QINAN, VILLAGE])), data.draw(st.sampled_from(sorted(KINDS)))
    ask = partial(statistics, region=place, first=first, last=last, as_of=as_of, subjects=[kind])
    by = sorted(by for by in told_by_cells(kind) if by)
    *before, last_one = cases(data, offices)
    with logged(before):
        rollup.settle()
        if data.draw(st.booleans(), label="something waits"):
            open_case(draft=last_one, actor=None, now=NOW)

        found, counted = ask(by=by), ask(by=by, basis=Basis.EVENTS)

        event(found.basis)
        assert numbers(found) == numbers(counted)


@SLOW
@given(st.data())
def test_cells_settled_after_every_few_steps_and_retractions_are_those_of_a_recount(
    offices: list[Organization], data: st.DataObject
) -> None:
    drafts = cases(data, offices)
    opened = [replace(draft, steps=draft.steps[:1]) for draft in drafts]
    with logged(opened):
        logged_cases = list(Case.objects.order_by("pk"))
        later = [(case, step) for case, draft in zip(logged_cases, drafts, strict=True) for step in draft.steps[1:]]
        wrong = data.draw(st.sets(st.sampled_from(range(len(drafts))), max_size=4), label="cases with a mistake")
        rollup.settle()

        for case, step in later:
            advance(case_id=case.pk, draft=step, actor=None, now=NOW)
            if data.draw(st.integers(0, 3)) == 0:  # seldom: each settling goes up to the nation
                rollup.settle()
        for case in (logged_cases[place] for place in sorted(wrong)):
            retract(event_id=case.events.latest("sequence").pk, reason="误录", actor=None, now=NOW)
        rollup.settle()

        assert (rollup.waiting(), rebuilding.differences()) == (0, [])


@SLOW
@given(st.data())
def test_a_region_is_the_sum_of_its_offices(offices: list[Organization], data: st.DataObject) -> None:
    first, last = sorted([data.draw(DAYS), data.draw(DAYS)])
    subjects = [data.draw(st.sampled_from(sorted(KINDS))), "organization"]
    ask = partial(statistics, first=first, last=last, subjects=subjects, by=[["committee_kind"], ["outcome"]])
    with logged(cases(data, offices)):
        whole = ask(region=CITY)
        parts = [ask(organization=office.pk) for office in offices]

        for figure in whole.figures:
            if figure.indicator.form in (Form.COUNT, Form.AMOUNT):
                found = [part.find(figure.subject, figure.measure, **figure.dimensions) for part in parts]
                assert figure.value == sum(each.value or 0 for each in found if each)


@SLOW
@given(st.data())
def test_a_table_by_office_says_what_each_office_is_told(offices: list[Organization], data: st.DataObject) -> None:
    first, last = sorted([data.draw(DAYS), data.draw(DAYS)])
    subject = data.draw(st.sampled_from(sorted(KINDS)))
    with logged(cases(data, offices)):
        table = by_organization(region=CITY, first=first, last=last, subject=subject)

        for line in table:
            alone = statistics(organization=line.organization.pk, first=first, last=last, subjects=[subject])
            assert line.figures == alone.figures


@SLOW
@given(st.data())
def test_what_a_month_leaves_open_the_next_one_carries_over(offices: list[Organization], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    with logged(cases(data, offices)):
        rollup.settle()

        answers = months(region=CITY, year=2023, subjects=[kind])

        found = [(answer.find(kind, "carried_over"), answer.find(kind, "pending")) for answer in answers]
        stocks = [(carried_over.value, pending.value) for carried_over, pending in found if carried_over and pending]
        assert len(stocks) == 12
        assert [carried_over for carried_over, _ in stocks[1:]] == [pending for _, pending in stocks[:-1]]


@SLOW
@given(st.data())
def test_the_list_behind_every_figure_is_as_long_as_the_figure(
    offices: list[Organization], data: st.DataObject
) -> None:
    first, last = sorted([data.draw(DAYS), data.draw(DAYS)])
    by = data.draw(st.sampled_from([["outcome"], ["category"], ["division", "outcome"], ["committee_kind"]]))
    with logged(cases(data, offices)):
        answer = statistics(region=CITY, first=first, last=last, as_of=TODAY, by=[by])

        for figure in answer.figures:
            if figure.value:
                assert traced(figure) == stated(figure)


@SLOW
@given(st.data())
def test_the_cases_behind_a_figure_add_up_to_it_however_it_was_counted(
    offices: list[Organization], data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    by = data.draw(st.sampled_from(breakdowns(kind)))
    with logged(cases(data, offices)):
        rollup.settle()
        answer = statistics(region=QINAN, first=FIRST, last=LAST, subjects=[kind], by=[by])

        for figure in answer.figures:
            part: tracing.Part = "denominator" if figure.indicator.is_rate else "value"
            listed = tracing.understood(figure.cases, part)
            shares = tracing.shares_of(listed, tracing.cases_of(listed).values_list("pk", flat=True))
            assert sum(shares.values()) == tracing.stated(listed) == stated(figure)[-1]


def traced(figure: Figure) -> tuple[int, ...]:
    if figure.indicator.is_ranked:
        return (tracing.total_of(figure.cases, "denominator"),)
    if figure.indicator.is_rate:
        return tracing.total_of(figure.cases, "numerator"), tracing.total_of(figure.cases, "denominator")
    return (tracing.total_of(figure.cases),)


def stated(figure: Figure) -> tuple[int | None, ...]:
    if figure.indicator.form is Form.CHANGE and figure.numerator is not None and figure.denominator is not None:
        return figure.numerator + figure.denominator, figure.denominator
    if figure.indicator.is_ranked:
        return (figure.denominator,)
    if figure.indicator.is_rate:
        return figure.numerator, figure.denominator
    scale = CENTS_IN_TEN_THOUSAND_YUAN if figure.indicator.form is Form.AMOUNT else 1
    return (int((figure.value or 0) * scale),)


@SLOW
@given(st.data())
def test_any_day_is_what_a_count_by_hand_of_the_events_gives(offices: list[Organization], data: st.DataObject) -> None:
    first, last = sorted([data.draw(DAYS), data.draw(DAYS)])
    as_of = data.draw(st.dates(first, date(2024, 12, 31)))
    drafts = cases(data, offices)
    with logged(drafts):
        answer = statistics(region=CITY, first=first, last=last, as_of=as_of)

        for kind in KINDS:
            lives = [check(draft, today=TODAY).standing.milestones for draft in drafts if draft.kind == kind]
            by_hand = counted_by_hand(lives, first, min(last, as_of), as_of)
            measures = answer.of(kind)
            assert {f.measure: f.value for f in measures if f.measure in by_hand} == by_hand
            rate = next(figure for figure in measures if figure.measure == "closure_rate")
            assert (rate.numerator, rate.denominator) == closed_of_received(lives, first, min(last, as_of), as_of)


def counted_by_hand(lives: list[list[Milestone]], first: date, last: date, as_of: date) -> dict[str, int]:
    received = [on(life, "received") for life in lives]
    closed = [on(life, "closed") for life in lives]
    pairs = [(came[0], [day for day in went if day <= as_of]) for came, went in zip(received, closed, strict=True)]
    return {
        "received": sum(first <= came <= last for came, _ in pairs),
        "closed": sum(first <= day <= last for _, went in pairs for day in went),
        "carried_over": sum(came < first and not any(day < first for day in went) for came, went in pairs),
        "pending": sum(came <= last and not any(day <= last for day in went) for came, went in pairs),
        "handled": sum(came <= last and not any(day < first for day in went) for came, went in pairs),
    }


def closed_of_received(lives: list[list[Milestone]], first: date, last: date, as_of: date) -> tuple[int, int]:
    cohort = [life for life in lives if first <= on(life, "received")[0] <= last]
    return sum(any(day <= as_of for day in on(life, "closed")) for life in cohort), len(cohort)


def on(life: list[Milestone], name: str) -> list[date]:
    return [made.on for made in life if made.name == name]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_the_opening_says_no_later_step_unsays(kind: Kind) -> None:
    """Else a case would be received in one group and closed in another, and no group would balance."""
    later = {name for step in kind.steps if not step.opens_case for name in (*step.records, *dict(step.sets))}

    assert from_opening(kind.code) & later == set()

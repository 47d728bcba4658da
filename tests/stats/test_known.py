"""What was known on a day: exactly what a record that really stopped on that day answered, whatever came later."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.holding import locked
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import advance, append, correct, open_case, retract
from casetrack.cases.projection import effective
from casetrack.cases.reconcile import corrections
from casetrack.kinds import KINDS
from casetrack.kinds.base import ORGANIZATION
from casetrack.kinds.refusals import Refused
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats import rollup, tracing
from casetrack.stats.answering import statistics
from casetrack.stats.dimensions import breakdowns
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import INDICATORS, SUBJECTS
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.test_properties import SLOW, numbers, stated, traced
from tests.stats.test_scoped import in_region
from tests.stats.world import CITY, GANGU, NOW, QINAN, TODAY, TOWN, VILLAGE, day, drafts_of
from tests.undoing import undone

THEN = NOW
LATER = datetime(2026, 6, 1, 16, 30, tzinfo=UTC)  # half past midnight, where the offices are
KNOWN_ON = THEN.date()
FIRST, LAST = date(2023, 1, 1), date(2024, 6, 30)
PLACES = (CITY, QINAN, GANGU, TOWN, VILLAGE)


def enter(drafts: list[CaseDraft], now: datetime) -> list[Case]:
    return [open_case(draft=draft, actor=None, now=now) for draft in drafts]


def carry_on(data: st.DataObject, cases: list[Case], offices: list[Organization]) -> None:
    """What people do later: steps, corrections of the day, retractions, and a case given to another office."""
    for case in cases:
        try:
            one_of_these(data, Case.objects.get(pk=case.pk), offices)
        except Refused:
            continue


def one_of_these(data: st.DataObject, case: Case, offices: list[Organization]) -> None:
    events = [event for event, _ in effective(CaseEvent.objects.filter(case=case).order_by("sequence"))]
    event = data.draw(st.sampled_from(events))
    act = data.draw(st.sampled_from(["step", "correct", "retract", "hand over", "nothing"]))
    if act == "step" and (steps := case.declared.steps_from(case.state)):
        draft = StepDraft(data.draw(st.sampled_from(steps)).name, data.draw(st.dates(LAST, date(2024, 7, 1))))
        advance(case_id=case.pk, draft=draft, actor=None, now=LATER)
    if act == "correct":
        on = event.occurred_on - timedelta(days=data.draw(st.integers(0, 70)))
        correct(event_id=event.pk, on=on, facts=event.facts, reason="日期有误", actor=None, now=LATER)
    if act == "retract":
        retract(event_id=event.pk, reason="误登", actor=None, now=LATER)
    if act == "hand over":
        hand_over(case, data.draw(st.sampled_from([each for each in offices if each.kind == case.organization.kind])))


def hand_over(case: Case, office: Organization, now: datetime = LATER) -> None:
    """As a ledger sent again with another office in its row does."""
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
    opening = next(event for event, _ in effective(events) if ORGANIZATION in event.facts)
    wanted = StepDraft(opening.step, opening.occurred_on, {**opening.facts, ORGANIZATION: office.pk})
    entries = corrections([opening], [wanted], frozenset({ORGANIZATION}), "承办机构有误")
    with transaction.atomic():
        append(locked(case.pk), entries, actor=None, now=now)


@SLOW
@given(st.data())
def test_any_figure_is_what_the_record_said_that_day(offices: list[Organization], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    drafts = st.lists(drafts_of(offices, FIRST, LAST, [kind]), min_size=1, max_size=6)
    ask = partial(
        statistics,
        first=data.draw(st.sampled_from([date(2024, 1, 1), date(2024, 2, 14)])),
        last=data.draw(st.sampled_from([LAST, date(2024, 5, 20)])),
        as_of=data.draw(st.sampled_from([None, TODAY])),
        subjects=[kind],
        by=[by for by in breakdowns(kind) if by],
    )
    with undone():
        known = enter(data.draw(drafts), THEN)
        rollup.settle()
        remembered = {place: ask(region=place) for place in PLACES}

        carry_on(data, known, offices)
        enter(data.draw(drafts), LATER)
        rollup.settle()

        for place, before in remembered.items():
            assert numbers(ask(region=place, known_on=KNOWN_ON)) == numbers(before)
        of_office = ask(organization=offices[0].pk, known_on=KNOWN_ON)
        for figure in of_office.figures:
            if figure.value:
                assert traced(figure) == stated(figure)


@pytest.fixture
def changed(village_committee: Organization, gangu_committee: Organization) -> list[Case]:
    """Two disputes known that day; later one is given to another county, one is dated back, and a third comes in."""
    first, second = enter([dispute(village_committee), dispute(village_committee, "2024-03-20")], THEN)
    hand_over(first, gangu_committee)
    registered = second.events.get(step="register")
    correct(
        event_id=registered.pk,
        on=day("2024-02-20"),
        facts={"category": "labour"},
        reason="登记有误",
        actor=None,
        now=LATER,
    )
    enter([dispute(village_committee, "2024-03-09")], LATER)
    return [first, second]


def dispute(office: Organization, on: str = "2024-03-05") -> CaseDraft:
    steps = (StepDraft("register", day(on), {"category": "neighbour"}), StepDraft("accept", day("2024-03-25")))
    return CaseDraft("mediation", office, steps)


march = partial(statistics, first=day("2024-03-01"), last=day("2024-03-31"), subjects=["mediation"])


def received(answer: Answer) -> object:
    figure = answer.find("mediation", "received")
    assert figure
    return figure.value


def test_a_case_handed_to_another_county_counts_where_it_was(changed: list[Case]) -> None:
    now = {place: received(march(region=place)) for place in (QINAN, GANGU, CITY)}
    then = {place: received(march(region=place, known_on=KNOWN_ON)) for place in (QINAN, GANGU, CITY)}

    assert now == {QINAN: 1, GANGU: 1, CITY: 2}
    assert then == {QINAN: 2, GANGU: 0, CITY: 2}


def test_the_list_behind_is_the_list_of_that_day(changed: list[Case]) -> None:
    figure = march(region=QINAN, known_on=KNOWN_ON).find("mediation", "received")
    assert figure

    listed = tracing.understood(figure.cases)
    shares = tracing.shares_of(listed, tracing.cases_of(listed).values_list("pk", flat=True))

    assert shares == {case.pk: 1 for case in changed}
    assert tracing.stated(listed) == tracing.total_of(figure.cases) == 2


def test_a_day_ends_at_midnight_where_the_offices_are(village_committee: Organization) -> None:
    enter([dispute(village_committee)], datetime(2026, 7, 1, 15, 59, 59, tzinfo=UTC))
    enter([dispute(village_committee)], datetime(2026, 7, 1, 16, 0, tzinfo=UTC))

    assert received(march(region=QINAN, known_on=date(2026, 6, 30))) == 0
    assert received(march(region=QINAN, known_on=date(2026, 7, 1))) == 1
    assert received(march(region=QINAN, known_on=date(2026, 7, 2))) == 2


def test_what_became_an_accusation_since_is_not_told_to_those_who_may_not_know(petition_office: Organization) -> None:
    facts = {"channel": "letter", "purpose": "appeal"}
    case = open_case(
        draft=CaseDraft("petition", petition_office, (StepDraft("register", day("2024-03-05"), facts),)),
        actor=None,
        now=THEN,
    )
    wrong = case.events.get()
    correct(
        event_id=wrong.pk,
        on=wrong.occurred_on,
        facts={**facts, "purpose": "accusation"},
        reason="目的有误",
        actor=None,
        now=LATER,
    )

    def told(*, cleared: bool) -> object:
        answer = statistics(
            region=QINAN,
            first=day("2024-03-01"),
            last=day("2024-03-31"),
            subjects=["petition"],
            scope=Scope(grants=(in_region(QINAN, cleared=cleared),)),
            known_on=KNOWN_ON,
        )
        figure = answer.find("petition", "received")
        return figure and figure.value

    assert (told(cleared=True), told(cleared=False)) == (1, 0)


def test_registers_can_not_say_what_was_known_and_say_so(changed: list[Case]) -> None:
    with pytest.raises(StatisticsRefused, match="调解组织和队伍"):
        statistics(region=QINAN, first=FIRST, last=LAST, subjects=["organization"], known_on=KNOWN_ON)

    answer = statistics(region=QINAN, first=FIRST, last=LAST, known_on=KNOWN_ON)

    assert {figure.subject for figure in answer.figures} == set(KINDS)
    assert answer.as_dict()["known_on"] == "2026-06-01"
    assert {each.subject for each in INDICATORS} == set(SUBJECTS)

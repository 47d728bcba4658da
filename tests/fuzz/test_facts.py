"""Facts: of whatever type, for each step of each kind, they are kept as declared or refused field by field."""

from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casetrack.kinds import KINDS
from casetrack.kinds.base import Kind, Step
from casetrack.kinds.facts import check_facts
from casetrack.kinds.fold import Happening, fold
from casetrack.kinds.refusals import FactsRefused, Refused
from casetrack.law.calendar import DayNotInCalendar
from tests.fuzz.mutating import JSON, thorough
from tests.kinds.walking import happenings_of, scenarios

STEPS = [(kind, step) for kind in KINDS.values() for step in kind.steps]


@st.composite
def facts_of(draw: st.DrawFn) -> tuple[Kind, Step, dict[str, Any]]:
    """Facts under the names that a step knows, and now and then under others."""
    kind, step = draw(st.sampled_from(STEPS))
    names = st.sampled_from([*step.records, "organization", "nothing"]) | st.text(max_size=6)
    return kind, step, draw(st.dictionaries(names, JSON, max_size=8))


@thorough(60)
@given(given_facts=facts_of())
def test_facts_of_any_type_are_kept_or_refused_by_name(given_facts: tuple[Kind, Step, dict[str, Any]]) -> None:
    kind, step, facts = given_facts
    try:
        kept = check_facts(kind, step, facts)
    except FactsRefused as refused:
        kept, said = {}, list(refused.errors.values())
    else:
        said = ["kept"]

    assert all(said)
    assert all(value is facts[name] and isinstance(value, str | int | bool) for name, value in kept.items())


@thorough(60)
@given(data=st.data())
def test_a_lawful_course_with_days_and_values_gone_wrong_folds_or_is_refused(data: st.DataObject) -> None:
    scenario = data.draw(st.sampled_from(scenarios()))
    kind = KINDS[scenario["kind"]]
    taken = []
    for each in happenings_of(scenario, kind):
        on = data.draw(st.just(each.on) | st.dates())
        wished: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from([*each.facts, "none"]), JSON, max_size=2))
        step = data.draw(st.just(each.step) | st.sampled_from(list(kind.step_named)) | st.text(max_size=5))
        facts: dict[str, Any] = dict(each.facts)
        try:
            facts = dict(check_facts(kind, kind.step_named[step], facts | wished))
        except (FactsRefused, KeyError):
            step, facts = each.step, dict(each.facts)
        taken.append(Happening(each.sequence, step, on, facts))
    with suppress(Refused, OverflowError, DayNotInCalendar):  # what the API answers with 4xx (api/errors.py)
        fold(kind, taken, region_code=scenario.get("region", ""))

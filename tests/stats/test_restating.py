"""What was published and what is now: every difference is made by the cases that are listed with it."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases.marks import settled
from casetrack.cases.models import Case
from casetrack.cases.operations import correct
from casetrack.kinds import KINDS
from casetrack.lib.months import add_months
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats import rollup
from casetrack.stats.closing.explaining import unexplained
from casetrack.stats.closing.restated import Restated
from casetrack.stats.closing.restating import latest, restatement
from tests.stats.test_closing import MARCH
from tests.stats.test_closing import closed as close_now
from tests.stats.test_known import FIRST, LAST, THEN, carry_on, enter, hand_over
from tests.stats.test_properties import SLOW
from tests.stats.test_scoped import in_region
from tests.stats.world import CITY, NOW, QINAN, day, drafts_of, log, take
from tests.undoing import undone


def closed(**asked: Any) -> Any:
    return close_now(**{"now": THEN, **asked})


def found(measure: str, **asked: Any) -> Restated | None:
    rows = restatement(latest(QINAN, MARCH), **asked)
    return next((each for each in rows if each.name[3] == measure and not each.name[1]), None)


@SLOW
@given(st.data())
def test_the_cases_listed_make_the_whole_difference(offices: list[Organization], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    drafts = st.lists(drafts_of(offices, FIRST, LAST, [kind]), min_size=1, max_size=5)
    place, month = data.draw(st.sampled_from([CITY, QINAN])), add_months(FIRST, data.draw(st.integers(0, 17)))
    with undone():
        cases = enter(data.draw(drafts), THEN)
        rollup.settle()
        edition = closed(region=place, month=month)

        carry_on(data, cases, offices)
        enter(data.draw(drafts), THEN + timedelta(days=1))
        rollup.settle()

        for each in restatement(edition):
            assert each.otherwise == (0, 0)
            assert each.moved
        assert list(unexplained(edition)) == []


def test_what_is_logged_late_is_named_with_its_event(dispute: Case, village_committee: Organization) -> None:
    closed()
    late = log("mediation", village_committee, ("register", day("2024-03-28"), {"category": "labour"}))

    restated = found("received")

    assert restated
    assert (restated.published.value, restated.now.value, restated.otherwise) == (1, 2, (0, 0))
    said = restated.as_dict()
    assert (said["published"]["value"], said["now"]["value"], said["difference"]["counted"]) == (1.0, 2.0, 1)
    assert [(row["number"], row["before"]["counted"], row["after"]["counted"]) for row in said["cases"]] == [
        (late.number, 0, 1)
    ]
    assert [event["step"] for event in said["cases"][0]["events"]] == ["register"]


def test_nothing_new_restates_nothing(dispute: Case, village_committee: Organization) -> None:
    edition = closed()
    log("mediation", village_committee, ("register", day("2024-04-28"), {"category": "labour"}))

    assert restatement(edition) == []


def test_a_rate_differs_by_both_of_its_parts(dispute: Case, village_committee: Organization) -> None:
    take(dispute, "agree", day("2024-03-09"), agreement="written")
    rollup.settle()
    closed()
    log("mediation", village_committee, ("register", day("2024-03-28"), {"category": "labour"}))

    restated = found("closure_rate")

    assert restated
    said = restated.as_dict()
    assert said["published"] == {"value": 100.0, "counted": 1, "base": 1}
    assert said["now"] == {"value": 50.0, "counted": 1, "base": 2}
    assert said["difference"] == {"counted": 0, "base": 1}


def test_a_case_that_went_to_another_county_is_in_the_list(dispute: Case, gangu_committee: Organization) -> None:
    closed()
    hand_over(dispute, gangu_committee, now=NOW + timedelta(days=1))

    restated = found("received")

    assert restated
    assert (restated.published.parts, restated.now.parts) == ((1, 0), (0, 0))
    assert [(each.case, each.before, each.after) for each in restated.moved] == [(dispute, (1, 0), (0, 0))]


def test_what_became_an_accusation_is_counted_and_not_named(petition_office: Organization) -> None:
    case = log("petition", petition_office, ("register", day("2024-03-05"), {"channel": "letter", "purpose": "appeal"}))
    rollup.settle()
    closed()
    event = case.events.get()
    facts = {**event.facts, "purpose": "accusation"}
    correct(event_id=event.pk, on=event.occurred_on, facts=facts, reason="目的有误", actor=None, now=NOW)

    uncleared = found("received", scope=Scope(grants=(in_region(QINAN),)))

    assert uncleared
    assert (uncleared.published.parts, uncleared.now.parts, uncleared.otherwise) == ((1, 0), (0, 0), (0, 0))
    assert [(row["number"], row["events"]) for row in uncleared.as_dict()["cases"]] == [(None, [])]
    assert found("received", scope=Scope(grants=(in_region(QINAN, cleared=True),))) is None


def test_what_is_entered_while_a_month_is_being_closed_restates_it(
    dispute: Case,
    village_committee: Organization,
) -> None:
    mark = settled()
    late = log("mediation", village_committee, ("register", day("2024-03-28"), {"category": "labour"}))
    rollup.settle()  # even the cells hold it by the time they are read

    edition = closed(mark=mark)

    restated = found("received")
    assert restated
    assert (edition.cases, restated.published.value, restated.now.value) == (1, 1, 2)
    assert [each.case for each in restated.moved] == [late]


def test_the_command_prints_what_programs_read(dispute: Case, village_committee: Organization) -> None:
    with pytest.raises(CommandError, match="尚未结账"):
        call_command("restatements", "--region", QINAN, "--month", "2024-03")
    closed()
    log("mediation", village_committee, ("register", day("2024-03-28"), {"category": "labour"}))
    said = StringIO()

    call_command("restatements", "--region", QINAN, "--month", "2024-03", "--format", "json", stdout=said)

    printed = json.loads(said.getvalue())
    assert (printed["edition"], printed["month"]) == (1, "2024-03")
    assert {"received", "pending", "handled"} <= {row["measure"] for row in printed["figures"]}

"""Applying a change: an event on each case it moves, new receipts, and a record that verifies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, Unsettled
from casetrack.cases.operations import advance, retract
from casetrack.cases.recounting import impact, table
from casetrack.cases.recounting.applying import ReasonMissing, apply
from casetrack.cases.verification import differences
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import StepRefused
from casetrack.law.terms import Unit
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, take
from tests.cases.recounting.changes import rest_day, rule_as, term_of
from tests.cases.recounting.world import apply_for_review, counting_from, petition_with_extension, suspended_and_resumed

REASON = "调解期限改为两个月"


def test_each_case_gets_an_event_and_its_clock_a_new_date_with_its_receipt(
    committee: Organization, clerk: User
) -> None:
    case = log_dispute(committee, date(2024, 3, 1))

    with term_of("PM-TERM-GEN", length=2, quote="两个月"):
        applied = apply(reason=REASON, actor=clerk, now=NOW)

    event, clock = case.events.latest("sequence"), Deadline.objects.get()
    case.refresh_from_db()
    assert (event.step, event.occurred_on, event.reason, event.actor) == ("recount", date(2024, 6, 1), REASON, clerk)
    assert (clock.due_on, clock.act_by) == (date(2024, 5, 1), date(2024, 5, 1))
    assert "“两个月”" in clock.receipt[1]["text"]
    assert (case.due_on, case.version, case.head) == (date(2024, 5, 1), 3, event.hash)
    assert (applied.cases, applied.clocks, applied.stuck) == (1, 1, [])


def test_the_record_differs_before_and_verifies_after(
    committee: Organization, petition_office: Organization, reviewers: Organization
) -> None:
    log_dispute(committee)
    petition_with_extension(petition_office)
    suspended_and_resumed(reviewers)
    apply_for_review(reviewers, date(2024, 5, 29))

    with (
        term_of("PM-TERM-GEN", length=2),
        term_of("XF-END-22", length=45),
        term_of("FY23-DECIDE-ORD", length=70),
        rest_day(date(2024, 6, 3)),
    ):
        before = {difference.case for difference in differences(Case.objects.all())}
        applied = apply(reason=REASON, actor=None, now=NOW)
        after = list(differences(Case.objects.all()))

    assert (len(before), after, applied.cases) == (4, [], 4)


def test_applying_twice_does_nothing_the_second_time(committee: Organization, petition_office: Organization) -> None:
    log_dispute(committee)
    petition_with_extension(petition_office)

    with term_of("PM-TERM-GEN", length=2), term_of("XF-END-22", length=45):
        first = apply(reason=REASON, actor=None, now=NOW)
        second = apply(reason=REASON, actor=None, now=NOW)

    assert (first.cases, second.cases, second.clocks) == (2, 0, 0)
    assert CaseEvent.objects.filter(step="recount").count() == 2


def test_what_was_killed_half_way_goes_on_from_there(committee: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        log_dispute(committee)
    monkeypatch.setattr(impact, "CHUNK", 2)
    set_dates, chunks = table.set_dates, iter(range(5))

    def killed_in_the_second_chunk(cases: Sequence[int]) -> int:
        written = set_dates(cases)
        if next(chunks) == 1:
            raise KeyboardInterrupt
        return written

    with term_of("PM-TERM-GEN", length=2):
        with monkeypatch.context() as killing:
            killing.setattr(table, "set_dates", killed_in_the_second_chunk)
            with pytest.raises(KeyboardInterrupt):
                apply(reason=REASON, actor=None, now=NOW)
        left = len(list(impact.impact()))
        applied = apply(reason=REASON, actor=None, now=NOW)
        differing = list(differences(Case.objects.all()))

    assert (left, applied.cases, differing) == (3, 3, [])
    assert CaseEvent.objects.filter(step="recount").count() == 5


def test_a_light_or_a_citation_changes_without_an_event(committee: Organization) -> None:
    case = log_dispute(committee)

    with term_of("PM-TERM-GEN", article="中华人民共和国人民调解法第三十三条第一款"):
        applied = apply(reason="更正条款", actor=None, now=NOW)
        differing = list(differences(Case.objects.all()))

    assert (applied.cases, applied.clocks, differing) == (0, 1, [])
    assert Deadline.objects.get().article == "中华人民共和国人民调解法第三十三条第一款"
    assert case.events.count() == 2


def test_a_case_closed_in_time_that_turns_out_late_is_counted_again(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))
    take(case, "agree", date(2024, 3, 29), agreement="oral")
    Unsettled.objects.all().delete()

    with term_of("PM-TERM-GEN", length=10, unit=Unit.DAY, quote="十日"):
        apply(reason=REASON, actor=None, now=NOW)
        differing = list(differences(Case.objects.all()))

    assert not Milestone.objects.get(name="closed").in_time
    assert Unsettled.objects.filter(organization=committee, month=date(2024, 3, 1)).exists()
    assert differing == []


def test_another_fact_to_count_from_is_applied_from_the_events(reviewers: Organization) -> None:
    case = apply_for_review(reviewers, date(2024, 3, 1), accepted_on=date(2024, 3, 5))

    with rule_as(counting_from("FY23-DECIDE-ORD", "received_on")):
        apply(reason=REASON, actor=None, now=NOW)
        again = apply(reason=REASON, actor=None, now=NOW)
        differing = list(differences(Case.objects.all()))

    clock = Deadline.objects.get(case=case, duty="reconsideration.decide")
    assert (clock.counted_from, again.clocks, differing) == (date(2024, 3, 1), 0, [])


def test_a_stuck_case_is_left_as_it_is_and_named(
    petition_office: Organization, committee: Organization, capsys: pytest.CaptureFixture[str]
) -> None:
    stuck, sound = petition_with_extension(petition_office), log_dispute(committee)
    dates = list(stuck.deadlines.values_list("act_by"))

    with (
        term_of("XF-END-22", extension=None),
        term_of("PM-TERM-GEN", length=2),
        pytest.raises(CommandError, match="1件案件按现行规定不能成立"),
    ):
        call_command("law", "--apply", "--reason", REASON)

    assert f"{stuck.number}  不能重新计算" in capsys.readouterr().err
    assert (list(stuck.deadlines.values_list("act_by")), stuck.events.count()) == (dates, 3)
    assert sound.events.count() == 3


def test_a_reason_is_asked_for(committee: Organization) -> None:
    with pytest.raises(ReasonMissing, match="须说明理由"):
        apply(reason=" ", actor=None, now=NOW)


def test_the_command_applies_in_the_name_of_a_user(
    committee: Organization, clerk: User, capsys: pytest.CaptureFixture[str]
) -> None:
    case = log_dispute(committee)

    with term_of("PM-TERM-GEN", length=2):
        call_command("law", "--apply", "--reason", REASON, "--user", "clerk")

    assert capsys.readouterr().out == "已重新计算：案件1件各记一条事件，更新期限1个\n"
    assert case.events.latest("sequence").actor == clerk


def test_an_unknown_user_is_refused(committee: Organization) -> None:
    with pytest.raises(CommandError, match="没有用户“nobody”"):
        call_command("law", "--apply", "--reason", REASON, "--user", "nobody")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_has_the_step_in_every_state_and_offers_it_to_nobody(kind: Any) -> None:
    step = kind.step_named["recount"]

    assert set(step.sources) >= set(kind.state_named)
    assert (step.target, step.marks, step in kind.steps) == (None, (), False)


def test_no_clerk_can_log_it(committee: Organization) -> None:
    case = log_dispute(committee)

    with pytest.raises(StepRefused, match="没有“recount”这一步骤"):
        advance(case_id=case.pk, draft=StepDraft("recount", date(2024, 5, 1)), actor=None, now=NOW)


def test_what_was_logged_before_can_still_be_corrected(committee: Organization) -> None:
    case = log_dispute(committee)
    with term_of("PM-TERM-GEN", length=2):
        apply(reason=REASON, actor=None, now=NOW)

        for event in case.events.order_by("-sequence"):
            retract(event_id=event.pk, reason="误登记", actor=None, now=NOW)

        assert list(differences(Case.objects.all())) == []


def keyed_by_duty(case: Case) -> Mapping[str, date]:
    return dict(case.deadlines.values_list("duty", "act_by"))


def test_a_clock_that_stood_still_keeps_the_days_it_was_given_back(reviewers: Organization) -> None:
    case = suspended_and_resumed(reviewers)
    before = keyed_by_duty(case)["reconsideration.decide"]

    with term_of("FY23-DECIDE-ORD", length=70, quote="七十日"):
        apply(reason=REASON, actor=None, now=NOW)

    assert (before, keyed_by_duty(case)["reconsideration.decide"]) == (date(2024, 5, 10), date(2024, 5, 20))

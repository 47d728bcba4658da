"""What a changed line of the law moves is shown before anything is applied."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from casetrack.cases.models import Case, CaseEvent, Deadline
from casetrack.cases.recounting.impact import impact
from casetrack.cases.recounting.reports import Moved, Stuck
from casetrack.organizations.models import Organization, Region
from tests.cases.logging import log_dispute, take
from tests.cases.recounting.changes import local_rest_day, rest_day, rule_as, term_of
from tests.cases.recounting.world import apply_for_review, counting_from, petition_with_extension


def test_nothing_moves_while_nothing_changed(committee: Organization, petition_office: Organization) -> None:
    log_dispute(committee)
    petition_with_extension(petition_office)

    assert list(impact()) == []


def test_a_changed_term_moves_its_clocks_and_says_why(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))

    with term_of("PM-TERM-GEN", length=2, quote="两个月"):
        (moved,) = impact()

    assert isinstance(moved, Moved)
    assert (moved.number, moved.duty, moved.rule) == (case.number, "mediation.term", "PM-TERM-GEN")
    assert (moved.before, moved.after) == (date(2024, 4, 1), date(2024, 5, 1))
    assert "“两个月”，期限2个月" in moved.why


def test_looking_writes_nothing(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))

    with term_of("PM-TERM-GEN", length=2):
        list(impact())

    assert Deadline.objects.get().act_by == date(2024, 4, 1)
    assert case.events.count() == 2


def test_a_day_off_moves_what_counts_working_days_across_it_and_names_the_day(reviewers: Organization) -> None:
    apply_for_review(reviewers, date(2024, 5, 6))
    later = apply_for_review(reviewers, date(2024, 5, 20))

    with rest_day(date(2024, 5, 22)):
        (moved,) = impact()

    assert isinstance(moved, Moved)
    assert (moved.case, moved.before, moved.after) == (later.pk, date(2024, 5, 27), date(2024, 5, 28))
    assert "日历变更：2024年5月22日（星期三）：临时放假" in moved.why


def test_a_local_day_off_moves_the_dates_of_its_place_alone(reviewers: Organization, county: Region) -> None:
    neighbour = Region.objects.create(code="620523000000", name="甘谷县", level="county", parent=county.parent)
    others = Organization.objects.create(region=neighbour, county=neighbour, name="甘谷县司法局", kind=reviewers.kind)
    here, _ = apply_for_review(reviewers, date(2024, 5, 20)), apply_for_review(others, date(2024, 5, 20))

    with local_rest_day("620522", date(2024, 5, 22)):
        (moved,) = impact()

    assert moved.case == here.pk


def test_an_extended_clock_is_counted_anew_with_its_extension(petition_office: Organization) -> None:
    petition_with_extension(petition_office)

    with term_of("XF-END-22", length=45, quote="四十五日"):
        found = {item.duty: item for item in impact() if isinstance(item, Moved)}

    assert (found["petition.conclude"].before, found["petition.conclude"].after) == (
        date(2024, 6, 2),
        date(2024, 5, 18),
    )


def test_another_fact_to_count_from_needs_the_events(reviewers: Organization) -> None:
    case = apply_for_review(reviewers, date(2024, 3, 1), accepted_on=date(2024, 3, 5))

    with rule_as(counting_from("FY23-DECIDE-ORD", "received_on")):
        found = [item for item in impact() if isinstance(item, Moved) and item.case == case.pk]

    assert [(item.before, item.after) for item in found] == [(date(2024, 5, 6), date(2024, 4, 30))]


def test_a_case_that_the_changed_law_does_not_bear_out_is_named(petition_office: Organization) -> None:
    case = petition_with_extension(petition_office)

    with term_of("XF-END-22", extension=None):
        (stuck,) = impact()

    assert isinstance(stuck, Stuck)
    assert (stuck.number, "没有规定可以延长" in stuck.why) == (case.number, True)


def test_clocks_kept_before_their_footing_was_are_folded(committee: Organization) -> None:
    log_dispute(committee)
    Deadline.objects.update(governed_on=None)

    unchanged = list(impact())
    with term_of("PM-TERM-GEN", length=2):
        changed = list(impact())

    assert (len(unchanged), len(changed)) == (0, 1)


def test_a_clock_that_would_start_now_is_found_by_folding_every_case(committee: Organization) -> None:
    case = log_dispute(committee)
    Deadline.objects.filter(case=case).delete()

    assert list(impact()) == []
    (found,) = impact(thorough=True)
    assert (found.case, isinstance(found, Moved) and found.before) == (case.pk, None)


def test_an_ended_clock_is_shown_as_such(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))
    take(case, "agree", date(2024, 3, 20), agreement="oral")

    with term_of("PM-TERM-GEN", length=2):
        ended = [item for item in impact() if isinstance(item, Moved) and item.duty == "mediation.term"]

    assert [item.running for item in ended] == [False]


def test_only_the_region_asked_about_is_looked_at(committee: Organization) -> None:
    log_dispute(committee)

    with term_of("PM-TERM-GEN", length=2):
        assert len(list(impact(region="620522000000"))) == 1
        assert list(impact(region="620523000000")) == []


def test_the_command_lists_and_counts(committee: Organization, capsys: pytest.CaptureFixture[str]) -> None:
    number = log_dispute(committee, date(2024, 3, 1)).number

    with term_of("PM-TERM-GEN", length=2):
        call_command("law", "--impact")

    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{number}  调解期限  2024-04-01 → 2024-05-01  规定改为：")
    assert rest[0] == "合计：案件1件，进行中的期限1个，已终结的期限0个"


def test_the_command_answers_programs_in_json(committee: Organization, capsys: pytest.CaptureFixture[str]) -> None:
    log_dispute(committee, date(2024, 3, 1))
    log_dispute(committee, date(2024, 3, 4))

    with term_of("PM-TERM-GEN", length=2):
        call_command("law", "--impact", "--format", "json", "--region", "620522")

    said = json.loads(capsys.readouterr().out)
    assert [item["from"] for item in said["items"]] == ["2024-04-01", "2024-04-04"]
    assert said["totals"]["by_rule"] == {"PM-TERM-GEN": 2}
    assert Case.objects.count() == CaseEvent.objects.count() // 2

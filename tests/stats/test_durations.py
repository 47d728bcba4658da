"""Days that cases took, and days until they were entered: the same from what is kept, from events, and by hand."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import ImportBatch, Milestone
from casetrack.cases.operations import correct, open_case
from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, rollup, tracing
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer, nearest_rank
from casetrack.stats.models import Durations
from casetrack.stats.questions import Basis
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.world import CITY, GANGU, NOW, QINAN, TOWN, VILLAGE, day, log

ASKED = ("mean_days", "median_days", "days_of_90_percent")


def settled_after(office: Organization, *days: int) -> None:
    for number in days:
        log(
            "mediation",
            office,
            ("register", day("2024-03-01"), {"category": "neighbour"}),
            ("accept", day("2024-03-01")),
            ("fail", day(f"2024-03-{number + 1:02}")),
        )


def march(region: str, *, basis: Basis | None = None) -> Answer:
    first, last = day("2024-03-01"), day("2024-03-31")
    return statistics(region=region, first=first, last=last, subjects=["mediation"], basis=basis)


def values(answer: Answer, *measures: str) -> list[object]:
    return [figure and figure.shown for figure in (answer.find("mediation", measure) for measure in measures)]


def test_days_add_up_over_regions(village_committee: Organization, gangu_committee: Organization) -> None:
    settled_after(village_committee, 0, 2, 10, 20)
    settled_after(gangu_committee, 1, 3, 3, 3, 30, 30)
    rollup.settle()

    found = {code: values(march(code), *ASKED) for code in (VILLAGE, TOWN, QINAN, GANGU, CITY)}

    qinan, gangu = ["8.0", "2", "20"], ["11.7", "3", "30"]
    assert found == {VILLAGE: qinan, TOWN: qinan, QINAN: qinan, GANGU: gangu, CITY: ["10.2", "3", "30"]}
    assert march(CITY).basis == Basis.CELLS
    assert values(march(CITY, basis=Basis.EVENTS), *ASKED) == found[CITY]


def test_of_no_cases_there_is_no_median(village_committee: Organization) -> None:
    assert values(march(QINAN), *ASKED) == ["—", "—", "—"]


def test_the_cases_behind_a_median_are_those_that_were_closed(village_committee: Organization) -> None:
    settled_after(village_committee, 1, 2, 5)
    median = march(QINAN).find("mediation", "median_days")
    mean = march(QINAN).find("mediation", "mean_days")

    assert median
    assert mean
    assert (median.value, median.numerator, median.denominator) == (2, None, 3)
    assert (
        tracing.total_of(median.cases, "denominator") == tracing.cases_behind(median.cases, "denominator").count() == 3
    )
    with pytest.raises(StatisticsRefused, match="“办理天数中位数”没有分子"):
        tracing.total_of(median.cases, "numerator")
    assert (mean.numerator, tracing.total_of(mean.cases, "numerator")) == (8, 8)


def test_a_correction_moves_the_days(village_committee: Organization) -> None:
    settled_after(village_committee, 9)
    rollup.settle()

    registered = Milestone.objects.get(name="received").event
    correct(
        event_id=registered.pk,
        on=day("2024-02-28"),
        facts={"category": "neighbour"},
        reason="登记日期有误",
        actor=None,
        now=NOW,
    )
    rollup.settle()

    assert values(march(CITY), "median_days") == ["11"]
    assert rebuilding.differences() == []


def test_days_that_were_tampered_with_are_found_and_a_rebuild_puts_them_right(village_committee: Organization) -> None:
    settled_after(village_committee, 4)
    rollup.settle()

    Durations.objects.filter(region_code=QINAN, name="closed").update(days=[5])

    assert rebuilding.differences() == [
        "办理天数多出：620522000000 mediation.closed 2024-03 {5: 1}",
        "办理天数缺少：620522000000 mediation.closed 2024-03 {4: 1}",
        "办理天数多出：620500000000 mediation.closed 2024-03 {4: 1}",
        "办理天数缺少：620500000000 mediation.closed 2024-03 {5: 1}",
    ]
    rebuilding.rebuild()
    assert rebuilding.differences() == []


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.sampled_from([50, 90]))
def test_the_nearest_rank_is_the_fewest_days_that_so_many_cases_did_not_exceed(days: list[int], share: int) -> None:
    found = nearest_rank({each: days.count(each) for each in days}, share)

    assert found in days
    assert 100 * sum(each <= found for each in days) >= share * len(days)
    assert 100 * sum(each < found for each in days) < share * len(days)


def entered(office: Organization, received: str, at: datetime, batch: ImportBatch | None = None) -> None:
    steps = (StepDraft("register", day(received), {"category": "neighbour"}),)
    open_case(draft=CaseDraft("mediation", office, steps), actor=None, now=at)


def test_late_entry_is_counted_by_the_day_of_entry(village_committee: Organization) -> None:
    """Entered on the day, on the last day in time, and a day later than that: near midnight, where the offices are."""
    entered(village_committee, "2024-03-08", datetime(2024, 3, 8, 15, 59, tzinfo=UTC))
    entered(village_committee, "2024-03-08", datetime(2024, 3, 23, 15, 59, tzinfo=UTC))
    entered(village_committee, "2024-03-08", datetime(2024, 3, 23, 16, 0, tzinfo=UTC))
    entered(village_committee, "2024-03-08", datetime(2024, 4, 2, 1, 0, tzinfo=UTC))
    rollup.settle()

    answer, counted = march(QINAN), march(QINAN, basis=Basis.EVENTS)

    for found in (answer, counted):
        assert values(found, "received", "entered", "entered_late", "imported") == ["4", "3", "1", "0"]
        assert values(found, "late_entry_rate", "mean_entry_lag") == ["33.3%", "10.3"]
    late = answer.find("mediation", "entered_late")
    assert late
    assert tracing.total_of(late.cases) == 1


def test_a_case_whose_receipt_is_put_right_to_after_its_entry_has_no_lag(village_committee: Organization) -> None:
    entered(village_committee, "2024-03-08", datetime(2024, 3, 10, 4, 0, tzinfo=UTC))
    registered = Milestone.objects.get(name="received").event
    correct(
        event_id=registered.pk,
        on=day("2024-03-12"),
        facts={"category": "neighbour"},
        reason="登记日期有误",
        actor=None,
        now=datetime(2024, 3, 20, 4, 0, tzinfo=UTC),
    )

    before = values(march(QINAN), "entered", "entered_late", "mean_entry_lag")
    rollup.settle()

    assert before == values(march(QINAN), "entered", "entered_late", "mean_entry_lag") == ["1", "0", "0.0"]

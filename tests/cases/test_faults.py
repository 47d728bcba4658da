"""What is wrong with a case that somebody is about to log, told for each step apart."""

from datetime import date

import pytest

from casetrack.cases.drafts import StepDraft, new_case
from casetrack.cases.faults import countable, faults
from casetrack.kinds.base import Facts
from casetrack.kinds.refusals import DateRefused
from casetrack.law.calendar import DayNotInCalendar
from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind

TODAY = date(2024, 6, 1)
OFFICE = Organization(
    pk=1,
    region_id="620503000000",
    county_id="620503000000",
    name="麦积区道北街道人民调解委员会",
    kind=OrganizationKind.MEDIATION_COMMITTEE,
    committee_kind=CommitteeKind.TOWNSHIP,
)


def told(*steps: tuple[str, date, Facts]) -> dict[int, str]:
    draft = new_case(kind="mediation", organization=OFFICE, steps=[StepDraft(*step) for step in steps])
    return {place: str(refused) for place, refused in faults(draft, today=TODAY).items()}


def test_what_each_step_says_wrongly_is_told_at_once() -> None:
    day = date(2024, 3, 1)

    found = told(("register", day, {}), ("accept", day, {}), ("agree", day, {"agreement": "sung"}))

    assert list(found) == [0, 2]
    assert found[0] == "“登记”须填写“纠纷类型”"
    assert "“协议形式”没有“sung”这一项" in found[2]


def test_a_step_dated_before_the_one_it_follows_is_told_by_its_date() -> None:
    registered, accepted = date(2024, 3, 10), date(2024, 3, 1)

    found = told(("register", registered, {"category": "neighbour"}), ("accept", accepted, {}))

    assert found == {1: "“受理”的日期2024-03-01早于此前“登记”的日期2024-03-10，请核对"}


def test_the_first_step_that_the_lifecycle_does_not_allow_is_told() -> None:
    day = date(2024, 3, 1)

    found = told(("register", day, {"category": "neighbour"}), ("accept", day, {"consent": False}))

    assert found == {1: "一方当事人明确拒绝调解的，不得调解（人民调解法第十七条），请登记不予受理"}


def test_a_course_that_is_lawful_has_no_fault() -> None:
    day = date(2024, 3, 1)

    assert told(("register", day, {"category": "neighbour"}), ("accept", day, {})) == {}


@pytest.mark.parametrize("beyond", [OverflowError("date value out of range"), DayNotInCalendar("没有这一天")])
def test_a_day_from_which_nothing_can_be_counted_is_refused_in_words(beyond: Exception) -> None:
    with pytest.raises(DateRefused, match="无法计算期限，请核对年份"), countable():
        raise beyond

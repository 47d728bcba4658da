"""Registers of organizations and trainings: taken once however often they are sent."""

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region, Training
from casetrack.organizations.operations import (
    OrganizationRow,
    Outcome,
    RowRejected,
    TrainingRow,
    ensure_organization,
    ensure_training,
    load_organizations,
    load_trainings,
)
from tests.organizations.world import QINAN, XINGGUO, XINGGUO_VILLAGE

TOWN = OrganizationRow("兴国镇人民调解委员会", XINGGUO, CommitteeKind.TOWNSHIP, date(2017, 5, 20))
VILLAGE = OrganizationRow("兴国镇第3村人民调解委员会", XINGGUO_VILLAGE, CommitteeKind.VILLAGE, date(2016, 4, 1))
MEDICAL = OrganizationRow("秦安县医疗纠纷人民调解委员会", QINAN, CommitteeKind.PROFESSIONAL)
COURSE = TrainingRow(held_on=date(2019, 8, 21), name="第1期人民调解员培训班", attendance=100)


def outcomes(county: Region, *rows: OrganizationRow) -> list[Outcome]:
    return [result.outcome for result in load_organizations(county=county, rows=rows)]


def test_a_register_makes_its_committees_with_their_regions(qinan: Region) -> None:
    assert outcomes(qinan, TOWN, VILLAGE, MEDICAL) == [Outcome.CREATED] * 3

    assert Organization.objects.get(name=VILLAGE.name).region.name == "兴国镇第3村"
    assert Region.objects.get(pk=XINGGUO).name == "兴国镇"
    assert Region.objects.get(pk=QINAN).name == "秦安县"


def test_a_register_sent_twice_changes_nothing(qinan: Region) -> None:
    outcomes(qinan, TOWN, VILLAGE, MEDICAL)

    assert outcomes(qinan, TOWN, VILLAGE, MEDICAL) == [Outcome.UNCHANGED] * 3
    assert Organization.objects.count() == 3


def test_a_changed_row_changes_its_committee_alone(qinan: Region) -> None:
    outcomes(qinan, TOWN, VILLAGE)

    assert outcomes(qinan, TOWN, replace(VILLAGE, active_from=date(2016, 5, 1))) == [
        Outcome.UNCHANGED,
        Outcome.CHANGED,
    ]
    assert Organization.objects.get(name=VILLAGE.name).active_from == date(2016, 5, 1)


def test_a_missing_date_leaves_the_known_one(qinan: Region) -> None:
    outcomes(qinan, VILLAGE)

    assert outcomes(qinan, replace(VILLAGE, active_from=None)) == [Outcome.UNCHANGED]
    assert Organization.objects.get().active_from == date(2016, 4, 1)


def test_one_name_in_two_counties_is_two_committees(qinan: Region, gangu: Region) -> None:
    outcomes(qinan, TOWN)

    assert outcomes(gangu, replace(TOWN, region_code="620523100000")) == [Outcome.CREATED]
    assert Organization.objects.named(TOWN.name, within=QINAN).count() == 1
    assert Organization.objects.named(TOWN.name, within="620500000000").count() == 2


def test_spaces_in_a_name_make_no_second_committee(qinan: Region) -> None:
    outcomes(qinan, TOWN)

    assert outcomes(qinan, replace(TOWN, name="兴国镇 人民调解委员会 ")) == [Outcome.UNCHANGED]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (replace(TOWN, region_code="620523100000"), "不在秦安县"),
        (replace(TOWN, region_code="6205221"), "12位数字"),
        (replace(TOWN, committee_kind="乡镇"), "类型“乡镇”无法识别"),
        (replace(TOWN, name=" "), "机构名称"),
        (replace(TOWN, name="长" * 201), "机构名称"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_holds_up_no_other(
    qinan: Region, row: OrganizationRow, reason: str
) -> None:
    bad, good = load_organizations(county=qinan, rows=[row, VILLAGE])

    assert bad.outcome is Outcome.REJECTED
    assert reason in bad.reason
    assert good.outcome is Outcome.CREATED


def test_a_name_repeated_in_one_file_is_taken_once_and_refused_with_other_content(qinan: Region) -> None:
    other = replace(TOWN, active_from=date(2018, 1, 1))

    assert outcomes(qinan, TOWN, TOWN, other) == [Outcome.CREATED, Outcome.UNCHANGED, Outcome.REJECTED]
    assert Organization.objects.get().active_from == date(2017, 5, 20)


def test_a_committee_set_up_after_its_end_is_refused(qinan: Region) -> None:
    outcomes(qinan, TOWN)
    Organization.objects.update(active_to=date(2020, 1, 1))

    (result,) = load_organizations(county=qinan, rows=[replace(TOWN, active_from=date(2021, 1, 1))])

    assert "撤销日期" in result.reason


def test_a_large_register_asks_no_more_than_a_small_one(
    qinan: Region, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [
        OrganizationRow(f"兴国镇第{n}村人民调解委员会", f"620522100{n:03}", CommitteeKind.VILLAGE)
        for n in range(1, 301)
    ]

    with django_assert_max_num_queries(12):
        assert outcomes(qinan, *rows) == [Outcome.CREATED] * 300


def test_a_single_organization_comes_back_with_its_outcome(qinan: Region) -> None:
    bureau = OrganizationRow("秦安县司法局", QINAN, kind=OrganizationKind.JUSTICE_BUREAU)

    made, first = ensure_organization(county=qinan, row=bureau)
    found, second = ensure_organization(county=qinan, row=bureau)

    assert (found, first, second) == (made, Outcome.CREATED, Outcome.UNCHANGED)


def test_a_single_row_that_cannot_be_taken_is_an_error(qinan: Region) -> None:
    with pytest.raises(RowRejected, match="不在秦安县"):
        ensure_organization(county=qinan, row=replace(TOWN, region_code="620523100000"))


def test_trainings_are_known_by_day_and_name(qinan: Region) -> None:
    load_trainings(county=qinan, rows=[COURSE])

    results = load_trainings(county=qinan, rows=[COURSE, replace(COURSE, held_on=date(2019, 8, 22))])

    assert [result.outcome for result in results] == [Outcome.UNCHANGED, Outcome.CREATED]


def test_a_corrected_attendance_changes_its_training(qinan: Region) -> None:
    ensure_training(county=qinan, row=COURSE)

    training, outcome = ensure_training(county=qinan, row=replace(COURSE, attendance=89))

    assert outcome is Outcome.CHANGED
    assert Training.objects.get() == training
    assert Training.objects.get().attendance == 89


@pytest.mark.parametrize(
    ("row", "reason"), [(replace(COURSE, attendance=-1), "负数"), (replace(COURSE, name=""), "名称")]
)
def test_a_training_that_cannot_be_says_why(qinan: Region, row: TrainingRow, reason: str) -> None:
    (result,) = load_trainings(county=qinan, rows=[row])

    assert result.outcome is Outcome.REJECTED
    assert reason in result.reason


def test_a_training_repeated_with_another_attendance_is_refused(qinan: Region) -> None:
    results = load_trainings(county=qinan, rows=[COURSE, replace(COURSE, attendance=1)])

    assert [result.outcome for result in results] == [Outcome.CREATED, Outcome.REJECTED]

"""What can be asked, and what is refused."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetrack.cases.models import Milestone
from casetrack.kinds import KINDS
from casetrack.organizations.models import CommitteeKind, Mediator, Organization, Region, Training
from casetrack.stats import balance, rollup, tracing
from casetrack.stats.answering import by_organization, months, statistics
from casetrack.stats.balance import Stocks
from casetrack.stats.refusals import BalanceBroken, StatisticsRefused
from tests.stats.conftest import committee
from tests.stats.world import QINAN, VILLAGE, day, dispute, log

FIRST, LAST = day("2024-01-01"), day("2024-12-31")


def test_registers_are_read_as_they_stood_on_the_day(
    village_committee: Organization, town_committee: Organization, regions: dict[str, Region]
) -> None:
    village_committee.active_to = day("2024-07-01")
    village_committee.save()
    Mediator.objects.create(organization=village_committee, name="王某")
    Mediator.objects.create(organization=town_committee, name="李某", active_from=day("2024-10-01"))
    Training.objects.create(region=regions[QINAN], name="培训班", held_on=day("2024-05-06"), attendance=80)

    half = statistics(region=QINAN, first=FIRST, last=day("2024-06-30"), by=[["committee_kind"]])
    year = statistics(region=QINAN, first=FIRST, last=LAST, by=[["committee_kind"]])

    def said(measure: str, subject: str = "organization", **dimensions: str) -> tuple[object, object]:
        found = half.find(subject, measure, **dimensions), year.find(subject, measure, **dimensions)
        return found[0] and found[0].value, found[1] and found[1].value

    assert said("mediation_committees") == (2, 1)
    assert said("mediation_committees", committee_kind="village") == (1, 0)
    assert said("mediators") == (1, 1)
    assert said("mediators", committee_kind="township") == (0, 1)
    assert said("sessions", "training") == (1, 1)
    assert said("attendance", "training") == (80, 80)


def test_trainings_belong_to_regions_only(village_committee: Organization) -> None:
    answer = statistics(organization=village_committee.pk, first=FIRST, last=LAST)

    assert answer.of("training") == ()


def test_a_table_by_office_leaves_out_those_with_nothing(
    village_committee: Organization, town_committee: Organization
) -> None:
    dispute(village_committee)

    table = by_organization(region=QINAN, first=FIRST, last=LAST, subject="mediation")

    assert [line.organization for line in table] == [village_committee]
    assert [f.value for f in table[0].figures if f.measure == "received"] == [1]


def test_a_table_by_office_costs_the_same_for_many(regions: dict[str, Region]) -> None:
    def queries(count: int) -> int:
        for number in range(count):
            dispute(committee(regions, VILLAGE, f"第{count}批第{number}个调委会", CommitteeKind.VILLAGE))
        with CaptureQueriesContext(connection) as captured:
            by_organization(region=QINAN, first=FIRST, last=LAST, subject="mediation")
        return len(captured)

    assert queries(1) == queries(8)


def test_the_months_of_a_running_year_end_with_the_cut_off(village_committee: Organization) -> None:
    dispute(village_committee)

    answers = months(region=QINAN, year=2024, as_of=day("2024-03-15"), subjects=["mediation"])

    assert [(answer.first, answer.as_of) for answer in answers] == [
        (day("2024-01-01"), day("2024-01-31")),
        (day("2024-02-01"), day("2024-02-29")),
        (day("2024-03-01"), day("2024-03-15")),
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"region": "650000000000"}, "没有区划代码为“650000000000”的地区"),
        ({"subjects": ["weather"]}, "没有“weather”这一统计主题"),
        ({"by": [["colour"]]}, "没有“colour”这一维度，可用的有：.*channel（信访形式）"),
        ({"last": day("2023-12-31")}, "结束日2023-12-31早于开始日2024-01-01"),
        ({"as_of": day("2023-12-31")}, "截止日2023-12-31早于统计期的开始日"),
        ({"organization": 10**9}, "没有编号为1000000000的机构"),
        ({"first": day("0024-01-01")}, "请核对年份"),
    ],
    ids=["region", "subject", "dimension", "order", "cut-off", "organization", "year"],
)
def test_what_cannot_be_meant_is_refused(regions: dict[str, Region], asked: dict[str, Any], said: str) -> None:
    question: dict[str, Any] = {"region": QINAN, "first": FIRST, "last": LAST, **asked}

    with pytest.raises(StatisticsRefused, match=said):
        statistics(**question)


def test_an_office_outside_the_region_is_refused(gangu_committee: Organization) -> None:
    with pytest.raises(StatisticsRefused, match="不在区划代码为“620522000000”的地区内"):
        statistics(region=QINAN, organization=gangu_committee.pk, first=FIRST, last=LAST)


def test_figures_that_do_not_balance_are_never_shown(village_committee: Organization) -> None:
    log(
        "mediation",
        village_committee,
        ("register", day("2024-03-05"), {"category": "labour"}),
        ("accept", day("2024-03-05")),
        ("fail", day("2024-04-01")),
    )
    Milestone.objects.filter(name="received").delete()

    with pytest.raises(
        BalanceBroken, match="人民调解（秦安县，2024-01-01 – 2024-12-31）不平衡：上期结转0件＋本期收到0件≠本期办结1件"
    ):
        statistics(region=QINAN, first=FIRST, last=LAST)


def test_groups_that_do_not_add_up_are_never_shown(village_committee: Organization) -> None:
    dispute(village_committee)
    rollup.settle()
    spoil("category,agreement")

    with pytest.raises(BalanceBroken, match="按“category”分组"):
        statistics(region=QINAN, first=FIRST, last=LAST, by=[["category"]])


def spoil(breakdown: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stats_cellblock SET persons = ARRAY(SELECT n + 1 FROM unnest(persons) AS n) WHERE breakdown = %s",
            [breakdown],
        )


def test_a_month_that_loses_an_open_case_is_noticed() -> None:
    with pytest.raises(BalanceBroken, match="信访自2024-02-01起的一期不衔接：上期结转2件，而上期末未办结3件"):
        balance.check_succession("信访", [Stocks(FIRST, 0, 3), Stocks(day("2024-02-01"), 2, 2)])


def test_a_rate_is_traced_by_its_parts(village_committee: Organization) -> None:
    dispute(village_committee)
    answer = statistics(region=QINAN, first=FIRST, last=LAST, subjects=["mediation"])
    rate = answer.find("mediation", "closure_rate")
    assert rate

    assert tracing.cases_behind(rate.cases, "denominator").count() == 1
    assert tracing.cases_behind(rate.cases, "numerator").count() == 0
    with pytest.raises(StatisticsRefused, match="请指明要查看分子还是分母"):
        tracing.behind(rate.cases)


def test_a_hearing_of_a_case_is_counted_each_time_and_its_case_listed_once(litigation_office: Organization) -> None:
    log(
        "litigation",
        litigation_office,
        ("notice", day("2024-02-01"), {"division": "administrative"}),
        ("hear", day("2024-03-01")),
        ("hear", day("2024-04-01")),
    )

    hearings = statistics(region=QINAN, first=FIRST, last=LAST).find("litigation", "hearings_attended")

    assert hearings
    assert (hearings.value, tracing.total_of(hearings.cases), tracing.cases_behind(hearings.cases).count()) == (2, 2, 1)


def test_every_kind_of_case_is_a_subject(regions: dict[str, Region]) -> None:
    answer = statistics(region=QINAN, first=FIRST, last=LAST)

    assert [subject.code for subject in answer.subjects] == [*KINDS, "organization", "training"]

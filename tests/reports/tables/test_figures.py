"""The figures of every official table, written by hand; and that the list behind each cell adds up to it."""

from decimal import Decimal

import pytest

from tests.reports.tables.reading import Tables

pytestmark = pytest.mark.django_db

NOT_REPORTED = (
    "disputes_prevented",
    "crimes_prevented",
    "crimes_prevented_persons",
    "group_petitions_prevented",
    "group_petitions_prevented_persons",
    "group_fights_prevented",
    "group_fights_prevented_persons",
)


def test_every_cell_leads_to_a_list_that_adds_up_to_it(tables: Tables) -> None:
    wrong = [lead for lead in tables.leads if lead.shown != lead.listed]

    assert wrong == []
    assert {lead.where.split()[0] for lead in tables.leads} == set(tables.balanced)
    assert len(tables.leads) > 400


def test_mediation_is_told_by_place_and_summed_from_below_and_own(tables: Tables) -> None:
    lines = [line.label for line in tables.balanced["人民调解案件情况统计表"].sheetful.lines]

    assert lines == ["兴国镇", "下级上报总计", "秦安县医疗纠纷人民调解委员会", "本级上报总计", "合计"]
    assert [tables.line("人民调解案件情况统计表", label)["total"] for label in lines] == [3, 3, 2, 2, 5]


def test_the_disputes_of_march(tables: Tables) -> None:
    assert tables.counted("人民调解案件情况统计表", "合计") == {
        **{"total": 5, "persons": 11, "succeeded": 4, "difficult": 1, "amount": Decimal("6.2345")},
        **{"by_village": 2, "by_township": 1, "by_social": 2},
        **{"active": 1, "application": 1, "handed": 2, "from_police": 1, "from_petition": 1, "source_unknown": 1},
        **{"neighbour": 1, "contract": 1, "labour": 1, "labour_migrant_wages": 1, "consumer": 1},
        **{"consumer_tourism": 1, "medical": 1},
        **{"oral": 2, "written": 2, "performed": 1, "confirmed": 1},
        **{"sweeps": 7, "suicides_prevented": 1, "suicides_prevented_persons": 2},
        **dict.fromkeys(NOT_REPORTED, "未报"),
    }


def test_mediators_and_committees_by_kind(tables: Tables) -> None:
    assert tables.counted("人民调解组织队伍情况统计表", "合计") == {
        **{"committees": 3, "mediators": 3, "mediators_full_time": 1, "mediators_part_time": 2},
        **{"mediators_male": 1, "mediators_female": 1, "mediators_of_college": 1, "mediators_of_high_school": 1},
    }
    assert tables.counted("人民调解组织队伍情况统计表", "社会团体和其他组织")["mediators"] == 2
    assert tables.counted("人民调解组织队伍情况统计表", "其中：行业性专业性")["mediators"] == 2
    assert tables.counted("人民调解组织队伍情况统计表", "乡镇") == {
        **{"committees": 1, "remark": "名册未分乡镇和街道、统称“乡镇街道”的计入此行。"}
    }


def test_petitions_by_channel_purpose_and_repetition(tables: Tables) -> None:
    assert tables.counted("信访情况统计表", "合计") == {
        **{"carried_over": 1, "received": 3, "first": 2, "repeated": 1, "persons": 8},
        **{"accusation": 1, "accusation_first": 1, "appeal": 2, "appeal_first": 1, "appeal_repeated": 1},
        **{"accepted": 1, "closed": 2, "concluded": 1, "settled": 1, "pending": 2},
        **{"acceptance_above": 1, "acceptance_below": 1, "acceptance_rate": 1},
        **{"conclusion_above": 1, "conclusion_below": 1, "conclusion_rate": 1},  # a suggestion has no sixty days
        **{"satisfaction_above": 1, "satisfaction_below": 1, "satisfaction_rate": 1},
    }
    visits = tables.line("信访情况统计表", "来访")
    assert (visits["received"], visits["persons"], visits["satisfaction_rate"]) == (2, 7, "—")


def test_reconsideration_by_field_and_a_year_from_december_to_december(tables: Tables) -> None:
    assert tables.counted("行政复议案件统计表", "合计") == {
        **{"carried_over": 1, "received": 5, "accepted": 4, "applicants": 6},
        **{"respondent_township": 1, "respondent_county": 1, "respondent_other": 2},
        **{"organ_county": 2, "organ_city": 1, "organ_unknown": 1},
        **{"matter_penalty": 1, "matter_confirmation": 1, "matter_other": 2},
        **{"concluded": 4, "upheld": 1, "revoked": 1, "withdrawn": 1, "other_result": 1},
        **{"pending": 1, "compensated": 1, "compensation": Decimal("1234.56")},
    }
    market = tables.counted("行政复议案件统计表", "市场监管")
    assert {key: market[key] for key in ("carried_over", "received", "accepted", "concluded")} == {
        **{"carried_over": 1, "received": 2, "accepted": 1, "concluded": 2}
    }
    assert tables.line("行政复议案件统计表", "自然资源")["respondent_other"] == 1
    assert tables.line("行政复议案件统计表", "其他")["accepted"] == 1


def test_suits_by_instance_without_civil_ones(tables: Tables) -> None:
    first = tables.counted("行政应诉案件统计表", "一审")

    assert first == {
        **{"received": 2, "persons": 3, "as_joint": 1, "as_act": 1, "level_county": 1, "level_other": 1},
        **{"attached_reviews": 1, "concluded": 2, "act_revoked": 1, "withdrawn": 1, "after_change": 1},
        **{"heard": 2, "head_owed": 2, "head_appeared": 1, "chief_appeared": 1, "head_rate": Decimal("0.5")},
        **{"lost": 1, "judged_first": 2, "loss_rate": Decimal("0.5"), "compensated": 1, "compensation": 5_000},
    }
    assert tables.line("行政应诉案件统计表", "合计")["received"] == 3
    assert (
        tables.line("行政应诉案件统计表", "二审")["pending"],
        tables.line("行政应诉案件统计表", "二审")["loss_rate"],
    ) == (1, "—")


def test_legal_aid_by_type_and_groups_that_are_not_added_up(tables: Tables) -> None:
    assert tables.counted("法律援助情况统计表", "合计") == {
        **{"received": 3, "accepted": 2, "recipients": 3, "on_application": 1, "by_notice": 1},
        **{"route_direct": 1, "route_unknown": 1, "stage_first": 1, "stage_other": 1, "form_civil": 1, "form_other": 1},
        **{"group_migrant_worker": 1, "group_woman": 1},
        **{"not_accepted": 1, "concluded": 1, "pending": 1, "recovered": 3},
    }
    assert tables.counted("法律援助情况统计表", "刑事")["by_notice"] == 1

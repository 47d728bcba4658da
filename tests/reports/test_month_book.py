"""The book of a month: its cells, written out, and that they are the figures of the record."""

import pytest

from tests.reports.world import headings, names, rows, section, total


def test_a_sheet_a_subject_between_summary_and_explanation(march: bytes) -> None:
    assert names(march) == [
        "汇总",
        "人民调解",
        "信访",
        "信访复查复核",
        "行政复议",
        "行政应诉",
        "法律援助",
        "调解组织与培训",
        "报送数字",
        "说明",
    ]


def test_the_title_lines_say_who_what_and_when(march: bytes) -> None:
    assert [cell for line in rows(march, "人民调解")[:3] for cell in line if cell] == [
        "秦安县2024年3月人民调解情况统计表",
        "制表单位：秦安县司法局",
        "统计期间：2024年3月1日至2024年3月31日",
        "统计截止日：2024年3月31日",
        "平衡关系：上期结转1＋收到2＝办结2＋未办结1（1栏＋2栏＝7栏＋8栏）",
        "单位：件、%、天、人次、人、万元",
    ]


def test_the_totals_of_mediation(march: bytes) -> None:
    expected = {
        "上期结转": 1,
        "收到": 2,
        "办理": 3,
        "受理": 2,
        "不予受理": 0,
        "撤回": 0,
        "办结": 2,
        "未办结": 1,
        "办结率": 0.5,
        "结案率（含结转）": 0.666667,
        "按期办结率": 1,
        "收到数同比": "—",
        "调解成功率": 0.5,
        "协议履行率": "—",
        "涉及人次": 4,
        "调解": 2,
        "调解成功": 1,
        "调解不成": 1,
        "协议履行": 1,
        "司法确认": 0,
        "协议涉及金额（万元）": 1.2345,
    }

    shown = total(march, "人民调解")

    assert {heading: shown[heading] for heading in expected} == expected


def test_by_organization_only_those_with_figures_and_the_total_last(march: bytes) -> None:
    found = section(march, "人民调解", "按机构")

    assert {label: cells[:8] for label, cells in found.items()} == {
        "兴国镇第1村人民调解委员会": [1, 0, 1, 0, 0, 0, 1, 0],
        "兴国镇第2村人民调解委员会": [0, 2, 2, 2, 0, 0, 1, 1],
        "合计": [1, 2, 3, 2, 0, 0, 2, 1],
    }


def test_a_breakdown_hides_no_value_and_ends_with_the_total(march: bytes) -> None:
    found = section(march, "人民调解", "按纠纷类型")

    assert len(found) == len(["合计"]) + 19
    assert found["邻里纠纷"][:3] == [1, 1, 2]
    assert found["旅游纠纷"][:9] == [0, 0, 0, 0, 0, 0, 0, 0, "—"]
    assert list(found)[-1] == "合计"


def test_what_is_not_yet_known_is_not_broken_down_and_the_rest_is_shown(march: bytes) -> None:
    found = section(march, "人民调解", "按协议形式")

    assert {label: [cells[1], cells[6]] for label, cells in found.items()} == {
        "口头协议": ["×", 0],
        "书面协议": ["×", 1],
        "无此项": ["×", 1],
        "合计": [2, 2],
    }


def test_twelve_months_those_to_come_empty(march: bytes) -> None:
    found = section(march, "人民调解", "按月份")

    assert {label: cells[:8] for label, cells in found.items()} == {
        "1月": [1, 0, 1, 0, 0, 0, 1, 0],
        "2月": [0, 1, 1, 1, 0, 0, 0, 1],
        "3月": [1, 2, 3, 2, 0, 0, 2, 1],
        **{f"{number}月": [] for number in range(4, 13)},
        "本年累计": [1, 3, 4, 3, 0, 0, 3, 1],
    }


def test_the_summary_has_the_month_and_the_year_so_far(march: bytes) -> None:
    month, so_far = section(march, "汇总", "2024年3月"), section(march, "汇总", "本年1月至3月累计")

    assert (month["人民调解"][:8], so_far["人民调解"][:8]) == ([1, 2, 3, 2, 0, 0, 2, 1], [1, 3, 4, 3, 0, 0, 3, 1])
    assert month["信访"][:3] == [0, 1, 1]
    assert month["行政应诉"][4] == "×"


def test_committees_and_trainings_have_their_sheet(march: bytes) -> None:
    assert total(march, "调解组织与培训") == {
        "人民调解委员会（个）": 3,
        "人民调解员（名）": 0,
        "专职人民调解员（名）": 0,
        "兼职人民调解员（名）": 0,
        "男性调解员（名）": 0,
        "女性调解员（名）": 0,
        "大专以上调解员（名）": 0,
        "高中中专调解员（名）": 0,
        "培训班（次）": 1,
        "培训人次": 40,
    }
    assert section(march, "调解组织与培训", "按调委会类型")["村"] == [3, *[0] * 7, "×", "×"]


def test_what_bodies_reported_stands_beside_what_they_did_not(march: bytes) -> None:
    found = {line[0]: line[1:] for line in rows(march, "报送数字") if line}

    assert found["法律咨询（人次）"] == [52, None, "约数（余）", 52, None, "约数（余），应报3个月、已报1个月"]
    assert found["规范性文件备案"] == [None, None, "未报", None, None, "未报"]


@pytest.mark.parametrize("caption", ["按机构", "按纠纷类型", "按案件来源", "按疑难复杂案件", "按调委会类型"])
def test_the_rows_of_a_section_add_up_to_its_total(march: bytes, caption: str) -> None:
    found = section(march, "人民调解", caption)
    last = found.pop("合计")

    for place, heading in enumerate(headings(march, "人民调解")):
        if not any(word in str(heading) for word in ("率", "同比", "天")):
            added = sum(cells[place] for cells in found.values())
            assert added == pytest.approx(last[place]), heading


def test_every_column_is_defined_below_the_table(march: bytes) -> None:
    notes = [str(line[0]) for line in rows(march, "人民调解") if line and "栏 " in str(line[0])]

    assert len(notes) == len(headings(march, "人民调解"))
    assert "2栏 收到：统计期内收到（登记）的案件数。" in notes


def test_the_explanation_lists_checks_and_digests(march: bytes) -> None:
    lines = rows(march, "说明")

    assert ["人民调解", "上期结转＋收到＝办结＋未办结", "上期结转1＋收到2＝办结2＋未办结1＝3", "相符"] in lines
    digests = [str(line[1]) for line in lines if line and str(line[0]).endswith("数字") and len(line) == 2]
    assert [len(each) for each in digests if each != "sha256 摘要"] == [64, 64, 64, 64]

"""A receipt names every day that was skipped, paused, added or moved."""

from collections.abc import Sequence
from datetime import date, datetime

from casetrack.law.arithmetic import due
from casetrack.law.calendar import calendar_for
from casetrack.law.counting import Exclusion
from casetrack.law.receipts import explain
from casetrack.law.statutes import RULES

NATIONAL = calendar_for()


def lines(
    rule_id: str, start: date, *, extended_by: Sequence[int] = (), exclusions: Sequence[Exclusion] = ()
) -> list[tuple[str, str]]:
    found = explain(RULES[rule_id], start, calendar=NATIONAL, extended_by=extended_by, exclusions=exclusions)
    return [(line.code, line.text) for line in found.receipt]


def test_working_days_show_each_skipped_day_and_each_made_up_day() -> None:
    assert lines("FY23-REVIEW", date(2024, 4, 26)) == [
        ("start", "收到行政复议申请之日：2024年4月26日（星期五）"),
        (
            "rule",
            "审查行政复议申请：依据行政复议法（2023）第三十条、第八十八条“五日”，期限5个工作日，当日不计，自次日起算",
        ),
        ("skipped", "2024年4月27日（星期六）：周末（国务院关于职工工作时间的规定第七条），不计入"),
        (
            "made_up",
            "2024年4月28日（星期日）：劳动节调休上班（国务院办公厅关于2024年部分节假日安排的通知），是工作日，计入",
        ),
        ("skipped", "2024年5月1日（星期三）：劳动节（国务院办公厅关于2024年部分节假日安排的通知），不计入"),
        ("skipped", "2024年5月2日（星期四）：劳动节（放假调休）（国务院办公厅关于2024年部分节假日安排的通知），不计入"),
        ("skipped", "2024年5月3日（星期五）：劳动节（放假调休）（国务院办公厅关于2024年部分节假日安排的通知），不计入"),
        ("skipped", "2024年5月4日（星期六）：周末（国务院关于职工工作时间的规定第七条），不计入"),
        ("skipped", "2024年5月5日（星期日）：周末（国务院关于职工工作时间的规定第七条），不计入"),
        ("note", "收到补正材料后重新起算（推断）；受理前调解不停止计算"),
        ("due", "应当在2024年5月7日（星期二）当日或者之前完成。期限届满未作出不予受理决定的，视为受理"),
    ]


def test_a_silent_text_shows_both_dates_and_which_to_act_on() -> None:
    rolls = [text for code, text in lines("XF-REG-22", date(2024, 9, 20)) if code == "roll"]

    assert rolls == [
        "最后一日2024年10月5日（星期六）是休息日：周末（国务院关于职工工作时间的规定第七条）；"
        "依据没有规定是否顺延，两个日期都保留（顺延为2024年10月8日（星期二）），按较早的日期办理"
    ]


def test_pauses_and_each_part_of_an_extension_have_their_line() -> None:
    pause = Exclusion(date(2024, 3, 20), date(2024, 4, 10), "suspension", note="等待另案结果")

    found = lines("FY23-DECIDE-ORD", date(2024, 3, 1), extended_by=[10, 20], exclusions=[pause])

    assert [text for code, text in found if code in ("pause", "extension")] == [
        "中止（等待另案结果）：2024年3月20日（星期三）至2024年4月9日（星期二）不计入，扣除21日",
        "延长10日，由行政复议机构负责人批准，合计最多30日，书面告知当事人",
        "延长20日，由行政复议机构负责人批准，合计最多30日，书面告知当事人",
    ]


def test_a_year_without_its_notice_and_an_unverified_text_are_said_out_loud() -> None:
    found = dict(lines("XF-SIM-END", date(2026, 12, 30)))

    assert found["provisional"] == "2027年的放假安排通知尚未载入，暂按周末和法定节日计算，载入后重新计算"
    assert "未核对" in found["unverified"]


def test_hours_show_the_instant() -> None:
    found = dict(lines("LA21-TRANSFER", datetime(2024, 5, 1, 9, 30)))

    assert found["start"] == "收到申请的时刻：2024年5月1日（星期三）09:30"
    assert found["due"].startswith("应当在2024年5月2日（星期四）09:30前完成")


def test_what_is_kept_of_a_term_in_hours_is_the_day_it_began() -> None:
    told = explain(RULES["LA21-TRANSFER"], datetime(2024, 5, 1, 9, 30), calendar=NATIONAL)

    assert told.as_json()["start"] == "2024-05-01"


def test_explaining_changes_nothing_but_the_receipt() -> None:
    plain = due(RULES["XF-END-22"], date(2025, 7, 1), calendar=NATIONAL)
    told = explain(RULES["XF-END-22"], date(2025, 7, 1), calendar=NATIONAL)

    assert plain.receipt == ()
    assert {**plain.as_json(), "receipt": None} == {**told.as_json(), "receipt": None}

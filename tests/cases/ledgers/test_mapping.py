"""A sheet is read as its sender says: which ledger it is, and which field each of its headings is."""

import io
import json
from datetime import date
from typing import Any

import pytest

from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.mapping import MappingRefused, Said, as_json, mappings_of, said_of
from casetrack.cases.ledgers.rejects import write_rejects
from casetrack.cases.ledgers.reports import ImportReport
from casetrack.cases.ledgers.sources import Source
from casetrack.cases.models import Case, CaseEvent
from tests.cases.ledgers.books import COMMITTEE, COUNTY, NOW, book, send, verdicts

HEADINGS = ("卷宗", "收案那天", "村调委会", "什么纠纷", "结果怎样", "结束那天", "协议", "标的（万元）", "网格")
FIRST = ("秦人调〔2024〕1号", "2024-3-1", COMMITTEE, "邻里", "成功", "2024-3-9", "书面", 3.5, "一")
FIELDS = ("number", "accepted_on", "organization", "category", "result", "concluded_on", "agreement", "amount", "")


def mapping(fields: tuple[str, ...] = FIELDS, **more: Any) -> dict[str, Any]:
    """A mapping of the headings, as programs send it."""
    columns = [{"heading": each, "field": name} for each, name in zip(HEADINGS, fields, strict=True)]
    return {"ledger": "mediation", "columns": columns, **more}


def read(content: bytes, *said: dict[str, Any], dry_run: bool = False) -> ImportReport:
    sources = [Source("台账.xlsx", content)]
    mapping = mappings_of(list(said))
    return import_files(sources=sources, region_code=COUNTY, actor=None, now=NOW, dry_run=dry_run, said=Said(mapping))


@pytest.mark.usefixtures("registered")
def test_headings_that_nobody_knows_are_read_as_their_sender_says_and_once() -> None:
    content = book([["某镇 2024 年"], HEADINGS, FIRST])

    report = read(content, mapping())

    case = Case.objects.get()
    assert verdicts(report) == ["created"]
    assert (case.number, case.values["amount"], str(case.closed_on)) == ("秦人调〔2024〕1号", 3_500_000, "2024-03-09")
    assert report.sheets[0].notes == ("按对照读取各列", "按对照不导入的列：网格")
    assert verdicts(read(content, mapping())) == ["unchanged"]
    assert CaseEvent.objects.count() == 3


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(("row", "rows"), [(0, 1), (3, 1)])
def test_headings_are_where_they_are_said_to_be_or_looked_for(row: int, rows: int) -> None:
    sheet = [["某镇 2024 年"], ["填报：", "某人"], HEADINGS, FIRST]

    assert verdicts(read(book(sheet), mapping(heading_row=row, heading_rows=rows), dry_run=True)) == ["created"]


@pytest.mark.usefixtures("registered")
def test_headings_in_two_rows_are_told_by_both() -> None:
    groups = ("基本情况", None, None, "当事人", None, "什么纠纷", "结果怎样")
    under = ("卷宗", "收案", "村调委会", "甲", "乙", None, None)
    row = ("秦人调〔2024〕1号", "2024-3-1", COMMITTEE, "张三", "李四", "邻里", "调解中")
    fields = ("number", "accepted_on", "organization", "applicant.name", "respondent.name", "category", "result")
    words = ("基本情况卷宗", "收案", "村调委会", "当事人甲", "乙", "什么纠纷", "结果怎样")
    columns = [{"heading": word, "field": field} for word, field in zip(words, fields, strict=True)]
    said = {"ledger": "mediation", "heading_row": 1, "heading_rows": 2, "columns": columns}

    report = read(book([groups, under, row], merges=["A1:C1", "D1:E1", "F1:F2", "G1:G2"]), said)

    assert verdicts(report) == ["created"]
    assert set(Case.objects.get().parties.values_list("role", "name")) == {
        ("applicant", "张三"),
        ("respondent", "李四"),
    }


@pytest.mark.usefixtures("registered")
def test_of_headings_that_stand_twice_the_one_that_was_meant_is_read() -> None:
    sheet = book([("姓名", "姓名", "专兼职"), (COMMITTEE, "许某", "专职")])
    columns = [("姓名", "organization_name"), ("姓名", "name"), ("专兼职", "full_time")]
    numbered = [{"heading": w, "field": f, "column": n} for n, (w, f) in enumerate(columns, start=1)]
    bare = [{"heading": "姓名", "field": "name"}, {"column": 1, "field": "organization_name"}]

    told = read(sheet, {"ledger": "mediators", "columns": numbered}, dry_run=True)
    untold = read(sheet, {"ledger": "mediators", "columns": bare}, dry_run=True)

    assert told.sheets[0].preview[0].cells == (COMMITTEE, "许某", "专职")
    assert untold.unread[0].reason == "有2列的表头都是“姓名”，请写明是第几列"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"ledger": "调解"}, "没有“调解”这种台账或名册，可写：organizations（人民调解组织名册）"),
        (mapping((*FIELDS[:-1], "grid")), "“人民调解案件登记台账”没有“grid”这个字段，可写：number（案件编号）"),
        (mapping((*FIELDS[:-1], "amount")), "“协议涉及金额”对应了不止一列（“标的（万元）”、“网格”），请只留一列"),
        (mapping(("", *FIELDS[1:])), "“人民调解案件登记台账”必须有：案件编号；请为其选定一列"),
        (mapping(heading_row=41), "表头应在第1至40行"),
        ({"ledger": "mediation", "columns": [{"heading": "x"}]}, "每一列要写明 heading"),
        ({"ledger": "mediation", "columns": 3}, "columns 应是各列的列表"),
        ({"ledger": "mediation", "rows": 3}, "对照中没有“rows”这一项"),
        ({"ledger": "mediation", "heading_row": True}, "heading_row 应是整数"),
        ({"columns": []}, "要写明 ledger"),
        ("mediation", "对照应是一组对象"),
    ],
)
def test_what_no_sheet_can_be_read_by_is_refused(said: object, why: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        mappings_of(said)

    assert why in str(refused.value)


def test_two_mappings_of_one_sheet_are_refused_and_the_more_exact_one_holds() -> None:
    with pytest.raises(MappingRefused, match="写了两次"):
        mappings_of([mapping(sheet="表1"), mapping(sheet="表1")])

    both = mappings_of([mapping(), mapping(sheet="表1", ledger="")])
    assert said_of(both, "台账.xlsx", "表1") == both[1]
    assert said_of(both, "台账.xlsx", "表2") == both[0]
    assert mappings_of(json.loads(json.dumps(as_json(both)))) == both


@pytest.mark.usefixtures("registered")
def test_what_is_said_of_another_sheet_than_there_is_is_told() -> None:
    content = book([HEADINGS, FIRST], [("姓名",)])

    other = read(content, mapping(sheet="表9"), dry_run=True)
    left_out = read(content, mapping(sheet="表1"), {"ledger": "", "sheet": "表2"}, dry_run=True)
    fewer = read(content, mapping(heading_row=30), {"ledger": "", "sheet": "表2"}, dry_run=True)

    assert other.unread[-1].reason == "文件中没有这张工作表，请核对对照里的文件名和工作表名"
    assert [(note.sheet, note.reason) for note in left_out.notes] == [("表2", "按您的选择没有导入")]
    assert left_out.notes[0].outline is not None
    assert "表中没有这么多行" in fewer.unread[0].reason


@pytest.mark.parametrize("cell", [date(2024, 3, 1), "2024年3月1日", 13800000000])
def test_a_row_of_a_case_is_not_kept_as_headings(registered: object, cell: object) -> None:
    report = read(book([HEADINGS, FIRST, ("李四", cell)]), {"ledger": "mediation", "heading_row": 3}, dry_run=True)

    assert report.unread[0].reason == "第3行有日期或号码，不像表头，请核对表头在第几行"
    assert "李四" not in str(report.unread[0].outline)


@pytest.mark.usefixtures("registered")
def test_a_sheet_whose_headings_changed_is_not_read_by_the_old_mapping() -> None:
    report = read(book([(*HEADINGS[:7], "标的（元）", "网格"), FIRST]), mapping())

    assert "表中没有表头“标的（万元）”，对照与文件不符" in report.unread[0].reason


@pytest.mark.usefixtures("registered")
def test_rejected_rows_are_understood_by_themselves_when_they_come_back() -> None:
    headings = (*HEADINGS[:8], "受理日期")
    content = book([headings, (*FIRST[:1], "昨天", *FIRST[2:8], "2020-1-1")])
    said = mapping()
    said["columns"][8]["heading"] = "受理日期"
    report, kept = read(content, said), io.BytesIO()
    write_rejects(report, kept)

    again = send(kept.getvalue(), dry_run=True)

    assert verdicts(report) == verdicts(again) == ["rejected"]
    assert "受理日期：“昨天”不是日期" in again.sheets[0].rows[0].reason
    assert again.sheets[0].headings[7:9] == ("协议涉及金额(万元)", "不导入:受理日期")


@pytest.mark.usefixtures("registered")
def test_a_unit_that_stood_above_the_headings_goes_with_the_rejected_rows() -> None:
    headings = ("编号", "受理日期", "调解组织", "纠纷类型", "调解结果", "调结日期", "涉及金额")
    report, kept = (
        send(book([("台账", "单位：万元"), headings, ("1号", "昨天", "甲", "邻里", "成功", "", 3.5)])),
        io.BytesIO(),
    )

    write_rejects(report, kept)

    assert send(kept.getvalue(), dry_run=True).sheets[0].headings[6] == "涉及金额(万元)"

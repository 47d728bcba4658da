"""Numbers in the cells of tables: what their row, their column and the caption say that they are."""

import io

import docx
import pytest

from reports.checking.checker import check
from reports.documents.opening import read_document
from tests.reports.documents.making import pdf

BY_CHANNEL = """全县信访事项办理情况（单位：件）
渠道\t受理\t办结\t办结率（%）
来信\t63\t57\t90.5
合计\t499\t463\t92.8
"""
READ = [
    ("petition", "received", 63, "件", {"channel": "letter"}),
    ("petition", "closed", 57, "件", {"channel": "letter"}),
    ("petition", "closure_rate", 90.5, "%", {"channel": "letter"}),
    ("petition", "received", 499, "件", {}),
    ("petition", "closed", 463, "件", {}),
    ("petition", "closure_rate", 92.8, "%", {}),
]


def told(text: str) -> list[tuple[str, str, float, str, dict[str, str]]]:
    return [
        (each.subject, each.measure, float(each.value), each.unit, dict(each.dimensions)) for each in check(text).claims
    ]


def as_word(text: str) -> bytes:
    """The lines with cells as a table, the others as paragraphs."""
    made, file = docx.Document(), io.BytesIO()
    lines = text.splitlines()
    made.add_paragraph(lines[0])
    table = made.add_table(rows=0, cols=4)
    for line in lines[1:]:
        for cell, said in zip(table.add_row().cells, line.split("\t"), strict=True):
            cell.text = said.replace("（", "\n（")  # a head is often broken before its unit
    made.save(file)
    return file.getvalue()


def as_page(text: str) -> bytes:
    lines = text.splitlines()
    rows = "".join(f"<tr><td><p>{line.replace(chr(9), '</p></td><td><p>')}</p></td></tr>\n" for line in lines[1:])
    return f"<html><meta charset=utf-8><p>{lines[0]}</p><table>{rows}</table></html>".encode()


def as_markdown(text: str) -> bytes:
    head, names, *rows = text.splitlines()
    lines = [f"| {line.replace(chr(9), ' | ')} |" for line in (names, "---\t---\t---\t---", *rows)]
    return "\n".join((head, "", *lines)).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", BY_CHANNEL.encode()),
        ("a.txt", BY_CHANNEL.replace("\t", "    ").encode()),
        ("a.md", as_markdown(BY_CHANNEL)),
        ("a.html", as_page(BY_CHANNEL)),
        ("a.docx", as_word(BY_CHANNEL)),
        ("a.pdf", pdf([BY_CHANNEL.splitlines()])),
    ],
    ids=["tabs", "blanks", "markdown", "page", "word", "pdf"],
)
def test_a_number_takes_its_unit_from_the_head_or_the_caption(name: str, content: bytes) -> None:
    document = read_document(content, name)

    assert told(document.plain) == READ
    assert [document.text[each.start : each.end] for each in check(document.plain).claims][:2] == ["63", "57"]


def test_a_cell_that_reaches_over_rows_and_columns_keeps_the_others_in_their_place() -> None:
    page = """<meta charset=utf-8><table>
    <tr><th rowspan=2>渠道</th><th colspan=2>信访事项</th><th rowspan=2>办结率</th></tr>
    <tr><th>受理（件）</th><th>办结（件）</th></tr>
    <tr><td>来信</td><td>63</td><td>57</td><td>90.5</td></tr></table>"""

    assert told(read_document(page.encode(), "a.html").plain) == READ[:3]


def test_years_at_the_head_tell_last_years_figures_apart() -> None:
    claims = check("指标\t单位\t2019年\t2018年\t增减\n调解纠纷\t件\t842\t800\t5.3%\n").claims

    assert [(each.measure, int(each.value), each.period) for each in claims] == [
        ("mediated", 842, ""),
        ("mediated", 800, "last"),
        ("", 5, ""),
    ]


def test_the_catalogues_own_names_are_taken_at_their_word() -> None:
    assert told("序号\t数字\t指标\t说明\n7\t126件\t信访·收到（网上投诉、上级交办）\t共3处，计9件\n") == [
        ("petition", "received", 126, "件", {"channel": "online,delegated"})
    ]


def test_what_a_row_says_of_one_town_is_not_said_of_the_county() -> None:
    assert told("信访事项\n乡镇\t受理（件）\t办结（件）\n兴国镇\t30\t29\n全县\t63\t57\n") == [
        ("petition", "", 30, "件", {}),
        ("petition", "", 29, "件", {}),
        ("petition", "received", 63, "件", {}),
        ("petition", "closed", 57, "件", {}),
    ]


def test_numbers_with_no_unit_to_be_had_are_no_claims() -> None:
    assert told("序号\t姓名\t电话\n1\t张某\t8234567\n2\t李某\t8234568\n") == []


def test_a_passage_in_a_cell_is_read_as_a_passage() -> None:
    passage = "全年共受理群众来信63件，办结57件，办结率90.5%，其余正在办理。"

    assert told(f"项目\t完成情况\n信访\t{passage}\n复议\t暂无\n")[0] == READ[0]


def related(text: str) -> list[tuple[str, float, str]]:
    return [(str(each.kind), float(each.stated), str(each.verdict)) for each in check(text).relations]


SHARES = """行政复议申请事项（单位：件）
事项\t数量\t受理\t占比
行政处罚\t60\t50\t50.0%
信息公开\t36\t30\t30.0%
其他\t24\t20\t20.0%
合计\t120\t100\t100%
"""


def test_lines_of_totals_and_columns_of_shares_are_held_against_the_cells() -> None:
    assert sorted(related(SHARES)) == [
        ("ratio", 20, "exact"),
        ("ratio", 30, "exact"),
        ("ratio", 50, "exact"),
        ("sum", 100, "exact"),
        ("sum", 120, "exact"),
    ]


def test_a_total_that_does_not_fit_is_wrong_where_another_column_does() -> None:
    assert ("sum", 105, "inconsistent") in related(SHARES.replace("\t100\t", "\t105\t"))


def test_no_total_is_wrong_where_the_lines_may_be_parts_of_one_another() -> None:
    nested = SHARES.replace("其他\t24\t20\t20.0%", "其中警告\t14\t10\t11.7%")

    assert [each for each in related(nested) if each[2] == "inconsistent"] == []


def test_rates_of_a_table_follow_from_the_counts_beside_them() -> None:
    assert related("(单位:件)\n渠道\t受理\t办结\t办结率\n来信\t63\t57\t90.5\n来访\t310\t294\t94.8\n") == [
        ("ratio", 90.5, "rounded"),
        ("ratio", 94.8, "rounded"),
    ]

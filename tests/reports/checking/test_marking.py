"""The result of a check as a person reads it: which light, what is said, and that nothing of the report runs."""

from decimal import Decimal
from fractions import Fraction

from casetrack.stats.figures import Figure
from casetrack.stats.indicators import SUBJECTS
from reports.checking.claims import Checked, Relation, RelationKind, Verdict
from reports.checking.marking.marks import Light, apart, marks
from reports.checking.marking.pages import fragment, lines, page
from reports.checking.marking.printing import as_text
from reports.checking.record.comparing import Wish
from reports.checking.record.rows import Number, Row, Source, Standing, absent
from reports.checking.reviewing import Review
from reports.documents.document import Document, Format
from tests.reports.checking.claiming import at, claim

TEXT = "全年调解纠纷126件，\n成功120件，成功率95.2%。\n<script>alert(1)</script>受理申请9件。"
RECEIVED = SUBJECTS["mediation"].measures["received"]
RATE = Relation(
    RelationKind.RATIO,
    (120, 126),
    Decimal("95.2"),
    Decimal("95.238095238"),
    Verdict.ROUNDED,
    "成功120件，成功率95.2%",
    0,
    0,
    (1, 0, 2),
)
ROW = Row(
    0,
    Standing.DIFFERS,
    indicator=RECEIVED,
    unit="件",
    current=Number(Fraction(124)),
    source=Source.CURRENT,
    difference=Fraction(2),
    figures=(Figure(RECEIVED, {}, 124, {}),),
)


def reviewed(*rows: Row) -> Review:
    claims = (
        at(TEXT, "126件", claim("126")),
        at(TEXT, "120件", claim("120", of="mediation.succeeded")),
        at(TEXT, "95.2%", claim("95.2", "%", of="mediation.success_rate")),
        at(TEXT, "9件", claim("9", of="general.")),
    )
    document = Document(Format.TEXT, TEXT, TEXT)
    return Review(document, Checked(claims, (RATE,)), rows, Wish("620522000000", 2024) if rows else None)


def linked(figure: Figure) -> str:
    return f"https://casetrack.example/api/v1/statistics/cases/?measure={figure.measure}&part=\"'<"


def test_a_claim_is_red_green_or_for_a_person_to_look_at() -> None:
    found = marks(reviewed(ROW, *(absent(place, "没有") for place in (1, 2, 3))), linked)

    assert [each.light for each in found] == [Light.RED, Light.AMBER, Light.AMBER, Light.AMBER]
    assert [each.light for each in marks(reviewed(), linked)] == [Light.AMBER, Light.AMBER, Light.GREEN, Light.AMBER]


def test_what_follows_from_other_figures_is_reckoned_beside_the_one_that_states_it() -> None:
    (received, _, rate, other) = marks(reviewed(ROW), linked)

    assert rate.notes[1] == "比率：120÷126=95.2381，报告为95.2，四舍五入后相符"
    assert received.notes == ("读作：人民调解·收到", "与记录不一致，相差2件：收到，记录现为124件")
    assert other.notes == ()


def test_what_is_cut_off_and_what_contradicts_itself_is_told_apart() -> None:
    cut = Relation(RelationKind.SUM, (5, 2, 2), 5, Decimal(4), Verdict.INCONSISTENT, "", 0, 0, (1, 2, 0))
    short = Relation(RelationKind.DIFFERENCE, (9, 4), 5, Decimal(5), Verdict.TRUNCATED, "", 0, 0, (0, 2, 1))
    review = Review(reviewed().document, Checked(reviewed().checked.claims, (cut, short)))

    found = marks(review, linked)

    assert [each.light for each in found[:2]] == [Light.RED, Light.AMBER]
    assert found[0].notes[1] == "合计：2+2=4，报告为5，不符"
    assert found[1].notes[1] == "差额：9-4=5，报告为5，舍去尾数后相符（未四舍五入）"


def test_the_page_is_whole_in_itself_and_runs_nothing_of_the_report() -> None:
    written = page(reviewed(ROW), linked, title="核对结果：<报告>.txt")

    assert written.startswith("<!DOCTYPE html>")
    assert "<script" not in written
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written
    assert "<title>核对结果：&lt;报告&gt;.txt</title>" in written
    assert "default-src &#x27;none&#x27;" in written or "default-src 'none'" in written
    assert "src=" not in written.replace("default-src", "").replace("style-src", "")
    assert (
        'href="https://casetrack.example/api/v1/statistics/cases/?measure=received&amp;part=&quot;&#x27;&lt;"'
        in written
    )


def test_every_claim_has_its_sign_and_number_beside_its_colour() -> None:
    written = fragment(reviewed(ROW), linked)

    assert '<mark class="checked-red" title="不符">126件<sup>✗1</sup></mark>' in written
    assert '<mark class="checked-green" title="相符">95.2%<sup>✓3</sup></mark>' in written
    assert "一致0个，不一致1个" in written


def test_a_page_gives_the_text_back_whole() -> None:
    found = list(lines(TEXT, list(apart(marks(reviewed(), linked)))))

    assert ["".join(each.text for each in line.stretches) for line in found] == TEXT.split("\n")
    assert [len(line.marks) for line in found] == [1, 2, 1]


def test_claims_on_the_same_words_are_marked_once_each() -> None:
    text = "调解126件次"
    claims = (at(text, "126件", claim("126")), at(text, "126件次", claim("126")), at(text, "126件", claim("126")))
    review = Review(Document(Format.TEXT, text, text), Checked(claims, ()))

    assert [(each.number, each.quote) for each in apart(marks(review, linked))] == [(1, "126件"), (2, "次")]


def test_a_terminal_is_told_how_many_first_and_what_is_wrong_before_the_rest() -> None:
    told = as_text(reviewed(ROW), linked).splitlines()

    assert told[0] == "数字4个；勾稽关系1处，其中不符0处、未四舍五入0处"
    assert told[1] == "与2024年的记录（区划620522000000）对照：一致0个，不一致1个，记录中没有0个"
    assert told[3:5] == ["✗ 不符（1）", "  [1] 126件"]
    assert [line for line in told if line.startswith(("✗", "？", "✓"))] == [
        "✗ 不符（1）",
        "？ 待人工核对（2）",
        "✓ 相符（1）",
    ]

"""Templates: what they may say, and what is refused with the reason."""

from pathlib import Path

import pytest

from reports.drafting.drafting import BUILT_IN
from reports.drafting.references import TemplateRefused
from reports.drafting.templates import Named, Optional, Shown, Word, condition_of, parse, read, text_of
from tests.reports.drafting.figures import named

ONE = """title = "报告"
[[section]]
heading = "信访"
[[section.sentence]]
text = "{}"
"""


def test_a_sentence_is_made_of_texts_words_figures_and_what_may_be_left_out() -> None:
    parts = text_of("{year}年收到{petition.received channel=letter}[，办结{!petition.closed:bare}]。")

    assert parts == (
        Word("year"),
        "年收到",
        Named(named("petition.received channel=letter")),
        Optional(("，办结", Named(named("petition.closed"), Shown.BARE, may_be_nothing=True))),
        "。",
    )


def test_a_figure_may_be_several_values_together_or_each_value_of_a_dimension() -> None:
    together, each = named("petition.received channel=online+delegated"), named("mediation.mediated by category top 3")

    assert (together.where, each.by, each.top) == ((("channel", ("online", "delegated")),), "category", 3)
    assert each.breakdown == ("category",)


def test_a_condition_compares_figures_or_a_figure_with_a_number() -> None:
    found = condition_of("petition.pending channel=letter >= 1")

    assert (found.left.name, found.relation, found.right) == ("petition.pending channel=letter", ">=", 1)
    assert condition_of("petition.closed = petition.received").right == named("petition.received")


@pytest.mark.parametrize("name", ["annual", "monthly"])
def test_the_templates_that_come_along_can_be_read(name: str) -> None:
    template = read(BUILT_IN / f"{name}.toml")

    assert len(list(template.references())) > 30


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE.format("{petition.recieved}"), "petition.recieved”不是指标：petition有received"),
        (ONE.format("{petitions.received}"), "统计主题有mediation、petition"),
        (ONE.format("{petition.received channel=pigeon}"), "channel=pigeon”没有这一取值，可用的有：letter、visit"),
        (ONE.format("{petition.received colour=red}"), "不能按“colour”分组，可用的维度：channel"),
        (ONE.format("{petition.pending by outcome}"), "不能按“outcome”分组"),
        (ONE.format("{petition.received upside down}"), "“upside”应为“维度=取值”、“by 维度”或“top 数目”"),
        (ONE.format("{petition.received:loud}"), "冒号之后应为bare、change、monthly、parts"),
        (ONE.format("{weather}"), "可用的词语：place、whole、own、year、period、as_of"),
        (ONE.format("[收到{petition.received}"), "有一个“[”没有配对"),
        (ONE.format("收到]"), "“]”没有配对"),
        (ONE.format("收到{"), "“{”没有配对"),
        (ONE.format("[" * 9), "嵌套太深"),
        ('title = "报告"', "模板应有[[section]]各表"),
        ("title = 报告", "不是正确的TOML文件"),
        ('[[section]]\nheading = "信访"', "模板缺少 title"),
        ('title = "报告"\n[[section]]\nheading = "信访"\nlevel = 7', "level 应为1、2或3"),
        ('title = "报告"\n[[section]]\nheading = "信访"\n[[section.sentence]]\nwhen = "a"', "有一句缺少 text"),
        (ONE.format("好") + 'when = "petition.received is large"', "条件“petition.received is large”读不懂"),
        ("#" * 100_001, "模板最长100000字"),
    ],
)
def test_what_is_no_template_is_refused_with_what_it_could_say(text: str, said: str) -> None:
    with pytest.raises(TemplateRefused) as refusal:
        parse(text)

    assert said in str(refusal.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(TemplateRefused, match="应为UTF-8编码的TOML文件"):
        read(tmp_path / "own.toml")

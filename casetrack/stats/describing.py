"""The indicators in words, for docs/indicators.md: written from the declarations."""

from collections.abc import Iterator

from casetrack.stats.equalities import EQUALITIES
from casetrack.stats.indicators import SUBJECTS, Indicator, Subject


def indicators_in_words() -> str:
    """All subjects and their indicators as Markdown."""
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    yield "# 指标"
    yield ""
    yield "本页由 `manage.py describe` 按 `casetrack/stats/indicators` 的声明生成，请勿手改。"
    yield ""
    yield "比率先按分子、分母精确计算，再以四舍五入取到所列小数位；分母为零时没有比率，显示为“—”。"
    yield ""
    yield "没有注明起自何日的，自有案件记录起。"
    for subject in SUBJECTS.values():
        yield ""
        yield f"## {subject.label}（{subject.code}）"
        yield ""
        if subject.dimensions:
            yield "维度：" + "、".join(f"{field.label} `{field.name}`" for field in subject.dimensions) + "。"
            yield ""
        yield "| 指标 | 名称 | 单位 | 定义 | 分子／分母 | 小数 | 官方表栏 | 起自 |"
        yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
        for indicator in subject.indicators:
            yield f"| {' | '.join(cells_of(indicator))} |"
    yield ""
    yield "# 必须相等的数字"
    yield ""
    yield "每次计算都核对；任何一条不成立，就不出数，也不能结账。"
    for subject in SUBJECTS.values():
        for equality in (each for each in EQUALITIES if each.subject == subject.code):
            left, right = (side_of(subject, side) for side in (equality.left, equality.right))
            yield f"- {subject.label}·{equality.label}：{left} ＝ {right}。"


def cells_of(indicator: Indicator) -> tuple[str, ...]:
    version = f"（口径：{indicator.version}）" if indicator.version else ""
    return (
        f"`{indicator.measure}`",
        indicator.label,
        indicator.unit,
        f"{indicator.definition}{version}",
        f"{indicator.numerator}／{indicator.denominator}" if indicator.is_rate else "",
        f"{indicator.decimals}位" if indicator.decimals else "整数",
        indicator.column,
        f"{indicator.since}" if indicator.since else "",
    )


def side_of(subject: Subject, side: tuple[str, ...]) -> str:
    return " ＋ ".join(subject.measures[name].label for name in side)

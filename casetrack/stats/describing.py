"""The indicators in words, for docs/indicators.md: written from the declarations."""

from collections.abc import Iterator

from casetrack.stats.indicators import SUBJECTS


def indicators_in_words() -> str:
    """All subjects and their indicators as Markdown."""
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    yield "# 指标"
    yield ""
    yield "本页由 `manage.py describe` 按 `casetrack/stats/indicators` 的声明生成，请勿手改。"
    for subject in SUBJECTS.values():
        yield ""
        yield f"## {subject.label}（{subject.code}）"
        yield ""
        if subject.dimensions:
            yield "维度：" + "、".join(f"{field.label} `{field.name}`" for field in subject.dimensions) + "。"
            yield ""
        yield "| 指标 | 名称 | 单位 | 定义 |"
        yield "| --- | --- | --- | --- |"
        for indicator in subject.indicators:
            version = f"（口径：{indicator.version}）" if indicator.version else ""
            yield f"| `{indicator.measure}` | {indicator.label} | {indicator.unit} | {indicator.definition}{version} |"

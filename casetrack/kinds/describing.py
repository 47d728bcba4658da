"""The lifecycles in words and diagrams, for docs/lifecycles.md: written from the declarations."""

from collections.abc import Iterator

from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import Step
from casetrack.kinds.retention import RETENTION
from casetrack.law.statutes import duty


def lifecycles_in_words() -> str:
    """All kinds as Markdown with Mermaid state diagrams."""
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    yield "# 案件种类与程序"
    yield ""
    yield "本页由 `manage.py describe` 按 `casetrack/kinds` 的声明生成，请勿手改。"
    for kind in KINDS.values():
        yield from kind_in_words(kind)


def kind_in_words(kind: Kind) -> Iterator[str]:
    yield ""
    yield f"## {kind.label}（{kind.code}）"
    yield ""
    yield f"依据：{kind.statute}。"
    yield ""
    kept = RETENTION[kind.code]
    yield f"保管期限（自办结起）：{kept.label}{'' if kept.verified else '（未核实）'}。{kept.source}。"
    yield ""
    yield from diagram(kind)
    yield ""
    yield "| 步骤 | 自 | 至 | 须填写 | 依据 | 期限 | 计入 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for step in kind.steps:
        yield row_of(kind, step)


def diagram(kind: Kind) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in kind.states:
        yield f'    state "{state.label}" as {state.code}'
    for step in kind.steps:
        for source in step.sources or ("[*]",):
            if step.target:
                yield f"    {source} --> {step.target}: {step.label}"
    for state in kind.states:
        if not state.open and not any(step.target for step in kind.steps_from(state.code)):
            yield f"    {state.code} --> [*]"
    yield "```"


def row_of(kind: Kind, step: Step) -> str:
    sources = "、".join(kind.state_named[code].label for code in step.sources) or "（登记）"
    target = kind.state_named[step.target].label if step.target else "（不变）"
    needs = "、".join(kind.field_named[name].label for name in step.needs) or "—"
    marks = "、".join(dict.fromkeys(mark.name for mark in step.marks)) or "—"
    return (
        f"| {step.label} `{step.name}` | {sources} | {target} | {needs} | {step.basis} | {clocks_of(step)} | {marks} |"
    )


def clocks_of(step: Step) -> str:
    return "<br>".join(f"{what}：{label}" for what, label in clock_changes(step)) or "—"


def clock_changes(step: Step) -> tuple[tuple[str, str], ...]:
    """What a step may do to clocks: 起, 止, 延长, 中止 or 恢复, and the label of the duty.

    What happens only in some cases is among them; a clock that a step drops without its being fulfilled is not.
    """
    return (
        *(("起", duty(name).label) for name in dict.fromkeys(start.duty for start in step.starts)),
        *(("止", duty(name).label) for name in step.ends),
        *(("延长", duty(name).label) for name, _ in step.extends),
        *(("中止", duty(name).label) for pause in step.pauses for name in pause.duties),
        *(("恢复", duty(name).label) for name in step.resumes),
    )

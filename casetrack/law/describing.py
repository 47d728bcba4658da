"""The rules in words, for docs/law.md: written from the declarations, so that it can't say anything else."""

from collections.abc import Iterator

from casetrack.law.statutes import DUTIES, RULES
from casetrack.law.terms import PAUSES, Roll, Rule, Term

ROLLS = {Roll.ROLLS: "顺延至下一工作日", Roll.STAYS: "不顺延", Roll.SILENT: "依据没有规定，保留两个日期，按较早的办理"}


def law_in_words() -> str:
    """All duties and rules as Markdown."""
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    yield "# 期限规则"
    yield ""
    yield "本页由 `manage.py describe` 按 `casetrack/law/statutes` 的声明生成，请勿手改。"
    yield ""
    yield "## 职责与规则"
    yield ""
    yield "| 职责 | 名称 | 规则（先新后旧，地方规则优先） |"
    yield "| --- | --- | --- |"
    for duty in DUTIES.values():
        rules = "、".join(f"[{rule.id}](#{rule.id.lower()})" for rule in reversed(duty.rules))
        yield f"| `{duty.name}` | {duty.label} | {rules} |"
    for rule in RULES.values():
        yield from rule_in_words(rule)


def rule_in_words(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### {rule.id}"
    yield ""
    yield f"**{rule.label}**，自{rule.trigger}起算" + (
        f"，适用于区划代码{rule.jurisdiction}开头的地区。" if rule.jurisdiction else "。"
    )
    yield ""
    for term in rule.terms:
        yield f"- {term_in_words(term)}"
    yield f"- 逾期：{rule.consequence}"
    if rule.pauses:
        yield f"- 不计入期限：{'、'.join(PAUSES[code] for code in rule.pauses)}"
    yield f"- 提示：届满前{rule.warn[0]}日黄灯，{rule.warn[1]}日红灯"
    if rule.gap:
        yield f"- 空白：{rule.gap}"


def term_in_words(term: Term) -> str:
    until = f"至{term.until}前" if term.until else ""
    length = f"{term.length}{term.unit.words}" if term.length else f"由{term.named_by}指定"
    first = "当日计入" if term.first_day_counts else "当日不计"
    words = f"{term.since}起{until}：**{length}**（“{term.quote}”，{term.article}），{first}"
    words += f"，最后一日是休息日的，{ROLLS[term.roll]}"
    if term.extension:
        most = f"最多{term.extension.most}{term.extension.unit.words}" if term.extension.most else "没有规定上限"
        words += f"；可延长，{most}，由{term.extension.approver}批准"
    return words + ("" if term.verified else f"。**未核实**：{term.note}")

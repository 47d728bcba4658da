"""The effect of a change of the law in words for a terminal, or as JSON, as it is found: it may be a million lines."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from casetrack.cases.recounting.reports import Moved, Stuck
from casetrack.kinds import KINDS
from casetrack.law.statutes import DUTIES


@dataclass(slots=True)
class Tally:
    """How many clocks move, by kind and by rule, and in how many cases."""

    cases: set[int] = field(default_factory=set)
    by_kind: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    running: int = 0
    ended: int = 0
    stuck: int = 0

    def note(self, item: Moved | Stuck) -> None:
        if isinstance(item, Stuck):
            self.stuck += 1
            return
        self.cases.add(item.case)
        self.by_kind[item.kind] += 1
        self.by_rule[item.rule] += 1
        self.running += item.running
        self.ended += not item.running


def as_text(found: Iterable[Moved | Stuck], *, limit: int) -> Iterator[str]:
    """A line a clock that runs, at most `limit` of them; every case that is stuck; then the counts."""
    tally = Tally()
    for item in found:
        tally.note(item)
        if isinstance(item, Stuck):
            yield f"{item.number}  不能重新计算：{item.why}"
        elif item.running and tally.running <= limit:
            yield in_a_line(item)
    if tally.running > limit:
        yield f"……另有{tally.running - limit}个进行中的期限未列出（--limit 可增加）"
    yield from in_total(tally)


def in_a_line(item: Moved) -> str:
    label = DUTIES[item.duty].label if item.duty in DUTIES else item.duty
    return f"{item.number}  {label}  {item.before or '（无）'} → {item.after or '（无）'}  {item.why}"


def in_total(tally: Tally) -> Iterator[str]:
    if not (tally.cases or tally.stuck):
        yield "现行规定和工作日历与各案件的期限一致，没有需要重新计算的期限"
        return
    yield f"合计：案件{len(tally.cases)}件，进行中的期限{tally.running}个，已终结的期限{tally.ended}个"
    if tally.stuck:
        yield f"另有{tally.stuck}件案件按现行规定不能成立，须由人核对"
    yield "按案件种类：" + "，".join(f"{KINDS[kind].label}{count}" for kind, count in tally.by_kind.most_common())
    yield "按规则：" + "，".join(f"{rule} {count}" for rule, count in tally.by_rule.most_common())


def as_json(found: Iterable[Moved | Stuck]) -> Iterator[str]:
    """One document, a clock or a case a line."""
    tally = Tally()
    yield '{"items": ['
    between = ""
    for item in found:
        tally.note(item)
        yield between + json.dumps(plain(item), ensure_ascii=False)
        between = ","
    totals = {
        "cases": len(tally.cases),
        "running": tally.running,
        "ended": tally.ended,
        "stuck": tally.stuck,
        "by_kind": dict(tally.by_kind),
        "by_rule": dict(tally.by_rule),
    }
    yield f'], "totals": {json.dumps(totals, ensure_ascii=False)}}}'


def plain(item: Moved | Stuck) -> dict[str, object]:
    said = asdict(item)
    if isinstance(item, Moved):
        said["from"], said["to"] = (day and day.isoformat() for day in (said.pop("before"), said.pop("after")))
    return {"stuck": isinstance(item, Stuck), **said}

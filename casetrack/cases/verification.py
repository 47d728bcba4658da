"""The record held against itself: whole chains, and everything kept beside the events equal to their fold anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from casetrack.cases.chain import first_break
from casetrack.cases.models import Case, CaseEvent, Deadline, ErasedEvent, Milestone
from casetrack.cases.operations import organizations_in
from casetrack.cases.parties import names_in
from casetrack.cases.projection import Folded, counted, deadlines_of, fold_case, milestones_of, set_standing
from casetrack.cases.searching import under_names
from casetrack.kinds.refusals import Refused

CHUNK = 500
STANDING = {
    "state": "状态",
    "received_on": "收到日期",
    "closed_on": "办结日期",
    "due_on": "最近期限",
    "restricted": "限制知悉",
    "yellow_on": "最早黄灯日",
    "red_on": "最早红灯日",
    "values": "案件要素",
    "version": "版本",
    "head": "事件链头",
    "region_code": "区划代码",
    "organization_id": "承办机构",
}
TEXT_LINES = ("姓名", "案号", "事由", "案情")


@dataclass(frozen=True, slots=True)
class Difference:
    """Something kept that the events do not bear out."""

    case: str
    what: str
    kept: object
    rebuilt: object

    def __str__(self) -> str:
        return f"{self.case}：{self.what}：库中为{self.kept}，按事件重建为{self.rebuilt}"


def differences(cases: Iterable[Case]) -> Iterator[Difference]:
    """Every difference in these cases, a chunk of cases at a time, so that memory stays flat."""
    chunk: list[Case] = []
    for case in cases:
        chunk.append(case)
        if len(chunk) == CHUNK:
            yield from differences_in(chunk)
            chunk = []
    yield from differences_in(chunk)


def differences_in(cases: list[Case]) -> Iterator[Difference]:
    events: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for event in CaseEvent.objects.of_cases(events).order_by("case", "sequence"):
        events[event.case_id].append(event)
    milestones: dict[int, list[Milestone]] = {case.pk: [] for case in cases}
    for row in Milestone.objects.filter(case__in=events):
        milestones[row.case_id].append(row)
    deadlines: dict[int, list[Deadline]] = {case.pk: [] for case in cases}
    for clock in Deadline.objects.filter(case__in=events):
        deadlines[clock.case_id].append(clock)
    organizations = organizations_in([event for rows in events.values() for event in rows])
    names = names_in(list(events))
    left = dict(ErasedEvent.objects.filter(event__case__in=events).values_list("event", "left"))
    for case in cases:
        if broken := first_break(events[case.pk], left):
            yield Difference(case.number, f"第{broken.sequence}号事件的摘要", broken.hash, "不符")
            continue
        try:
            folded = fold_case(case, events[case.pk], organizations)
        except Refused as refused:
            yield Difference(case.number, "事件", "已记录", f"程序不允许：{refused}")
            continue
        yield from differences_of(folded, milestones[case.pk], deadlines[case.pk], names.get(case.pk, []))


def differences_of(
    folded: Folded, milestones: list[Milestone], deadlines: list[Deadline], names: Sequence[str]
) -> Iterator[Difference]:
    """What is kept of a case otherwise than its fold has it; the case then stands as folded, and may be written."""
    case = folded.case
    kept = {name: getattr(case, name) for name in (*STANDING, "search_text")}
    case.search_text = under_names(names, case.search_text)
    set_standing(folded)
    for name, label in STANDING.items():
        if kept[name] != getattr(case, name):
            yield Difference(case.number, label, kept[name], getattr(case, name))
    if kept["search_text"] != case.search_text:
        lines = "、".join(lines_differing(kept["search_text"], case.search_text))
        yield Difference(
            case.number, f"检索文字（{lines}）", "另一段文字", "当事人、案号和要素所组成的文字，涉及个人，不列出"
        )
    stored, rebuilt = sorted(map(counted, milestones)), sorted(map(counted, milestones_of(folded)))
    if stored != rebuilt:
        yield Difference(case.number, "指标事件", stored, rebuilt)
    clocks, again = sorted(map(clock_of, deadlines)), sorted(map(clock_of, deadlines_of(folded)))
    if clocks != again:
        yield Difference(case.number, "期限", clocks, again)


def lines_differing(kept: str, rebuilt: str) -> Iterator[str]:
    """Which lines of the text differ, by what they say and not by their words: these name people."""
    for place, (one, other) in enumerate(zip_longest(kept.split("\n"), rebuilt.split("\n"))):
        if one != other:
            yield TEXT_LINES[min(place, len(TEXT_LINES) - 1)]


def clock_of(row: Deadline) -> tuple[object, ...]:
    return (
        row.duty,
        row.whose,
        str(row.paused_on),
        row.rule,
        row.article,
        row.counted_from,
        row.due_on,
        row.act_by,
        row.yellow_on,
        row.red_on,
        str(row.ended_on),
        row.dropped,
        row.provisional,
        row.restricted,
    )

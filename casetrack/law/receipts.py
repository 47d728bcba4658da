"""Why a due date falls where it does: every day skipped, paused, added or moved, in words a clerk understands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from casetrack.law.arithmetic import Due, ReceiptLine, due, grants
from casetrack.law.calendar import WorkCalendar, weekday_name
from casetrack.law.counting import DAY, Exclusion, count
from casetrack.law.terms import PAUSES, Roll, Rule, Term, Unit


def explain(
    rule: Rule,
    start: date,
    *,
    calendar: WorkCalendar,
    governed_on: date | None = None,
    extended_by: int | Sequence[int] = 0,
    exclusions: Sequence[Exclusion] = (),
    named: tuple[int, Unit] | None = None,
) -> Due:
    """The due date with its receipt; the same question as `due`, at the price of an answer in words."""
    answer = due(
        rule,
        start,
        calendar=calendar,
        governed_on=governed_on,
        extended_by=extended_by,
        exclusions=exclusions,
        named=named,
    )
    # what is kept of a term in hours is the day it began; the hour stands in the receipt's words
    answer = replace(answer, start=date(answer.start.year, answer.start.month, answer.start.day))
    term = rule.term_on(governed_on or answer.start)
    lines = [*_origin(rule, term, answer, start)]
    if answer.unit is Unit.WORKING_DAY:
        lines += _days(answer, calendar, exclusions)
    lines += _pauses(term, answer, calendar, exclusions)
    lines += _extensions(term, answer, extended_by)
    lines += _rolled(rule, term, answer, calendar)
    lines += _reservations(term, answer, calendar)
    lines.append(_conclusion(rule, answer))
    return replace(answer, receipt=tuple(lines))


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{weekday_name(day)}）"


def _origin(rule: Rule, term: Term, answer: Due, start: date) -> Iterator[ReceiptLine]:
    if isinstance(start, datetime):
        yield ReceiptLine("start", f"{rule.trigger}：{in_words(answer.start)}{start:%H:%M}", answer.start)
    else:
        yield ReceiptLine("start", f"{rule.trigger}：{in_words(answer.start)}", answer.start)
    if answer.unit is Unit.HOUR:
        how = "自该时刻起算"
    elif rule.backwards:
        how = "当日不计，向前倒数"
    else:
        how = "当日计入" if term.first_day_counts else "当日不计，自次日起算"
    named = f"，由{term.named_by}指定" if (answer.length, answer.unit) != (term.length, term.unit) else ""
    length = f"{answer.length}{answer.unit.words}{named}"
    yield ReceiptLine("rule", f"{rule.label}：依据{term.article}“{term.quote}”，期限{length}，{how}")


def _days(answer: Due, calendar: WorkCalendar, exclusions: Sequence[Exclusion]) -> Iterator[ReceiptLine]:
    """Each rest day skipped and each made-up working day counted between start and end."""
    first, last = sorted((answer.start, answer.due_on))
    for offset in range(1, (last - first).days + (0 if answer.due_on < answer.start else 1)):
        day = first + timedelta(days=offset)
        if any(each.start <= day < each.end for each in exclusions):
            continue
        if not calendar.is_working(day):
            text = f"{in_words(day)}：{_reason(day, calendar)}，不计入"
            yield ReceiptLine("skipped", text, day)
        elif calendar.is_made_up(day):
            text = f"{in_words(day)}：{_reason(day, calendar)}，是工作日，计入"
            yield ReceiptLine("made_up", text, day)


def _reason(day: date, calendar: WorkCalendar) -> str:
    reason, notice = calendar.reason_of(day), calendar.notice_of(day)
    return f"{'周末' if reason == weekday_name(day) else reason}（{notice}）"


def _pauses(term: Term, answer: Due, calendar: WorkCalendar, exclusions: Sequence[Exclusion]) -> Iterator[ReceiptLine]:
    if not exclusions:
        return
    _, pauses = count(answer.start, answer.length, answer.unit, answer.extended_by, term, calendar, exclusions)
    for pause in pauses:
        reasons = dict.fromkeys(
            PAUSES[each.reason] + (f"（{each.note}）" if each.note else "")
            for each in exclusions
            if each.start < pause.end and pause.start < each.end
        )
        days = f"{pause.days}{'个工作日' if answer.unit is Unit.WORKING_DAY else '日'}"
        until = in_words(pause.end - DAY)
        text = f"{'、'.join(reasons)}：{in_words(pause.start)}至{until}不计入，扣除{days}"
        yield ReceiptLine("pause", text, pause.start, pause.end)


def _extensions(term: Term, answer: Due, extended_by: int | Sequence[int]) -> Iterator[ReceiptLine]:
    if term.extension is None:
        return
    for part in grants(extended_by):
        most = f"，合计最多{term.extension.most}{term.extension.unit.words}" if term.extension.most else ""
        notice = f"，{term.extension.notice}" if term.extension.notice else ""
        text = f"延长{part}{term.extension.unit.words}，由{term.extension.approver}批准{most}{notice}"
        yield ReceiptLine("extension", text)


def _rolled(rule: Rule, term: Term, answer: Due, calendar: WorkCalendar) -> Iterator[ReceiptLine]:
    if answer.unit is Unit.HOUR or calendar.is_working(answer.due_on):
        return
    rest = f"最后一日{in_words(answer.due_on)}是休息日：{_reason(answer.due_on, calendar)}"
    if answer.rolled_on is None:
        yield ReceiptLine("stays", f"{rest}，法律规定不顺延", answer.due_on)
        return
    moved = in_words(answer.rolled_on)
    if rule.backwards:
        text = f"{rest}，提前到{moved}"
    elif term.roll is Roll.ROLLS:
        text = f"{rest}，顺延至{moved}"
    else:
        text = f"{rest}；依据没有规定是否顺延，两个日期都保留（顺延为{moved}），按较早的日期办理"
    yield ReceiptLine("roll", text, answer.due_on, answer.rolled_on)


def _reservations(term: Term, answer: Due, calendar: WorkCalendar) -> Iterator[ReceiptLine]:
    if answer.provisional:
        years = range(min(answer.start, answer.due_on).year, max(answer.last_day, answer.start).year + 1)
        missing = "、".join(f"{year}年" for year in years if not calendar.covers(year))
        yield ReceiptLine("provisional", f"{missing}的放假安排通知尚未载入，暂按周末和法定节日计算，载入后重新计算")
    if not term.verified:
        yield ReceiptLine("unverified", f"依据未经核对：{term.note}")
    elif term.note:
        yield ReceiptLine("note", term.note)


def _conclusion(rule: Rule, answer: Due) -> ReceiptLine:
    if answer.due_at is not None:
        return ReceiptLine("due", f"应当在{in_words(answer.due_on)}{answer.due_at:%H:%M}前完成", answer.due_on)
    return ReceiptLine("due", f"应当在{in_words(answer.act_by)}当日或者之前完成。{rule.consequence}", answer.act_by)

"""From a rule and the day its clock starts to the day to act by: extended, paused, rolled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from casetrack.law.calendar import WorkCalendar
from casetrack.law.counting import Exclusion, count, count_back, roll
from casetrack.law.terms import PAUSES, Roll, Rule, Term, Unit


class DueDateRefused(ValueError):
    """What was asked of a rule goes beyond what the rule allows."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One step of the way to a due date, in words a clerk understands."""

    code: str
    text: str
    start: date | None = None
    end: date | None = None

    def as_json(self) -> dict[str, str | None]:
        return {
            "code": self.code,
            "text": self.text,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
        }


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and what it rests on.

    `due_on` is the last day as counted; `rolled_on` the next working day, when `due_on` is a rest day and the
    law moves it or is silent; `act_by` the day to act by: moved where the law says so, the earlier where it is
    silent. Of a term in hours, `start` and `due_at` are instants.
    """

    rule_id: str
    start: date
    length: int
    unit: Unit
    due_on: date
    rolled_on: date | None
    act_by: date
    article: str
    quote: str
    version: date
    verified: bool
    provisional: bool
    extended_by: int = 0
    due_at: datetime | None = None
    receipt: tuple[ReceiptLine, ...] = ()

    @property
    def last_day(self) -> date:
        """The latest day that can still be called in time."""
        return max(self.rolled_on or self.due_on, self.due_on)

    def as_json(self) -> dict[str, object]:
        shown = {name: getattr(self, name) for name in self.__slots__ if name != "receipt"}
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in shown.items()}
        return {**plain, "receipt": [line.as_json() for line in self.receipt]}


def due(
    rule: Rule,
    start: date,
    *,
    calendar: WorkCalendar,
    governed_on: date | None = None,
    extended_by: int | Sequence[int] = 0,
    exclusions: Sequence[Exclusion] = (),
    named: tuple[int, Unit] | None = None,
) -> Due:
    """The due date of `rule` when its clock starts on `start`, under the term in force on `governed_on`.

    `named` is the length another law, the parties or the assigning organ set, where the term lets them.
    """
    first = start.date() if isinstance(start, datetime) else start
    term = rule.term_on(governed_on or first)
    length, unit = named_length(rule, term, named)
    extra = total_extension(rule, term, extended_by)
    check_exclusions(rule, exclusions)
    if unit is Unit.HOUR:
        return _due_in_hours(rule, term, start, length + extra)
    if rule.backwards:
        counted = count_back(first, length, unit, calendar)
    else:
        counted, _ = count(first, length, unit, extra, term, calendar, exclusions)
    rolled = roll(counted, term.roll, calendar, exclusions, backwards=rule.backwards)
    return Due(
        rule_id=rule.id,
        start=first,
        length=length,
        unit=unit,
        due_on=counted,
        rolled_on=rolled,
        act_by=rolled if rolled and (term.roll is Roll.ROLLS or rule.backwards) else counted,
        article=term.article,
        quote=term.quote,
        version=term.since,
        verified=term.verified,
        provisional=_is_provisional(unit, term.roll, calendar, (first, counted, rolled or counted)),
        extended_by=extra,
    )


def due_before(rule: Rule, day: date, *, calendar: WorkCalendar, governed_on: date | None = None) -> Due:
    """The last day for something that must be done some days before `day`, such as notice of a hearing."""
    if not rule.backwards:
        raise DueDateRefused(f"{rule.id}（{rule.label}）从{rule.trigger}向后计算，不是倒推的期限")
    return due(rule, day, calendar=calendar, governed_on=governed_on)


def due_many(
    rule: Rule, starts: Sequence[date], *, calendar: WorkCalendar, governed_on: date | None = None
) -> list[date]:
    """The days to act by for many starts of one rule at once: a look-up each, once a day has been worked out.

    For clocks that run through; those paused or extended need `due`.
    """
    answers = _answers(rule, calendar, governed_on)
    return [answers[start] for start in starts]


class _Answers(dict[date, date]):
    """The days to act by for one rule, worked out once for each start."""

    def __init__(self, rule: Rule, calendar: WorkCalendar, governed_on: date | None) -> None:
        self.rule, self.calendar, self.governed_on = rule, calendar, governed_on

    def __missing__(self, start: date) -> date:
        self[start] = due(self.rule, start, calendar=self.calendar, governed_on=self.governed_on).act_by
        return self[start]


@lru_cache(maxsize=256)
def _answers(rule: Rule, calendar: WorkCalendar, governed_on: date | None) -> _Answers:
    return _Answers(rule, calendar, governed_on)


def _is_provisional(unit: Unit, mode: Roll, calendar: WorkCalendar, days: tuple[date, date, date]) -> bool:
    """Whether a year without its notice bears on the result: any it crosses, or the one in which it rolls."""
    if unit is Unit.WORKING_DAY:
        return not calendar.covers_range(min(days), max(days))
    _, counted, rolled = days
    return mode is not Roll.STAYS and not calendar.covers_range(min(counted, rolled), max(counted, rolled))


def named_length(rule: Rule, term: Term, named: tuple[int, Unit] | None) -> tuple[int, Unit]:
    """The length that applies: the statute's, or the one that was named where it may be."""
    if named is None:
        if term.length is None:
            raise DueDateRefused(f"{rule.id}（{rule.label}）的期限由{term.named_by}指定，请填写指定的期限")
        return term.length, term.unit
    if not term.named_by:
        raise DueDateRefused(f"{rule.id}（{rule.label}）的期限为{term.quote}，{term.article}没有允许另行指定")
    if named[0] <= 0:
        raise DueDateRefused(f"指定的期限至少为1{named[1].words}，不能是{named[0]}")
    return named


def grants(extended_by: int | Sequence[int]) -> list[int]:
    """The parts in which an extension was granted."""
    return [part for part in ([extended_by] if isinstance(extended_by, int) else extended_by) if part]


def total_extension(rule: Rule, term: Term, extended_by: int | Sequence[int]) -> int:
    """The sum of the parts of an extension, never more than the most the statute allows."""
    parts = grants(extended_by)
    if any(part < 0 for part in parts):
        raise DueDateRefused(f"{rule.id}（{rule.label}）：延长的天数不能为负数")
    total = sum(parts)
    if not total:
        return 0
    if term.extension is None:
        raise DueDateRefused(f"{rule.id}（{rule.label}）：{term.article}没有规定可以延长")
    most = term.extension.most
    if most is not None and total > most:
        unit = term.extension.unit.words
        raise DueDateRefused(
            f"{rule.id}（{rule.label}）：延长合计{total}{unit}，超过{term.article}规定的最多{most}{unit}"
        )
    return total


def check_exclusions(rule: Rule, exclusions: Sequence[Exclusion]) -> None:
    for exclusion in exclusions:
        if exclusion.reason not in rule.pauses:
            known = "、".join(PAUSES[code] for code in rule.pauses) or "无"
            raise DueDateRefused(
                f"{rule.id}（{rule.label}）不因{PAUSES[exclusion.reason]}停止计算；可以扣除的事由：{known}"
            )


def _due_in_hours(rule: Rule, term: Term, start: date, hours: int) -> Due:
    if not isinstance(start, datetime):
        raise DueDateRefused(f"{rule.id}（{rule.label}）按小时计算，需要{rule.trigger}的时刻，不能只有日期{start}")
    end = start + timedelta(hours=hours)
    return Due(
        rule_id=rule.id,
        start=start,
        length=hours,
        unit=Unit.HOUR,
        due_on=end.date(),
        rolled_on=None,
        act_by=end.date(),
        article=term.article,
        quote=term.quote,
        version=term.since,
        verified=term.verified,
        provisional=False,
        due_at=end,
    )

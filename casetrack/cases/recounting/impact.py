"""Which dates a change of the law or of a calendar moves; nothing is written.

A row can tell its new date by itself, so dates are asked of groups of clocks. A case is folded only where the change
reaches into its lifecycle: another fact to count from, another ground for a pause, an end no longer in time, a step
that the moved day allowed.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from casetrack.cases.models import Case
from casetrack.cases.recounting import table
from casetrack.cases.recounting.groups import Redated, groups, redated
from casetrack.cases.recounting.reasons import why
from casetrack.cases.recounting.reports import Moved, Stuck
from casetrack.cases.recounting.singly import shown_singly
from casetrack.organizations.divisions import NATION

CHUNK, SINGLY = 10_000, 100
Item = TypeVar("Item")
Tell = Callable[[int, int], None]  # how many cases were looked at, of how many


def in_silence(done: int, total: int) -> None:
    """For those who only wait for the end."""


def impact(*, region: str = NATION, thorough: bool = False, tell: Tell = in_silence) -> Iterator[Moved | Stuck]:
    """Every clock whose day moves, and every case that is stuck.

    A clock that never ran but would start now, because a gap in the law was closed, has no row to tell of it: only
    `thorough` finds it, by folding every case.
    """
    found = redated(groups(region))
    table.fill(table.rows(found))
    reasons: dict[int, str] = {}
    concerned = table.affected(region)
    single = to_fold_anyway(region, thorough=thorough) | {item.case for item in concerned if item.needs_fold}
    plain = [item.case for item in concerned if item.case not in single]
    done, total = 0, len(plain) + len(single)
    for cases in chunks(plain):
        tell(done, total)
        yield from moved_in(cases, found, reasons)
        done += len(cases)
    for cases in chunks(sorted(single), SINGLY):
        tell(done, total)
        yield from shown_singly(cases)
        done += len(cases)
    tell(done, total)


def moved_in(cases: Sequence[int], found: Sequence[Redated], reasons: dict[int, str]) -> Iterator[Moved]:
    for case, number, kind, place, duty, running, rule, before, after, group in table.clocks_moved(cases):
        if group not in reasons:
            reasons[group] = why(found[group])
        yield Moved(case, number, kind, place, duty, running, rule, before, after, reasons[group])


def to_fold_anyway(region: str, *, thorough: bool) -> set[int]:
    """Cases of which the rows tell too little."""
    every = Case.objects.under(region).values_list("pk", flat=True) if thorough else ()
    return {*table.unfooted(region), *every}


def chunks(cases: Sequence[Item], size: int | None = None) -> Iterator[Sequence[Item]]:
    size = size or CHUNK
    for first in range(0, len(cases), size):
        yield cases[first : first + size]

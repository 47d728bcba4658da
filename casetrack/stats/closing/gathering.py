"""One pass over the cases behind a month: every figure of every place at once, each with the digest of its list.

Each case is read as it was known at the mark of the closing, and adds to its region, to the part of it just below, and
to its office. The same pass, made again later, gives the same numbers and digests: that is how editions are verified.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, groupby, islice
from typing import Any

from django.db.models import Q

from casetrack.cases.knowing import Known
from casetrack.cases.models import Milestone
from casetrack.kinds import KINDS
from casetrack.lib.databases import without_nested_loops
from casetrack.organizations.divisions import Level, ancestors_of, level_of
from casetrack.stats.closing.contents import variants
from casetrack.stats.closing.lines import line
from casetrack.stats.counting import counts, days_taken, key_of, lies_in
from casetrack.stats.dimensions import Breakdown, applies
from casetrack.stats.from_events import any_of, behind, hold_any
from casetrack.stats.indicators import SUBJECTS, Counted, Indicator, Term
from casetrack.stats.known import changes
from casetrack.stats.questions import Days, Place, Question, in_place

OFFICES_BELOW = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
"""At these levels an edition holds the figures of each office too; above, the editions of the counties do."""

Where = tuple[str, int | None]
"""A region, or an office in it."""
Name = tuple[str, Breakdown, tuple[str, ...], str]
"""Of a figure: subject, breakdown, values and measure."""


@dataclass(slots=True)
class Tallied:
    """A figure as it is added up, with the running digest of the list of its cases."""

    number: int = 0
    base: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    spread: Counter[int] = field(default_factory=Counter)

    def add(self, case: int, number: int, base: int | None) -> None:
        self.number += number
        self.base += base or 0
        if base:
            self.spread[number] += base  # how many took how many days, where a figure is a median of days
        self.digest.update(line(case, number, base).encode())


Gathered = dict[Where, dict[str, dict[Name, Tallied]]]
"""By place, then by variant (all cases, or those open to readers who are not cleared), then by figure."""


def gather(kind: str, place: Place, days: Days, known: Known) -> Gathered:
    found: Gathered = {}
    indicators = SUBJECTS[kind].indicators
    for case, rows in cases_known(kind, place, days, known, indicators):
        adds = list(shares(kind, rows, days, published_breakdowns(kind), indicators))
        office = rows[0]
        for where, breakdowns in places_of(office, place):
            for variant in variants(office.restricted):
                figures = found.setdefault(where, {}).setdefault(variant, {})
                for name, number, base in adds:
                    if name[1] in breakdowns:
                        figures.setdefault(name, Tallied()).add(case, number, base)
    return found


def published_breakdowns(kind: str) -> tuple[Breakdown, ...]:
    return ((), *KINDS[kind].breakdowns)


def places_of(row: Milestone, place: Place) -> Iterator[tuple[Where, Sequence[Breakdown]]]:
    """Where a case counts: the region, what lies just below it, and, in a county, its office, undivided."""
    divided = published_breakdowns(row.kind)
    yield (place.region, None), divided
    below = [code for code in (row.region_code, *ancestors_of(row.region_code)) if place.region in ancestors_of(code)]
    if below:
        yield (below[-1], None), divided
    if level_of(place.region) in OFFICES_BELOW:
        yield (row.region_code, row.organization_id), ((),)


def cases_known(
    kind: str, place: Place, days: Days, known: Known, indicators: Sequence[Indicator]
) -> Iterator[tuple[int, list[Milestone]]]:
    """Every case that may count for them, by its key in order, with its milestones as they were known."""
    changed = {each.case.pk: list(each.then) for each in changes(known, [kind], place, days.last)}
    then = ((case, rows) for case, rows in sorted(changed.items()) if rows and lies_in(rows[0], place))
    now = ((case, rows) for case, rows in cases_now(kind, place, days, indicators) if case not in changed)
    return merge(now, then, key=lambda pair: pair[0])


def cases_now(
    kind: str, place: Place, days: Days, indicators: Sequence[Indicator]
) -> Iterator[tuple[int, list[Milestone]]]:
    if not hold_any(kind, place):
        return
    here = in_place(place) & Q(kind=kind)
    counted = any_of(behind(term, days) for term in terms_of(indicators))
    chosen = Milestone.objects.filter(here, counted).values("case")
    rows = Milestone.objects.filter(here, case__in=chosen).order_by("case", "pk").iterator(chunk_size=2000)
    with without_nested_loops():  # planned once, when the first is fetched
        first = list(islice(rows, 1))
    for case, together in groupby(chain(first, rows), key=lambda row: row.case_id):
        yield case, list(together)


def terms_of(indicators: Iterable[Indicator]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for each in indicators for term in (*each.terms, *each.base)))


def shares(
    kind: str, rows: Sequence[Milestone], days: Days, breakdowns: Sequence[Breakdown], indicators: Sequence[Indicator]
) -> Iterator[tuple[Name, int, int | None]]:
    """What a case adds to each figure; of a rate, to both of its parts; of a median of days, the days it took."""
    counted = {term: list(counts(term, rows, days)) for term in terms_of(indicators)}
    for by in breakdowns:
        asked = Question(kind, (), Place(""), days, by)
        keyed = {
            term: [
                (key_of(row, asked), days_taken(row) if term.counted is Counted.SPREAD else number)
                for row, number in found
            ]
            for term, found in counted.items()
        }
        for indicator in indicators:
            if applies(indicator, by):
                yield from shares_of(indicator, by, keyed)


def shares_of(
    indicator: Indicator, by: Breakdown, keyed: dict[Term, list[tuple[Any, int]]]
) -> Iterator[tuple[Name, int, int | None]]:
    parts: dict[tuple[str, ...], list[int]] = {}
    for part, terms in enumerate((indicator.terms, indicator.base)):
        for term in terms:
            for key, number in keyed[term]:
                if key is not None:
                    parts.setdefault(tuple(map(str, key)), [0, 0])[part] += number
    for values, (number, base) in sorted(parts.items()):
        if number or base:
            yield (indicator.subject, by, values, indicator.measure), number, base if indicator.base else None

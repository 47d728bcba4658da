"""Cells added up straight from their blocks: one plain statement, whatever is asked of them.

The database sums what happened in each window of time, by milestone and values of dimensions; which term looks at which
of these sums is told here. A condition for each term instead would be looked at again for every cell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Func, IntegerField, QuerySet, Value
from psycopg import sql

from casetrack.lib.databases import connection_to_read
from casetrack.stats.dimensions import UNSPECIFIED, Breakdown, from_opening, needed
from casetrack.stats.indicators import Counted, Term, Window
from casetrack.stats.models import CellBlock, NodeBlock
from casetrack.stats.questions import Days, Key, Question, Tally, is_lessened
from casetrack.stats.recount import ONE_BY_ONE, comma

Blocks = QuerySet[CellBlock] | QuerySet[NodeBlock]
Sum = tuple[Window, str]
"""What is summed: a column of the cells, in a window."""

LISTS = ("names", "received_months", "keys", "cases", "persons", "cents", "in_time")
ADDED_UP = sql.SQL(
    "SELECT {keys}, {sums} FROM (SELECT block.organization_id, block.month, e.*, {values}"
    # OFFSET keeps the look-up of positions to once a block
    " FROM ({blocks} OFFSET 0) AS block, {one_by_one}) AS cell GROUP BY {keys}"
)
WITHIN: Mapping[Window, str] = {
    Window.FLOW: "month BETWEEN {first} AND {last}",
    Window.COHORT: "received_month BETWEEN {first} AND {last}",
    Window.REMAINING: "received_month BETWEEN {first} AND {last}",
    Window.YEAR_BEFORE: "month BETWEEN {before} AND {until}",
    Window.CARRIED_OVER: "month < {first}",
    Window.PENDING: "month <= {last}",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be read from blocks for the terms of a question: their dimensions and their sums."""

    question: Question
    terms: tuple[Term, ...]

    @property
    def names(self) -> Breakdown:
        """The dimensions that the question or one of its terms looks at."""
        by = self.question.by
        looked_at = [needed(self.question.kind, by, term) for term in self.terms]
        return (*by, *sorted({name for names in looked_at for name in names} - set(by)))

    @property
    def sums(self) -> list[Sum]:
        return sorted({(term.window, column) for term in self.terms for column in columns_of(term)})


def add_up(question: Question, blocks: Blocks, terms: Iterable[Term], tally: Tally) -> None:
    """Put what the blocks hold of the terms into the tally, under each group that has a cell up to the cut-off."""
    reading = Reading(question, tuple(terms))
    if not reading.terms:
        return
    if not question.by and not question.each_organization:
        tally.setdefault((), Counter())
    looking = defaultdict(list)
    for term in reading.terms:
        looking[term.name].append((term, 1))
        if is_lessened(term):
            looking[term.out].append((term, -1))
    for key, name, values, sums in rows(reading, blocks.filter(month__lte=question.days.as_of)):
        counted = tally.setdefault(key, Counter())
        for term, times in looking[name]:
            if all(values[dimension] in wanted for dimension, wanted in term.where):
                counted[term] += times * value_of(term, sums)


def rows(reading: Reading, blocks: Blocks) -> Iterator[tuple[Key, str, dict[str, str | None], dict[Sum, int]]]:
    """Of each group and milestone the sums; what can't have a value yet is in no group of that dimension."""
    question, names, sums = reading.question, reading.names, reading.sums
    try:
        query, parameters = statement(reading, blocks)
    except EmptyResultSet:  # a scope that shows nothing
        return
    opening, office = from_opening(question.kind), int(question.each_organization)
    with connection_to_read().cursor() as cursor:
        cursor.execute(query, parameters)
        found = cursor.fetchall()
    for row in found:
        values = dict(zip(names, row[office + 1 :], strict=False))
        known = [values[name] or (UNSPECIFIED if name in opening else None) for name in question.by]
        if None not in known:
            added = dict(zip(sums, row[-len(sums) :], strict=True))
            yield (*row[:office], *map(str, known)), row[office], values, added


def statement(reading: Reading, blocks: Blocks) -> tuple[sql.Composed, Sequence[Any]]:
    places = [f"p{number}" for number in range(len(reading.names))]
    positions = {place: position_of(name) for place, name in zip(places, reading.names, strict=True)}
    chosen = blocks.order_by().annotate(**positions).values("organization_id", "month", *LISTS, *places)
    text, parameters = chosen.query.sql_with_params()
    value = sql.SQL("nullif(split_part(e.key, '|', {}), '') AS {}")
    values = [value.format(sql.Identifier(place), sql.Identifier(f"d{place}")) for place in places]
    offices = ["organization_id"] if reading.question.each_organization else []
    keys = [*offices, "name", *(f"d{place}" for place in places)]
    query = ADDED_UP.format(
        keys=comma(map(sql.Identifier, keys)),
        sums=comma(sql.SQL(summed(each, reading.question.days)) for each in reading.sums),
        values=comma(values) if values else sql.SQL("NULL"),
        blocks=sql.SQL(text),
        one_by_one=ONE_BY_ONE.format(sql.SQL("block")),
    )
    return query, parameters


def position_of(dimension: str) -> Func:
    return Func(F("dims"), Value(dimension), function="array_position", output_field=IntegerField())


def summed(wanted: Sum, days: Days) -> str:
    """Dates are written into the text, as they are dates; an empty sum is none."""
    window, column = wanted
    before = days.year_before
    named = {"first": days.period.start, "last": days.period.end, "before": before.start, "until": before.end}
    within = WITHIN[window].format(**{name: f"DATE '{day.isoformat()}'" for name, day in named.items()})
    return f"coalesce(sum({column}) FILTER (WHERE {within}), 0)::bigint"


def columns_of(term: Term) -> tuple[str, ...]:
    return ("cases", "in_time") if term.counted is Counted.LATE else (term.counted.value,)


def value_of(term: Term, sums: Mapping[Sum, int]) -> int:
    if term.counted is Counted.LATE:
        return sums[term.window, "cases"] - sums[term.window, "in_time"]
    return sums[term.window, term.counted.value]

"""Where a draft takes its figures from: the record as of a day, or an edition of a closed month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Protocol

from casetrack.organizations.reported.choices import Qualifier
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.answering import statistics
from casetrack.stats.comparing import Compare, Comparison, before, compared
from casetrack.stats.dimensions import label_of, listed_values
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import Indicator
from casetrack.stats.questions import Days
from reports.adding import Number, groups_of, parts_of, together
from reports.drafting.references import Reference
from reports.drafting.wording import amount
from reports.linking import Lists


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure that a draft may cite, with its parts, what it is compared with, and where its cases are listed."""

    reference: Reference
    value: Number | None
    numerator: int | None = None
    denominator: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    year_before: Number | None = None
    month_before: Number | None = None
    links: tuple[str, ...] = ()

    @property
    def indicator(self) -> Indicator:
        return self.reference.indicator

    @property
    def label(self) -> str:
        """What it is called, with the values it is narrowed to."""
        subject, where = self.reference.subject, self.reference.where
        values = "；".join("、".join(label_of(subject, name, value) for value in values) for name, values in where)
        return f"{self.indicator.label}（{values}）" if values else self.indicator.label

    @property
    def shown(self) -> str:
        return "—" if self.value is None else amount(self.value, self.indicator.decimals, self.unit, self.qualifier)

    @property
    def unit(self) -> str:
        return self.indicator.unit

    @property
    def says_something(self) -> bool:
        """A rate of 0 does; a count of 0 doesn't, nor what there is none of."""
        return self.value is not None and (bool(self.value) or bool(self.denominator))

    def against(self, compare: Compare) -> Comparison:
        base = self.year_before if compare is Compare.YEAR else self.month_before
        return compared(self.value, base, self.unit)


class Source(Protocol):
    """Figures by their names."""

    def find(self, reference: Reference) -> Cited: ...


def groups(source: Source, reference: Reference) -> list[tuple[str, Cited]]:
    """Each value of the dimension that the reference goes by, with its label: those that have any, in their order."""
    values = listed_values(reference.subject, reference.by)
    found = []
    for value in values:
        one = replace(reference, where=(*reference.where, (reference.by, (value,))), by="", top=0)
        if (cited := source.find(one)).value:
            found.append((label_of(reference.subject, reference.by, value), cited))
    if reference.top:
        found = sorted(found, key=lambda each: -Decimal(each[1].value or 0))[: reference.top]
    return found


@dataclass(slots=True)
class FromRecord:
    """The figures of a period as they now are, or were known on a day; `before` the month before, for a bulletin."""

    answer: Answer
    lists: Lists
    before: Answer | None = None
    found: dict[Reference, Cited] = field(default_factory=dict)

    def find(self, reference: Reference) -> Cited:
        if reference not in self.found:
            self.found[reference] = self.cited(reference)
        return self.found[reference]

    def cited(self, reference: Reference) -> Cited:
        figures = list(figures_of(self.answer, reference))
        value, numerator, denominator = together(reference.indicator, [parts_of(each) for each in figures])
        year_before, month_before = (value_in(base, reference) for base in (self.answer.base, self.before))
        return Cited(
            reference,
            value,
            numerator,
            denominator,
            qualifier=figures[0].qualifier if len(figures) == 1 else Qualifier.EXACT,
            year_before=year_before,
            month_before=month_before,
            links=tuple(filter(None, (self.lists.behind(figure) for figure in figures))),
        )


def value_in(answer: Answer | None, reference: Reference) -> Number | None:
    if answer is None:
        return None
    return together(reference.indicator, [parts_of(each) for each in figures_of(answer, reference)])[0]


def figures_of(answer: Answer, reference: Reference) -> Iterator[Figure]:
    for where in groups_of(dict(reference.where)):
        found = answer.find(reference.subject, reference.measure, **where)
        if found is not None:
            yield found


def from_record(
    references: Iterable[Reference],
    *,
    region: str,
    first: date,
    last: date,
    lists: Lists,
    as_of: date | None = None,
    known_on: date | None = None,
    scope: Scope = EVERYTHING,
    monthly: bool = False,
) -> FromRecord:
    """Ask once for all that a template names. Raises as `statistics` does."""
    asked = list(references)
    question = partial(
        statistics,
        region=region,
        subjects=list(dict.fromkeys(each.subject for each in asked)),
        by=list(dict.fromkeys(each.breakdown for each in asked if each.breakdown)),
        known_on=known_on,
        scope=scope,
    )
    now = question(first=first, last=last, as_of=as_of, compare=Compare.YEAR)
    if not monthly:
        return FromRecord(now, lists)
    ago = before(Days(now.first, now.last, now.as_of), Compare.MONTH)
    return FromRecord(now, lists, question(first=ago.first, last=ago.last, as_of=ago.as_of))

"""A relation among the figures of a text by their places in the list, and the searching that all kinds share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.checking.claims import Relation, RelationKind, Verdict
from reports.checking.exactness import decimal_of
from reports.checking.figures import Figure, value_of
from reports.checking.text import Plain
from reports.checking.units import Sort

BODIES, SESSIONS = frozenset({"个", "家", "所"}), frozenset({"期", "场", "场次", "班次"})
FAMILIES = (frozenset({"件", "起", "宗", "例", "件次", "桩", "案"}), frozenset({"人", "名", "位"}), BODIES, SESSIONS)
COMPUTED_PLACES = 6


@dataclass(frozen=True, slots=True)
class Tie:
    """The figures of a relation by their places: those it is computed from, and the one that states its result."""

    kind: RelationKind
    numbers: tuple[int, ...]
    stated: int
    computed: Fraction
    verdict: Verdict

    def relation(self, figures: Sequence[Figure], plain: Plain, places: Mapping[int, int]) -> Relation:
        """The relation with its figures by their `places` among the claims, and the text that they stand in."""
        involved = tuple(dict.fromkeys((*self.numbers, self.stated)))
        start = min(figures[index].place.mention.start for index in involved)
        end = max(figures[index].place.mention.end for index in involved)
        first, last = plain.span(start, end)
        return Relation(
            kind=self.kind,
            numbers=tuple(value_of(figures[index].place.mention) for index in self.numbers),
            stated=value_of(figures[self.stated].place.mention),
            computed=round(decimal_of(self.computed), COMPUTED_PLACES),
            verdict=self.verdict,
            quote=plain.given[first:last],
            start=first,
            end=last,
            claims=tuple(places[index] for index in involved),
        )


def alike(one: Figure, other: Figure) -> bool:
    """Whether two counts are of the same unit, so that they can be added or divided."""
    return one.unit == other.unit or any({one.unit, other.unit} <= family for family in FAMILIES)


def sentences(figures: Sequence[Figure]) -> Iterator[list[int]]:
    """The places of the figures, sentence by sentence."""
    group: list[int] = []
    for index, figure in enumerate(figures):
        if group and figures[group[-1]].place.sentence != figure.place.sentence:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def is_rate(figure: Figure) -> bool:
    return figure.sort is Sort.RATE and not figure.change

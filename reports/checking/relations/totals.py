"""What sums and their contradictions share: which measures take in, let out and leave, and the sum itself."""

from collections.abc import Sequence
from fractions import Fraction

from reports.checking.claims import RelationKind
from reports.checking.figures import Figure
from reports.checking.relations.ties import Tie
from reports.checking.relations.verdicts import judge, range_of

MOST_PARTS = 16
TAKEN_IN = frozenset({"received", "accepted", "handled"})
LET_OUT = frozenset({"closed", "concluded", "settled", "decided"})
PENDING = frozenset({"pending", "accepted_pending"})


def tie_of(figures: Sequence[Figure], total: int, parts: Sequence[int]) -> Tie:
    least = sum((range_of(figures[index])[0] for index in parts), Fraction(0))
    most = sum((range_of(figures[index])[1] for index in parts), Fraction(0))
    computed = sum((Fraction(figures[index].value) for index in parts), Fraction(0))
    return Tie(RelationKind.SUM, (total, *parts), total, computed, judge(figures[total], least, most))

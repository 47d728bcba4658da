"""Figures whose words say nothing, but that add up with or are a share of others: they are of the same subject."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.checking.claims import RelationKind, Verdict
from reports.checking.figures import Figure
from reports.checking.lexicon import ALIENS, GENERAL, SUBJECTS
from reports.checking.naming import takes
from reports.checking.relations.ties import Tie
from reports.checking.units import Sort

TOGETHER = frozenset({RelationKind.SUM, RelationKind.RATIO})


def adopted(figures: Sequence[Figure], ties: Iterable[Tie]) -> list[Figure]:
    """The figures, those of no subject with the one that the others of their relation have in common.

    They have no measure: 接收委派案件900件 is of mediation by 成功540件，成功率60%, yet that says not what it counts.
    """
    after = list(figures)
    for tie in ties:
        involved = dict.fromkeys((*tie.numbers, tie.stated))
        common = {after[index].subject for index in involved} - {GENERAL}
        if tie.kind in TOGETHER and tie.verdict is not Verdict.INCONSISTENT and len(common) == 1:
            (subject,) = common
            whole = after[tie.numbers[0 if tie.kind is RelationKind.SUM else 1]].subject
            for index in involved:
                if may_be_of(after[index], subject, whole):
                    after[index] = replace(after[index], subject=subject)
    return after


def may_be_of(figure: Figure, subject: str, whole: str) -> bool:
    """Whether a figure of no subject may be of one: a part of its whole, or not said to be of another thing."""
    if figure.subject != GENERAL or figure.sort is Sort.MONEY or not takes(SUBJECTS[subject], figure.sort):
        return False
    return whole == subject or not ALIENS.search(figure.place.before + figure.place.after)

"""EQUALITIES: what must add up, declared once by name; answers, official tables and closings check the same list."""

from dataclasses import dataclass

from casetrack.stats.dimensions import applies
from casetrack.stats.indicators import SUBJECTS, Indicator, Term

WORDS = {"received": "本期收到", "closed": "本期办结"}
"""What a figure is called in an equation, where that is not its label."""


@dataclass(frozen=True, slots=True)
class Equality:
    """Measures of a subject whose sum on the left is the sum on the right, whatever the place and the period."""

    name: str
    label: str
    subject: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    def __post_init__(self) -> None:
        unknown = [name for name in (*self.left, *self.right) if name not in SUBJECTS[self.subject].measures]
        if unknown:
            raise ValueError(f"{self.name}: {self.subject} has no measure {', '.join(unknown)}")
        if any(found.is_rate for found in self.indicators):
            raise ValueError(f"{self.name}: rates never add up")

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(SUBJECTS[self.subject].measures[name] for name in (*self.left, *self.right))

    def divided_by(self, names: tuple[str, ...]) -> bool:
        """Whether it holds in every group: only where all that it compares can be divided so."""
        return all(applies(found, names) for found in self.indicators)

    def terms(self, side: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(term for name in side for term in SUBJECTS[self.subject].measures[name].terms)


def of_every_kind(name: str, label: str, left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Equality, ...]:
    having = [code for code, subject in SUBJECTS.items() if {*left, *right} <= set(subject.measures)]
    return tuple(Equality(name, label, code, left, right) for code in having)


EQUALITIES = (
    *of_every_kind("stocks", "收结平衡", ("carried_over", "received"), ("closed", "pending")),
    *of_every_kind("handled", "办理数", ("handled",), ("carried_over", "received")),
    Equality("mediated", "调解终结", "mediation", ("mediated",), ("succeeded", "failed")),
    Equality(
        "ways_out",
        "办结去向",
        "mediation",
        ("closed",),
        ("mediated", "not_accepted", "withdrawn", "transferred", "merged"),
    ),
    Equality(
        "ways_out",
        "办结去向",
        "petition",
        ("closed",),
        (
            *("concluded", "settled", "not_accepted", "told_elsewhere"),
            *("diverted", "returned", "withdrawn", "terminated"),
        ),
    ),
    Equality(
        "accepted_stocks",
        "受理案件收结平衡",
        "reconsideration",
        ("accepted_carried_over", "accepted"),
        ("concluded", "accepted_pending"),
    ),
    Equality(
        "concluded",
        "审结去向",
        "reconsideration",
        ("concluded",),
        ("decided", "mediated", "withdrawn", "reconciled", "terminated"),
    ),
    Equality(
        "ways_out",
        "办结去向",
        "reconsideration",
        ("closed",),
        ("concluded", "not_accepted", "redirected", "abandoned", "withdrawn_before_acceptance"),
    ),
    Equality("ways_out", "办结去向", "petition_review", ("closed",), ("decided", "not_accepted", "withdrawn")),
    Equality("ways_out", "办结去向", "litigation", ("closed",), ("concluded",)),
    Equality(
        "ways_out",
        "办结去向",
        "legal_aid",
        ("closed",),
        ("concluded", "not_accepted", "withdrawn", "terminated"),
    ),
)

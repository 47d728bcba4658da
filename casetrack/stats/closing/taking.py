"""What an edition takes: the figures of the region as everyone is answered, and beside them one pass over the cases.

The two are counted in different ways, so where they differ nothing is published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casetrack.cases.knowing import Known
from casetrack.kinds import KINDS
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats import balance
from casetrack.stats.answering import answer, stocks, understood
from casetrack.stats.closing.contents import WHOLE
from casetrack.stats.closing.definitions import value_of
from casetrack.stats.closing.gathering import Gathered, Name, Tallied, gather, published_breakdowns
from casetrack.stats.closing.stating import Stated, stated_below
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Days, Place
from casetrack.stats.refusals import BalanceBroken

NOTHING = Tallied()


@dataclass(frozen=True, slots=True)
class Taken:
    """By subject: the answer for the region, and what cases add up to, place by place; `below` is what bodies state."""

    place: Place
    answers: Mapping[str, Answer]
    gathered: Mapping[str, Gathered]
    below: Sequence[Stated] = ()


def take(place: Place, days: Mapping[str, Days], known: Known) -> Taken:
    answers = {subject: answered(place, days[subject], subject, known) for subject in SUBJECTS}
    gathered = {kind: gather(kind, place, days[kind], known) for kind in KINDS}
    return Taken(place, answers, gathered, tuple(stated_below(place, days, known)))


def answered(place: Place, days: Days, subject: str, known: Known | None = None, scope: Scope = EVERYTHING) -> Answer:
    """The published figures of a subject as anyone would be answered: as known, and of registers as they are."""
    by = (
        published_breakdowns(subject)[1:]
        if subject in KINDS
        else [(each.name,) for each in SUBJECTS[subject].dimensions]
    )
    return answer(replace(understood(place, days, [subject], by), known=known, scope=scope))


def undivided(place: Place, days: Days, subject: str, known: Known) -> Answer:
    return answer(replace(understood(place, days, [subject], ()), known=known))


def name_of(figure: Figure) -> Name:
    return figure.subject, tuple(figure.dimensions), tuple(figure.dimensions.values()), figure.measure


def refuse_unequal(taken: Taken, place: Place, before: Mapping[str, Days], known: Known) -> None:
    """Raise BalanceBroken where figures don't add up, differ from their cases, or don't follow the month before."""
    for subject, found in taken.answers.items():
        if unequal := balance.broken(found):
            raise BalanceBroken(f"{place.name}：" + "；".join(map(str, unequal)))
        if subject in KINDS:
            refuse_differing(found, taken.gathered[subject], place)
            last = undivided(place, before[subject], subject, known)
            balance.check_succession(f"{KINDS[subject].label}（{place.name}）", stocks([last, found], subject))


def refuse_differing(found: Answer, gathered: Gathered, place: Place) -> None:
    counted = gathered.get((place.region, None), {}).get(WHOLE, {})
    for figure in (each for each in found.figures if not each.indicator.is_reported):
        listed = counted.get(name_of(figure), NOTHING)
        value = value_of(figure.indicator, listed.number, listed.base, listed.spread)
        if (value, listed.base) != (figure.value, figure.denominator or 0):
            raise BalanceBroken(
                f"{place.name}“{figure.label}”{''.join(figure.dimension_labels.values())}与逐案清点的数不符；"
                "请运行 manage.py verify 核查"
            )

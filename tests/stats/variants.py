"""The figures of 2024, and the two numbers of each of their rates."""

from functools import partial

from casetrack.stats import rollup
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer
from casetrack.stats.questions import Basis
from tests.stats.world import QINAN, day


def year(subject: str) -> Answer:
    """The figures of 2024."""
    return statistics(region=QINAN, first=day("2024-01-01"), last=day("2024-12-31"), subjects=[subject])


def both_ways(subject: str, *, as_of: str) -> tuple[Answer, Answer]:
    """The cases received in 2024, as they stood at the end of a month: from the cells, and from the events."""
    rollup.settle()
    ask = partial(statistics, region=QINAN, first=day("2024-01-01"), last=day("2024-12-31"), subjects=[subject])
    return ask(as_of=day(as_of), basis=Basis.CELLS), ask(as_of=day(as_of), basis=Basis.EVENTS)


def parts(answer: Answer, subject: str, *measures: str) -> dict[str, tuple[int | None, int | None]]:
    found = {name: answer.find(subject, name) for name in measures}
    return {name: (figure.numerator, figure.denominator) for name, figure in found.items() if figure}

"""The figures of tables: each breakdown of a subject in a place is asked for once, for all the tables of a book.

Subjects of which no table has a breakdown are asked for together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from casetrack.cases.knowing import Known
from casetrack.organizations.scope import EVERYTHING, Clearance, Scope
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.questions import Days, Place
from reports.tables.declaring import OfficialTable, Part

By = tuple[str, ...]


@dataclass(slots=True)
class Desk:
    """Answers of a period, by place and subject; `needs` are the breakdowns that any table of the book has, or none.

    Only the cases that a scope opens are counted, as they are `known`.
    """

    days: Days
    scope: Scope = EVERYTHING
    known: Known | None = None
    needs: dict[str, dict[frozenset[str], By]] = field(default_factory=lambda: defaultdict(dict))
    answers: dict[tuple[Place, str], Answer] = field(default_factory=dict)

    @classmethod
    def of(
        cls, days: Days, tables: Iterable[OfficialTable], scope: Scope = EVERYTHING, known: Known | None = None
    ) -> "Desk":
        desk = cls(days, scope, known)
        for table in tables:
            desk.need(table.parts())
        return desk

    def need(self, parts: Iterable[Part]) -> None:
        for part in parts:
            needs = self.needs[part.indicator.subject]
            if part.by:
                needs.setdefault(frozenset(part.by), part.by)

    def answer(self, place: Place, subject: str) -> Answer:
        if (place, subject) not in self.answers:
            days, needs = self.days, self.needs[subject]
            subjects = [subject] if needs else [each for each in self.needs if not self.needs[each]]
            answer = statistics(
                first=days.first,
                last=days.last,
                as_of=days.as_of,
                region=place.region,
                organization=place.organization,
                subjects=subjects,
                by=[needs[names] for names in sorted(needs, key=sorted)],
                scope=self.scope,
                known_on=self.known,
            )
            self.answers |= {(place, each): answer for each in subjects}
        return self.answers[place, subject]

    def figures_of(self, region: str) -> Iterator[Figure]:
        """All that was asked of a region as a whole."""
        for (place, subject), answer in self.answers.items():
            if place.region == region and place.organization is None:
                yield from answer.of(subject)

    @property
    def leaves_out(self) -> bool:
        """Whether some cases are not counted because they are for others to know."""
        return any(answer.restricted is not Clearance.WHOLE for answer in self.answers.values())

    def figures(self, place: Place, part: Part) -> Iterator[Figure]:
        """The figures that a part adds up, as far as there are any."""
        indicator = part.indicator
        answer = self.answer(place, indicator.subject)
        for values in product(*(values for _, values in part.where)):
            figure = answer.find(indicator.subject, indicator.measure, **dict(zip(part.by, values, strict=True)))
            if figure is not None:
                yield figure

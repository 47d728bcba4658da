"""What the date of a clock rests on, kept beside it: enough to count it anew without folding its case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from casetrack.kinds.clocks import Clock
from casetrack.law.arithmetic import Due, due
from casetrack.law.calendar import WorkCalendar, calendar_for
from casetrack.law.counting import Exclusion
from casetrack.law.receipts import explain
from casetrack.law.terms import Rule, Unit


class Terms(TypedDict):
    """What `due` and `explain` are asked with."""

    calendar: WorkCalendar
    governed_on: date
    extended_by: tuple[int, ...]
    exclusions: tuple[Exclusion, ...]
    named: tuple[int, Unit] | None


@dataclass(frozen=True, slots=True)
class Footing:
    """What the date of a clock rests on beside rule and place."""

    start: date
    governed_on: date
    extended_by: tuple[int, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    named: tuple[int, Unit] | None = None

    @classmethod
    def of(cls, clock: Clock) -> "Footing":
        return cls(clock.due.start, clock.governed_on, clock.extended_by, clock.exclusions, clock.named)

    @classmethod
    def kept(cls, counted_from: date, governed_on: date, basis: dict[str, Any]) -> "Footing":
        """As the columns of a deadline say it."""
        return cls(
            datetime.fromisoformat(basis["moment"]) if "moment" in basis else counted_from,
            governed_on,
            tuple(basis.get("extended", ())),
            tuple(
                Exclusion(date.fromisoformat(begin), date.fromisoformat(end), reason, note)
                for begin, end, reason, note in basis.get("exclusions", ())
            ),
            (basis["named"][0], Unit(basis["named"][1])) if "named" in basis else None,
        )

    def columns(self, rule: Rule) -> dict[str, Any]:
        """For a deadline; `basis` holds what a clock that simply runs through does not have."""
        return {"governed_on": self.governed_on, "shape": shape_of(rule), "basis": self.basis()}

    def basis(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if isinstance(self.start, datetime):
            found["moment"] = self.start.isoformat()
        if self.extended_by:
            found["extended"] = list(self.extended_by)
        if self.exclusions:
            found["exclusions"] = [
                [each.start.isoformat(), each.end.isoformat(), each.reason, each.note] for each in self.exclusions
            ]
        if self.named:
            found["named"] = [self.named[0], self.named[1].value]
        return found

    def counted(self, rule: Rule, place: str) -> Due:
        """The date, as law and calendar of the place now give it."""
        return due(rule, self.start, **self.terms(place))

    def explained(self, rule: Rule, place: str) -> Due:
        """The same with its receipt, at the price of an answer in words."""
        return explain(rule, self.start, **self.terms(place))

    def terms(self, place: str) -> Terms:
        return {
            "calendar": calendar_for(place),
            "governed_on": self.governed_on,
            "extended_by": self.extended_by,
            "exclusions": self.exclusions,
            "named": self.named,
        }


def shape_of(rule: Rule) -> str:
    """What the fold reads of a rule before any date is counted: the fact it counts from, and what may stop it.

    Where that changed, the date can't be counted anew from the row: the case must be folded.
    """
    return "+".join((rule.counted_from, *sorted(rule.pauses)))

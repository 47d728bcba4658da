"""A statute in one version: what its rules share, so that each rule states only what is its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from casetrack.law.articles import cite
from casetrack.law.terms import Extension, Roll, Rule, Term, Unit

Place = int | tuple[int, int] | tuple[int, int, int]
# For rules whose text names no consequence: none is made up.
UNSTATED = "依据没有写明逾期的后果"
# The fact a clock starts from: its name in a case, and its words.
Trigger = tuple[str, str]


class More(TypedDict, total=False):
    """What a term or a rule may add to its statute."""

    since: date
    until: date
    roll: Roll
    extension: Extension
    named_by: str
    doubt: str
    note: str
    also: str
    pauses: tuple[str, ...]
    backwards: bool
    thresholds: tuple[int, int]
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """One version of a statute; `doubt` says why its rules are not verified, and leaves them so."""

    law: str
    kind: str
    since: date
    until: date | None = None
    roll: Roll
    doubt: str = ""
    jurisdiction: str = ""
    gap: str = ""

    def cite(self, places: Sequence[Place]) -> str:
        """The citation; a text whose articles are not known by number says so."""
        return cite(self.law, *places) if places else f"{self.law}（第几条待核对）"

    def term(self, length: int | None, unit: Unit, places: Sequence[Place], quote: str, **more: Unpack[More]) -> Term:
        """A term in the words `quote`, at `places`; `also` cites a further instrument."""
        doubt = "；".join(filter(None, (self.doubt, more.get("doubt", ""))))
        return Term(
            more.get("since", self.since),
            length,
            unit,
            self.cite(places) + (f"、{more['also']}" if "also" in more else ""),
            quote,
            verified=not doubt,
            roll=more.get("roll", self.roll),
            until=more.get("until", self.until),
            extension=more.get("extension"),
            named_by=more.get("named_by", ""),
            note="；".join(filter(None, (doubt, more.get("note", "")))),
        )

    def rule(
        self,
        rule_id: str,
        label: str,
        trigger: Trigger,
        length: int | None,
        unit: Unit,
        places: Sequence[Place],
        quote: str,
        consequence: str,
        **more: Unpack[More],
    ) -> Rule:
        """A rule of one term."""
        term = self.term(length, unit, places, quote, **more)
        return self.rule_of((term,), rule_id, label, trigger, consequence, **more)

    def rule_of(
        self,
        terms: tuple[Term, ...],
        rule_id: str,
        label: str,
        trigger: Trigger,
        consequence: str,
        **more: Unpack[More],
    ) -> Rule:
        """A rule whose terms were made one by one."""
        return Rule(
            rule_id,
            label,
            self.kind,
            *trigger,
            terms,
            consequence=consequence,
            pauses=more.get("pauses", ()),
            jurisdiction=self.jurisdiction,
            thresholds=more.get("thresholds"),
            backwards=more.get("backwards", False),
            gap=more.get("gap", self.gap),
        )

"""What a statute says about time: dated terms, the rules they belong to, the duties that choose among rules."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"

    @property
    def words(self) -> str:
        return {"day": "日", "working_day": "个工作日", "month": "个月", "year": "年", "hour": "小时"}[self.value]

    @property
    def is_calendar(self) -> bool:
        return self in (Unit.DAY, Unit.MONTH, Unit.YEAR)


class Roll(StrEnum):
    """What happens when the last day is a rest day."""

    ROLLS = "rolls"
    STAYS = "stays"
    SILENT = "silent"


# Every reason for which some rule stops its clock, with the words a clerk knows it by.
PAUSES = {
    "suspension": "中止",
    "correction": "补正",
    "supplement": "补充材料",
    "verification": "核查",
    "appraisal": "鉴定",
    "inspection": "现场勘验",
    "hearing": "听证",
    "competence": "确定有权机关",
    "public_notice": "公告送达",
    "mediation": "调解",
    "jurisdiction": "处理管辖争议",
    "linked_dispute": "处理相关民事争议",
    "obstacle": "不可抗力或者其他正当理由",
}

PREFIX_LENGTHS = (2, 4, 6, 9, 12)


class NoTermInForce(LookupError):
    """No term governs the day asked about: a gap in the law is an error, never a default."""


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a term may be lengthened in all, and who approves it; `most` None: the text names no maximum."""

    most: int | None
    unit: Unit
    approver: str
    notice: str = ""

    def __post_init__(self) -> None:
        if self.most is not None and self.most <= 0:
            raise ValueError(f"an extension of at most {self.most} extends nothing; leave it out")
        if not self.approver:
            raise ValueError("an extension needs the one who approves it")


@dataclass(frozen=True, slots=True)
class Term:
    """One version of a rule: how long, in force from when, and the words that say so.

    `length` None means that the act which starts the clock names the length; `named_by` says who may name
    one (also a different one, where the statute lets another law or the parties set it).
    """

    since: date
    length: int | None
    unit: Unit
    article: str
    quote: str
    _: KW_ONLY
    verified: bool
    roll: Roll
    until: date | None = None
    extension: Extension | None = None
    named_by: str = ""
    first_day_counts: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.length is not None and self.length <= 0:
            raise ValueError(f"{self.article}: a term of {self.length} is no term; a length is at least 1")
        if self.length is None and not self.named_by:
            raise ValueError(f"{self.article}: a term without a length must say who names it (named_by)")
        if "第" not in self.article or "条" not in self.article:
            raise ValueError(f"a term needs its article in citation form (某法第几条), not “{self.article}”")
        if not self.quote:
            raise ValueError(f"{self.article}: a term needs the words of the statute, such as 六十日")
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"{self.article}: in force from {self.since} until {self.until} (exclusive) is never")
        if not self.verified and not self.note:
            raise ValueError(f"{self.article}: an unverified term must say in its note what is in doubt")
        extension = self.extension
        if extension and extension.unit != self.unit and not (extension.unit.is_calendar and self.unit.is_calendar):
            raise ValueError(f"{self.article}: a term in {self.unit} cannot be extended in {extension.unit}")

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: "Term") -> bool:
        return (self.until is None or other.since < self.until) and (other.until is None or self.since < other.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """What must be done, counted from which fact, within which term.

    `counted_from` names the fact, `trigger` says it in Chinese; `gap` is what a reader is told about days no
    term covers; a `backwards` rule counts back from a day to come, such as a hearing.
    """

    id: str
    label: str
    kind: str
    counted_from: str
    trigger: str
    terms: tuple[Term, ...]
    _: KW_ONLY
    consequence: str
    pauses: tuple[str, ...] = ()
    jurisdiction: str = ""
    thresholds: tuple[int, int] | None = None
    backwards: bool = False
    gap: str = ""

    def __post_init__(self) -> None:
        if not self.terms:
            raise ValueError(f"{self.id} has no term; a rule without one says nothing")
        for earlier, later in zip(self.terms, self.terms[1:], strict=False):
            if later.since <= earlier.since:
                raise ValueError(f"{self.id}: terms out of order, {later.since} stands after {earlier.since}")
            if earlier.overlaps(later):
                raise ValueError(f"{self.id}: the term of {earlier.since} still runs on {later.since}; give it `until`")
        if self.jurisdiction and not (self.jurisdiction.isdigit() and len(self.jurisdiction) in PREFIX_LENGTHS):
            raise ValueError(f"{self.id}: “{self.jurisdiction}” is no division-code prefix (2, 4, 6, 9 or 12 digits)")
        unknown = sorted(set(self.pauses) - PAUSES.keys())
        if unknown:
            raise ValueError(f"{self.id}: {', '.join(unknown)} is not a known pause; known are {', '.join(PAUSES)}")
        if not (self.label and self.counted_from and self.trigger and self.consequence):
            raise ValueError(f"{self.id} needs a label, the fact it counts from, its trigger and what follows")
        if self.thresholds and not 0 <= self.thresholds[1] <= self.thresholds[0]:
            raise ValueError(f"{self.id}: warn yellow before red, such as (10, 3), not {self.thresholds}")

    def term_on(self, day: date) -> Term:
        """The term in force on `day`."""
        for term in reversed(self.terms):
            if term.covers(day):
                return term
        spans = "；".join(f"{term.since}起" + (f"至{term.until}前" if term.until else "") for term in self.terms)
        reason = f"。{self.gap}" if self.gap else ""
        raise NoTermInForce(f"{self.id}（{self.label}）在{day}没有生效的期限规定；已有：{spans}{reason}")

    def in_force(self, day: date) -> bool:
        return any(term.covers(day) for term in self.terms)

    def applies_in(self, region_code: str) -> bool:
        return region_code.startswith(self.jurisdiction)

    @property
    def verified(self) -> bool:
        return all(term.verified for term in self.terms)

    @property
    def warn(self) -> tuple[int, int]:
        """How long before the end to warn: (yellow, red), in days or working days as the rule counts."""
        return self.thresholds or suggested_warning(self.terms[-1])


def suggested_warning(term: Term) -> tuple[int, int]:
    """The usual lights for a term of this length; an office may set others."""
    days = (term.length or 15) * {Unit.MONTH: 30, Unit.YEAR: 365, Unit.HOUR: 0}.get(term.unit, 1)
    for least, lights in ((60, (10, 3)), (30, (7, 3)), (15, (5, 2)), (6, (3, 1)), (2, (1, 0))):
        if days >= least:
            return lights
    return (0, 0)


@dataclass(frozen=True, slots=True)
class Duty:
    """The same obligation through the versions of the law: chooses the rule that governs a day and a place."""

    name: str
    label: str
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError(f"{self.name} names no rule")
        for rule in self.rules:
            if rule.backwards != self.rules[0].backwards:
                raise ValueError(f"{self.name}: {rule.id} counts in another direction than {self.rules[0].id}")

    def rules_on(self, day: date, region_code: str = "") -> tuple[Rule, ...]:
        """Every rule of this duty in force: local before national, then the newest first."""
        found = [rule for rule in self.rules if rule.in_force(day) and rule.applies_in(region_code)]
        return tuple(sorted(found, key=lambda rule: (len(rule.jurisdiction), rule.term_on(day).since), reverse=True))

    def rule_on(self, day: date, region_code: str = "") -> Rule:
        """The rule that governs."""
        for rule in self.rules_on(day, region_code):
            return rule
        gaps = "".join(f"。{rule.gap}" for rule in self.rules if rule.gap)
        known = "、".join(rule.id for rule in self.rules)
        raise NoTermInForce(f"“{self.label}”（{self.name}）在{day}没有生效的规则；已有规则：{known}{gaps}")


def by_id(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rules by id; an id used twice is refused."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in found:
            raise ValueError(f"{rule.id} is declared twice")
        found[rule.id] = rule
    return found

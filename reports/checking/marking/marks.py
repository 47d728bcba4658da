"""What is said of each claim, and how it is marked: right, wrong, or to be looked at by a person."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from casetrack.stats.indicators import SUBJECTS
from reports.checking.claims import Claim, Relation, RelationKind, Verdict, plain_number
from reports.checking.record.rows import Row, Standing
from reports.checking.reviewing import Linked, Review, address_of

SHOWN = 4  # decimal places of a computation
KINDS = {
    RelationKind.RATIO: "比率",
    RelationKind.SUM: "合计",
    RelationKind.DIFFERENCE: "差额",
    RelationKind.CHANGE: "增减",
}
VERDICTS = {
    Verdict.EXACT: "相符",
    Verdict.ROUNDED: "四舍五入后相符",
    Verdict.TRUNCATED: "舍去尾数后相符（未四舍五入）",
    Verdict.APPROXIMATE: "约数相符",
    Verdict.INCONSISTENT: "不符",
}


class Light(StrEnum):
    """How a claim is marked; the sign says it where colours can't be told apart or are not printed."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def sign(self) -> str:
        return {Light.GREEN: "✓", Light.AMBER: "？", Light.RED: "✗"}[self]

    @property
    def label(self) -> str:
        return {Light.GREEN: "相符", Light.AMBER: "待人工核对", Light.RED: "不符"}[self]


WORST = (Light.RED, Light.AMBER, Light.GREEN)


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim as it is marked, by its number from one; `notes` are what is said beside it."""

    number: int
    start: int
    end: int
    quote: str
    light: Light
    notes: tuple[str, ...]
    address: str | None = None

    @property
    def said(self) -> str:
        """All of it in one text, as a comment holds it."""
        return "\n".join((f"{self.light.sign} {self.light.label}", *self.notes, *filter(None, [self.address])))


def marks(review: Review, linked: Linked) -> list[Mark]:
    """A mark for every claim, in the order of the text."""
    told: dict[int, list[Relation]] = defaultdict(list)
    for relation in review.checked.relations:
        if relation.claims:
            told[relation.claims[-1]].append(relation)
    rows = dict(enumerate(review.rows))
    return [
        mark(place, claim, told[place], rows.get(place), linked) for place, claim in enumerate(review.checked.claims)
    ]


def mark(place: int, claim: Claim, relations: list[Relation], row: Row | None, linked: Linked) -> Mark:
    lights = {*(light_of(relation) for relation in relations), *([light_of_row(row)] if row else [])}
    ours = claim.subject in SUBJECTS  # of other things there is nothing to say but what follows from other figures
    told = [row.words] if row and ours else []
    notes = [kept_as(claim), *(computation(each) for each in relations), *told]
    light = next((each for each in WORST if each in lights), Light.AMBER)
    address = address_of(row, linked) if row else None
    return Mark(place + 1, claim.start, claim.end, claim.quote, light, tuple(filter(None, notes)), address)


def light_of(relation: Relation) -> Light:
    doubtful = {Verdict.INCONSISTENT: Light.RED, Verdict.TRUNCATED: Light.AMBER}
    return doubtful.get(relation.verdict, Light.GREEN)


def light_of_row(row: Row) -> Light:
    if row.standing is Standing.EQUAL:
        return Light.AMBER if row.agreement is Verdict.TRUNCATED else Light.GREEN
    return Light.RED if row.standing is Standing.DIFFERS else Light.AMBER


def kept_as(claim: Claim) -> str:
    """As what the figure was understood, so that a person sees where that is wrong."""
    subject = SUBJECTS.get(claim.subject)
    if subject is None:
        return ""
    indicator = subject.measures.get(claim.measure)
    return f"读作：{subject.label}" + (f"·{indicator.label}" if indicator else "")


def computation(relation: Relation) -> str:
    """The numbers, what follows from them, and how what is stated stands to it."""
    stated, computed = plain_number(relation.stated), plain_number(round(relation.computed, SHOWN))
    return f"{KINDS[relation.kind]}：{formula(relation)}={computed}，报告为{stated}，{VERDICTS[relation.verdict]}"


def formula(relation: Relation) -> str:
    numbers = [str(plain_number(number)) for number in relation.numbers]
    if relation.kind is RelationKind.RATIO:
        return "÷".join(numbers)
    if relation.kind is RelationKind.SUM:  # the total stands first
        return "+".join(numbers[1:] or numbers)
    if relation.kind is RelationKind.DIFFERENCE:
        return "-".join(numbers)
    return "较".join(numbers)


def apart(found: list[Mark]) -> Iterator[Mark]:
    """Marks that do not overlap: of two on the same words the first holds them, and the other begins behind it."""
    reached = 0
    for each in sorted(found, key=lambda each: (each.start, each.end)):
        if each.end > reached:
            start = max(each.start, reached)
            yield each if start == each.start else shortened(each, start)
            reached = each.end


def shortened(mark: Mark, start: int) -> Mark:
    quote = mark.quote[start - mark.start :]
    return Mark(mark.number, start, mark.end, quote, mark.light, mark.notes, mark.address)

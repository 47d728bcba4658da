"""All claims of a report against the record of a region and a year, by the same figures as everyone is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from casetrack.lib.months import Period
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.answering import statistics
from casetrack.stats.comparing import Compare
from casetrack.stats.dimensions import applies
from casetrack.stats.disclosure import MOST_DIMENSIONS as MOST_PUBLIC
from casetrack.stats.disclosure import for_public
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import SUBJECTS, Form, Indicator
from casetrack.stats.snapshot import one_view
from reports.books.material import cutoff_of
from reports.checking.claims import Claim, Nearness
from reports.checking.record.agreement import agreement, in_unit_of
from reports.checking.record.definitions import other_definitions
from reports.checking.record.held import Held, NotHeld, held_in, indicator_of
from reports.checking.record.published import ClosedYear, closed_year
from reports.checking.record.rows import Number, Row, Source, Standing, Usual, absent

NOT_OPEN = "您无权查看这一统计主题"
TOO_FINE = "分组过细，不对外公布"
OTHER_UNIT = "单位与统计指标不同，无法比较"
POINTS = ("个百分点", "百分点")


@dataclass(frozen=True, slots=True)
class Wish:
    """Of which place and year, cut off when, for whom: `subjects` are those open to the reader, None for all.

    For the `public` small counts are withheld, as they are in what is published.
    """

    region: str
    year: int
    as_of: date | None = None
    scope: Scope = EVERYTHING
    subjects: Sequence[str] | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What the record answers to the claims of one text."""

    answer: Answer
    before: Answer | None
    closed: ClosedYear | None

    def row(self, place: int, claim: Claim, indicator: Indicator) -> Row:
        """By the usual definition of what the report says, or by another where only that one fits."""
        usual = self.row_by(place, claim, indicator)
        if usual.standing is not Standing.DIFFERS or usual.current is None or claim.nearness is not Nearness.EXACT:
            return usual
        for other in other_definitions(indicator):
            if applies(other, tuple(claim.dimensions)):
                found = self.row_by(place, replace(claim, measure=other.measure), other)
                if found.standing is Standing.EQUAL:
                    return replace(found, usual=Usual(indicator, usual.current))
        return usual

    def row_by(self, place: int, claim: Claim, indicator: Indicator) -> Row:
        answer = self.before if claim.period == "last" else self.answer
        if answer is None:
            return absent(place, "没有上年的数字", indicator)
        try:
            current = self.number(claim, self.held(answer, claim, indicator), indicator)
        except NotHeld as not_held:
            return absent(place, str(not_held), indicator)
        published = self.published(claim, indicator, answer)
        return judged(place, claim, indicator, answer, current, published)

    def held(self, answer: Answer, claim: Claim, indicator: Indicator) -> Held:
        """The figure, or, of a share that rose or fell by some points, by how many."""
        held = held_in(answer, claim, indicator)
        if not claim.change or indicator.form is Form.CHANGE:
            return held
        if claim.unit not in POINTS or not indicator.is_rate or answer is not self.answer or self.before is None:
            raise NotHeld("没有与之对应的统计指标")
        return Held(held.value - held_in(self.before, claim, indicator).value, None, None, held.figures)

    def number(self, claim: Claim, held: Held, indicator: Indicator) -> tuple[Number, Held]:
        unit = POINTS[0] if claim.change and indicator.form is not Form.CHANGE else indicator.unit
        value = held.value if unit in POINTS else in_unit_of(claim, held.value, unit)
        if value is None:
            raise NotHeld(OTHER_UNIT)
        value = -value if claim.change == "down" else value
        return Number(value, held.numerator, held.denominator), held

    def published(self, claim: Claim, indicator: Indicator, answer: Answer) -> Number | None:
        if self.closed is None or claim.change or answer is not self.answer or answer.as_of != answer.last:
            return None
        found = self.closed.find(claim, indicator, answer.first, answer.last)
        value = in_unit_of(claim, found.value, indicator.unit) if found else None
        return Number(value, found.numerator, found.denominator) if found and value is not None else None


def judged(
    place: int,
    claim: Claim,
    indicator: Indicator,
    answer: Answer,
    current: tuple[Number, Held],
    published: Number | None,
) -> Row:
    """Against what was published first: a figure that was right when it was cited is not wrong for having changed."""
    number, held = current
    against = [(Source.EDITION, published)] if published else []
    against.append((Source.CURRENT, number))
    agreed = ((source, agreement(claim, each.value)) for source, each in against if each)
    source, how = next(((source, how) for source, how in agreed if how), (against[0][0], None))
    of_source = published if source is Source.EDITION and published else number
    return Row(
        place,
        Standing.EQUAL if how else Standing.DIFFERS,
        indicator=indicator,
        unit=claim.unit,
        first=answer.first,
        last=answer.last,
        as_of=answer.as_of,
        current=number,
        published=published,
        source=source,
        agreement=how,
        difference=Fraction(claim.value) - of_source.value,
        figures=held.figures,
    )


def against_record(claims: Sequence[Claim], wish: Wish, *, today: date) -> list[Row]:
    """A row for every claim. Raises StatisticsRefused for a place or year that can't be meant."""
    rows: dict[int, Row] = {}
    asked: dict[int, tuple[Claim, Indicator]] = {}
    for place, claim in enumerate(claims):
        try:
            indicator = indicator_of(claim)
        except NotHeld as not_held:
            rows[place] = absent(place, str(not_held))
            continue
        if wish.subjects is not None and claim.subject not in wish.subjects:
            rows[place] = absent(place, NOT_OPEN, indicator)
        elif wish.public and len(claim.dimensions) > MOST_PUBLIC:
            rows[place] = absent(place, TOO_FINE, indicator)
        else:
            asked[place] = (claim, indicator)
    record = gather([claim for claim, _ in asked.values()], wish, today=today)
    rows |= {place: record.row(place, claim, indicator) for place, (claim, indicator) in asked.items()}
    return [rows[place] for place in range(len(claims))]


def gather(claims: Sequence[Claim], wish: Wish, *, today: date) -> Record:
    """The figures that the claims ask for: one answer, one of the year before where they look back, the editions."""
    period = Period.of_year(wish.year)
    cutoff = cutoff_of(period, wish.as_of, today)
    subjects = list(dict.fromkeys(claim.subject for claim in claims))
    looks_back = any(claim.period == "last" or claim.change for claim in claims)
    with one_view():
        answer = statistics(
            region=wish.region,
            first=period.start,
            last=period.end,
            as_of=cutoff,
            subjects=subjects or list(wish.subjects or SUBJECTS)[:1],  # at least whether there is such a place
            by=[by for by in dict.fromkeys(tuple(claim.dimensions) for claim in claims) if by],
            scope=wish.scope,
            compare=Compare.YEAR if looks_back else None,
        )
        closed = None if wish.public else closed_year(wish.region, wish.year, subjects, wish.scope)
    answer = for_public(answer) if wish.public else answer
    return Record(answer, answer.base, closed)

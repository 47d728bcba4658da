"""Who gets how many cases on which day: worked out once, the same for the same wishes."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from casetrack.kinds import KINDS
from casetrack.law.calendar import calendar_for
from casetrack.law.local import AREAS, NOTICES
from casetrack.law.statutes import RULES
from casetrack.organizations.models import Organization

CHUNK = 10_000  # cases in a transaction
SHARES = 2  # of the offices: each can be loaded beside the other, for no two share a series of numbers
KIND_SHARES = {
    **{"mediation": 56.0, "petition": 27.0, "petition_review": 2.0, "reconsideration": 4.0},
    **{"litigation": 3.0, "legal_aid": 8.0},
}
BUSY = {"county_centre": 9.0, "township": 6.0, "professional": 4.0, "community": 2.0, "village": 1.2}
ON_A_REST_DAY = 0.06
FOLDED_SINGLY = 4_000  # up to so many cases each has a course of its own; of more, some share theirs
MOST_ALIKE = 40
OWN_LAW = frozenset(
    {rule.jurisdiction for rule in RULES.values() if rule.jurisdiction}
    | {notice.prefix for notice in NOTICES}
    | set(AREAS)
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for."""

    cases: int
    region: str
    first: date
    last: date
    seed: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """One kind of case at one office, and its part of all cases."""

    kind: str
    office: Organization
    part: float

    @property
    def sort(self) -> tuple[str, str, tuple[str, ...]]:
        """Desks of a sort fold the same steps to the same standing: same law, same calendar, same dimensions."""
        own = sorted(prefix for prefix in OWN_LAW if self.office.region_id.startswith(prefix))
        return self.kind, self.office.committee_kind, tuple(own)


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the desks, with their cases in the order of the days: `position` counts them."""

    number: int
    cases: int
    sorts: tuple[tuple[Desk, ...], ...]
    days: "Days"

    @property
    def chunks(self) -> int:
        return -(-self.cases // CHUNK)

    def positions(self, chunk: int) -> range:
        return range(chunk * CHUNK, min((chunk + 1) * CHUNK, self.cases))

    def day_of(self, position: int) -> date:
        return self.days.at((position + 0.5) / self.cases)

    def sort_weights(self) -> list[float]:
        return list(accumulate(sum(desk.part for desk in desks) for desks in self.sorts))

    def expected(self, sort: int, day: date) -> float:
        """How many cases of a sort come on a day."""
        parts = [sum(desk.part for desk in desks) for desks in self.sorts]
        return self.cases * self.days.part_of(day) * parts[sort] / sum(parts)


@dataclass(frozen=True)
class Days:
    """The days of a period, most cases on working days."""

    first: date
    last: date
    ends: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        calendar = calendar_for()
        days = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
        weights = accumulate(1.0 if calendar.is_working(day) else ON_A_REST_DAY for day in days)
        object.__setattr__(self, "ends", list(weights))

    def at(self, fraction: float) -> date:
        return self.first + timedelta(days=bisect(self.ends, fraction * self.ends[-1]))

    def part_of(self, day: date) -> float:
        place = (day - self.first).days
        return (self.ends[place] - (self.ends[place - 1] if place else 0.0)) / self.ends[-1]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be generated."""

    wish: Wish
    shares: tuple[Share, ...]

    @property
    def alike(self) -> float:
        """How many cases share a course, on the average."""
        return max(1.0, min(MOST_ALIKE, self.wish.cases / FOLDED_SINGLY))


def plan(wish: Wish, organizations: Sequence[Organization]) -> Plan:
    desks = list(desks_of(organizations))
    days = Days(wish.first, wish.last)
    groups = [group for group in shared_out(desks) if group]
    shares = []
    left, rest = wish.cases, 1.0
    for number, group in enumerate(groups):
        part = sum(desk.part for desk in group)
        cases = round(left * part / rest) if number < len(groups) - 1 else left
        left, rest = left - cases, rest - part
        shares.append(Share(number, cases, by_sort(group), days))
    return Plan(wish, tuple(share for share in shares if share.cases))


def desks_of(organizations: Sequence[Organization]) -> Iterator[Desk]:
    """Each kind at each office that deals with it, with parts that add up to one."""
    offices = {code: [each for each in organizations if each.kind == KINDS[code].office] for code in KIND_SHARES}
    whole = sum(part for code, part in KIND_SHARES.items() if offices[code])
    for code, part in KIND_SHARES.items():
        busy = [BUSY.get(office.committee_kind, 1.0) for office in offices[code]]
        for office, weight in zip(offices[code], busy, strict=True):
            yield Desk(code, office, part / whole * weight / sum(busy))


def shared_out(desks: Iterable[Desk]) -> list[list[Desk]]:
    """The desks in shares of much the same size; the desks of an office stay together."""
    offices: dict[int, list[Desk]] = {}
    for desk in desks:
        offices.setdefault(desk.office.pk, []).append(desk)
    groups: list[list[Desk]] = [[] for _ in range(SHARES)]
    for own in sorted(offices.values(), key=lambda own: (-sum(desk.part for desk in own), own[0].office.pk)):
        min(groups, key=lambda group: sum(desk.part for desk in group)).extend(own)
    return groups


def by_sort(desks: Iterable[Desk]) -> tuple[tuple[Desk, ...], ...]:
    sorts: dict[object, list[Desk]] = {}
    for desk in desks:
        sorts.setdefault(desk.sort, []).append(desk)
    return tuple(tuple(each) for each in sorts.values())

"""A chunk of cases: thrown, written as text, and copied in, numbers and marks with it, in one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from math import ceil
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from casetrack.accounts.fields import blind_index
from casetrack.cases.chain import digest_of_text
from casetrack.cases.copying import copy_in, copy_text, dump_of, dump_text, reserve_keys
from casetrack.cases.drafts import PartyDraft
from casetrack.cases.generating.people import Population
from casetrack.cases.generating.planning import Desk, Plan, Share
from casetrack.cases.generating.shapes import Shape, shape_of
from casetrack.cases.generating.templates import columns, row_template
from casetrack.cases.generating.words import told
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, Party, Unsettled
from casetrack.cases.numbering import Series, number_of, scope_of_office, take_numbers
from casetrack.cases.projection import Bucket
from casetrack.cases.searching import names_line, search_text
from casetrack.kinds import KINDS

KEYLESS = (Milestone, Deadline, Party)
PARTY_GAPS = ("role", "name", "phone", "phone_index", "identity", "identity_index", "address")
PARTY_TEMPLATE = row_template(
    Party(), {"case_id": "%(case)s"} | {name: f"%({name})s" for name in PARTY_GAPS}, without=("id",)
)


@dataclass(frozen=True, slots=True)
class Thrown:
    """A case as the dice fell: its shape, its desk, its people, and what fills the gaps of the shape."""

    shape: Shape
    desk: Desk
    private: Mapping[str, str]
    parties: Sequence[PartyDraft]
    gaps: dict[str, object]

    @property
    def series(self) -> Series:
        return self.desk.office.pk, self.shape.kind, self.shape.year


@dataclass(slots=True)
class Loader:
    """Loads the chunks of a share; it keeps the shapes of the day it is at."""

    plan: Plan
    share: Share
    population: Population
    day: date = date.min
    shapes: dict[tuple[int, int], Shape] = field(default_factory=dict)

    def load(self, chunk: int) -> int:
        """Generate a chunk: how many cases it holds. Everything of it is there afterwards, or nothing."""
        random = Random(f"{self.plan.wish.seed}/{self.share.number}/{chunk}")
        thrown = list(self.thrown(chunk, random))
        with transaction.atomic():
            give_keys(thrown)
            text: dict[type[Model], str] = {CaseEvent: "".join(map(events_of, thrown))}
            text[Milestone] = "".join(each.shape.milestones % each.gaps for each in thrown)
            text[Deadline] = "".join(each.shape.deadlines % each.gaps for each in thrown)
            text[Party] = "".join(line for each in thrown for line in parties_of(each))
            widen_memory()
            give_numbers(thrown)
            copy(Case, "".join(each.shape.case % each.gaps for each in thrown))
            for model, lines in text.items():
                copy(model, lines)
            mark(thrown)
        return len(thrown)

    def thrown(self, chunk: int, random: Random) -> Iterator[Thrown]:
        weights = self.share.sort_weights()
        within = [list(accumulate(desk.part for desk in desks)) for desks in self.share.sorts]
        sorts = range(len(weights))
        for position in self.share.positions(chunk):
            (sort,) = random.choices(sorts, cum_weights=weights)
            shape = self.shape(sort, self.share.day_of(position), random)
            (desk,) = random.choices(self.share.sorts[sort], cum_weights=within[sort])
            private = told(shape.kind, shape.values, random)
            parties = self.population.parties(shape.kind, desk.office, random)
            gaps: dict[str, object] = {
                "office": desk.office.pk,
                "region": desk.office.region_id,
                "scope": scope_of_office(desk.office),
                "private": dump_private(private),
            }
            yield Thrown(shape, desk, private, parties, gaps)

    def shape(self, sort: int, day: date, random: Random) -> Shape:
        if day != self.day:
            self.day = day
            self.shapes.clear()
        number = random.randrange(ceil(self.share.expected(sort, day) / self.plan.alike) or 1)
        if (sort, number) not in self.shapes:
            desk, wish = self.share.sorts[sort][0], self.plan.wish
            seed = f"{wish.seed}/{'/'.join(map(str, desk.sort))}/{day}/{number}"
            self.shapes[sort, number] = shape_of(kind=desk.kind, office=desk.office, on=day, seed=seed, now=wish.now)
        return self.shapes[sort, number]


dump_private = dump_of(Case._meta.get_field("private"))
dump_sealed = dump_of(Party._meta.get_field("phone"))


def parties_of(thrown: Thrown) -> Iterator[str]:
    for party in thrown.parties:
        yield PARTY_TEMPLATE % party_gaps(party, thrown.gaps["case"])


def party_gaps(party: PartyDraft, case: object) -> Mapping[str, object]:
    return {
        "case": case,
        "role": party.role,
        "name": dump_text(party.name),
        "phone": dump_sealed(party.phone),
        "phone_index": blind_index(party.phone),
        "identity": dump_sealed(party.identity),
        "identity_index": blind_index(party.identity),
        "address": dump_sealed(party.address),
    }


def widen_memory() -> None:
    """For this transaction: the words that wait to be indexed are sorted in few large heaps."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")


def give_keys(thrown: list[Thrown]) -> None:
    """The keys of cases and events: digests and milestones name them."""
    cases = iter(reserve_keys(Case, len(thrown)))
    events = iter(reserve_keys(CaseEvent, sum(len(each.shape.said) for each in thrown)))
    for each in thrown:
        each.gaps["case"] = next(cases)
        for place in range(1, len(each.shape.said) + 1):
            each.gaps[f"event{place}"] = next(events)


def events_of(thrown: Thrown) -> str:
    """The chain of a case's events, each with the digest of the one before."""
    for place, said in enumerate(thrown.shape.said, start=1):
        thrown.gaps[f"hash{place}"] = digest_of_text(said % thrown.gaps)
    return thrown.shape.events % thrown.gaps


def give_numbers(thrown: list[Thrown]) -> None:
    """From the offices' own series, in the order of the days, behind what they gave already."""
    wanted = Counter(each.series for each in thrown)
    given = {series: last - wanted[series] for series, last in take_numbers(wanted).items()}
    for each in thrown:
        given[each.series] += 1
        kind, office = KINDS[each.shape.kind], each.desk.office
        number = number_of(kind=kind, organization=office, year=each.shape.year, number=given[each.series])
        each.gaps["number"] = dump_text(number)
        each.gaps["search_text"] = dump_text(text_to_find(each, number))


def text_to_find(thrown: Thrown, number: str) -> str:
    names = names_line(party.name for party in thrown.parties)
    shape = thrown.shape
    return search_text(kind=shape.kind, names=names, number=number, values=shape.values, private=thrown.private)


def copy(model: type[Model], lines: str) -> None:
    fields: list[Any] = columns(model, without=("id",) if model in KEYLESS else ())
    copy_text(model, fields, lines)


def mark(thrown: list[Thrown]) -> None:
    """One mark for each month of an office that the chunk touches."""
    buckets: set[Bucket] = {
        (each.desk.office.pk, each.shape.kind, month) for each in thrown for month in each.shape.months
    }
    copy_in([Unsettled(organization_id=office, kind=kind, month=month) for office, kind, month in sorted(buckets)])

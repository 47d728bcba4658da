"""A register of mediators, taken in whole, and the question who of those in it is known already."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from django.db import transaction

from casetrack.accounts.fields import blind_index, blind_indexes
from casetrack.organizations.choices import OrganizationKind, Sex
from casetrack.organizations.models import Mediator, Organization, Region
from casetrack.organizations.outcomes import Intake, Outcome, RowResult
from casetrack.organizations.registers import key_of, lock

HAVE_MEDIATORS = (OrganizationKind.MEDIATION_COMMITTEE, OrganizationKind.MEDIATION_ROOM)
LONGEST_NAME = 64
LONGEST_EDUCATION = 32
FACTS = ["name", "sex", "full_time", "education", "phone", "phone_index"]


@dataclass(frozen=True, slots=True)
class MediatorRow:
    """A mediator as a register has them; `sex` is a value of Sex, or empty."""

    name: str
    organization_name: str
    sex: str = ""
    full_time: bool = False
    education: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A row whose committee was found, ready to be recognised."""

    row: MediatorRow
    organization: Organization
    phone_indexes: tuple[str, ...]

    @property
    def group(self) -> tuple[int, str]:
        return self.organization.pk, key_of(self.row.name)

    def has_phone_of(self, known: Mediator) -> bool:
        return known.phone_index in self.phone_indexes

    def looks_like(self, known: Mediator) -> bool:
        return self.may_be(known) and (known.sex, known.education) == (self.row.sex, self.row.education)

    def may_be(self, known: Mediator) -> bool:
        """Two telephones tell two people apart; one missing doesn't."""
        return not (known.phone_index and self.phone_indexes)


RECOGNITIONS: tuple[Callable[[Person, Mediator], bool], ...] = (
    Person.has_phone_of,
    Person.looks_like,
    Person.may_be,
)


@transaction.atomic
def load_mediators(*, county: Region, rows: Sequence[MediatorRow]) -> list[RowResult[Mediator]]:
    """Mediators of a county's register; their committees must be known."""
    lock(county)
    committees = _committees(county)
    verdicts: dict[int, RowResult[Mediator]] = {}
    people: dict[int, Person] = {}
    by_phone: dict[tuple[int, str, str], int] = {}
    repeats: dict[int, int] = {}
    for position, row in enumerate(rows):
        committee = committees.get(key_of(row.organization_name))
        if committee is None or (reason := _why_not(row)):
            missing = f"没有名为“{row.organization_name}”的调解组织，请先导入调解组织名册"
            verdicts[position] = RowResult(Outcome.REJECTED, missing if committee is None else reason)
            continue
        person = Person(row, committee, tuple(blind_indexes(row.phone)))
        first = by_phone.setdefault((*person.group, person.phone_indexes[0]), position) if row.phone else position
        if first == position:
            people[position] = person
        elif replace(row, phone=rows[first].phone) == rows[first]:
            repeats[position] = first
        else:
            verdicts[position] = RowResult(Outcome.REJECTED, f"“{row.name}”以同一电话在本名册中已出现过，且内容不同")
    verdicts |= zip(people, _take(list(people.values())), strict=True)
    for position, first in repeats.items():
        verdicts[position] = RowResult(Outcome.UNCHANGED, record=verdicts[first].record)
    return [verdicts[position] for position in range(len(rows))]


def _committees(county: Region) -> dict[str, Organization]:
    found = county.registered_organizations.filter(kind__in=HAVE_MEDIATORS)
    return {key_of(organization.name): organization for organization in found}


def _why_not(row: MediatorRow) -> str:
    """Why a row can't be taken; empty if it can."""
    if not row.name.strip() or len(row.name) > LONGEST_NAME:
        return f"姓名应为1至{LONGEST_NAME}字"
    if row.sex and row.sex not in Sex.values:
        return f"性别“{row.sex}”无法识别"
    if len(row.education) > LONGEST_EDUCATION:
        return f"文化程度应在{LONGEST_EDUCATION}字以内"
    return ""


def _take(people: Sequence[Person]) -> list[RowResult[Mediator]]:
    known = recognise(people, Mediator.objects.filter(organization__in={person.organization.pk for person in people}))
    intake: Intake[Mediator] = Intake()
    for position, person in enumerate(people):
        if position in known:
            intake.update(known[position], _facts(person, known[position]))
        else:
            intake.create(_new(person))
    Mediator.objects.bulk_create(intake.created)
    Mediator.objects.bulk_update(intake.changed, FACTS)
    return intake.results


def recognise(people: Sequence[Person], known: Iterable[Mediator]) -> dict[int, Mediator]:
    """The known mediator behind each position, surest likeness first; nobody is recognised twice."""
    unclaimed: dict[tuple[int, str], list[Mediator]] = defaultdict(list)
    for mediator in known:
        unclaimed[mediator.organization_id, key_of(mediator.name)].append(mediator)
    found: dict[int, Mediator] = {}
    for is_likely, (position, person) in product(RECOGNITIONS, enumerate(people)):
        candidates = unclaimed.get(person.group, [])
        match = next((each for each in candidates if is_likely(person, each)), None)
        if position not in found and match is not None:
            found[position] = match
            candidates.remove(match)
    return found


def _facts(person: Person, known: Mediator) -> dict[str, object]:
    """What the row says; where it is silent, what is known stays."""
    row = person.row
    facts: dict[str, object] = {
        "sex": row.sex or known.sex,
        "full_time": row.full_time,
        "education": row.education or known.education,
    }
    if person.phone_indexes and not person.has_phone_of(known):
        facts |= {"phone": row.phone, "phone_index": blind_index(row.phone)}
    return facts


def _new(person: Person) -> Mediator:
    row = person.row
    return Mediator(
        organization=person.organization,
        name=row.name.strip(),
        sex=row.sex,
        full_time=row.full_time,
        education=row.education,
        phone=row.phone,
        phone_index=blind_index(row.phone),
    )

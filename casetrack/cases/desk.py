"""What people have to see to today, by what they do: handle cases, run a petition office, review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casetrack.cases.board import MOST_URGENT_FIRST
from casetrack.cases.counting import counted
from casetrack.cases.models import Case, Deadline, Milestone
from casetrack.cases.querysets import CaseQuerySet, DeadlineQuerySet
from casetrack.cases.sweep import Light
from casetrack.kinds import KINDS
from casetrack.kinds.petition_clocks import UNTIL_ACCEPTED
from casetrack.organizations.choices import OrganizationKind, Role
from casetrack.organizations.models import Membership
from casetrack.organizations.scope import Scope

SHOWN = 10
AHEAD, LATELY = timedelta(days=6), timedelta(days=30)
HANDLING = frozenset({Role.CLERK.value, Role.HANDLER.value})
IN_OFFICES = HANDLING | {Role.SUPERVISOR.value}
PETITION = "petition"
IN_STAGES = ("petition_review", "reconsideration", "litigation", "legal_aid")
GIVEN_BACK = ("returned", "taken_back")


@dataclass(frozen=True, slots=True)
class Lit:
    """How many cases show a light."""

    light: Light
    number: int


@dataclass(frozen=True, slots=True)
class Handling:
    """The open cases of the offices that someone works in, and what ends within a week."""

    lights: tuple[Lit, ...]
    due: tuple[Deadline, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many petitions must be accepted within so many days."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Petitions:
    """The petitions of an office: how they stand, what nobody has accepted yet, what came back."""

    lights: tuple[Lit, ...]
    waiting: tuple[Waiting, ...]
    unaccepted: tuple[Deadline, ...]
    returned: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """How many cases of a kind are in a state."""

    kind: str
    state: str
    kind_label: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Review:
    """The stages of what is reviewed, and the clocks that end first."""

    stages: tuple[Stage, ...]
    clocks: tuple[Deadline, ...]


def handles(posts: Iterable[Membership]) -> bool:
    return any(post.role in HANDLING for post in posts)


def deals_with(posts: Iterable[Membership], kind: str) -> bool:
    """Whether someone works in an office of that kind of case, or is given just such cases."""
    offices = [post for post in posts if post.role in IN_OFFICES]
    return any(
        kind in post.kinds if post.kinds else post.organization and post.organization.kind == KINDS[kind].office
        for post in offices
    )


def reviewed(posts: Sequence[Membership]) -> tuple[str, ...]:
    """The kinds that go through stages, of those someone works on. A petition office reviews when it has reviews."""
    return tuple(kind for kind in IN_STAGES if deals_with(posts, kind))


def petitions_alone(posts: Iterable[Membership]) -> bool:
    """Whether all that someone handles are petitions, so that one board of lights says everything."""
    handling = [post for post in posts if post.role in HANDLING]
    return all(
        set(post.kinds) == {PETITION}
        or (post.organization is not None and post.organization.kind == OrganizationKind.PETITION_OFFICE)
        for post in handling
    )


def handling(scope: Scope, today: date) -> Handling:
    mine = scope.of_roles(HANDLING)
    due = Deadline.objects.by_office(mine).due_between(today, today + AHEAD).shown()
    return Handling(lit(Case.objects.in_scope(mine), today), tuple(due[:SHOWN]), today + AHEAD)


def lit(cases: CaseQuerySet, today: date) -> tuple[Lit, ...]:
    numbers = counted({light.value: cases.showing([light], today) for light in MOST_URGENT_FIRST})
    return tuple(Lit(light, numbers[light.value]) for light in MOST_URGENT_FIRST)


def petitions(scope: Scope, today: date) -> Petitions:
    clocks = Deadline.objects.by_office(scope).filter(kind=PETITION, duty__in=UNTIL_ACCEPTED)
    came_back = Milestone.objects.filter(scope.on(), kind=PETITION, name__in=GIVEN_BACK)
    lately = came_back.happened_between(today - LATELY, today).select_related("case").order_by("-happened_on", "-pk")
    return Petitions(
        lights=lit(Case.objects.in_scope(scope).filter(kind=PETITION), today),
        waiting=waiting(clocks, today),
        unaccepted=tuple(clocks.shown()[:SHOWN]),
        returned=tuple(lately[:SHOWN]),
    )


def waiting(clocks: DeadlineQuerySet, today: date) -> tuple[Waiting, ...]:
    """By days left, in the steps in which an office plans."""
    steps = (("今天", 0, 0), ("1至3天", 1, 3), ("4至7天", 4, 7), ("8天以上", 8, 3650))
    parts = {
        label: clocks.due_between(today + timedelta(days=first), today + timedelta(days=last))
        for label, first, last in steps
    }
    numbers = counted({"已超期": clocks.filter(act_by__lt=today), **parts})
    return tuple(Waiting(label, number) for label, number in numbers.items())


def review(scope: Scope, kinds: Sequence[str]) -> Review | None:
    """None where nothing is in any stage: most petition offices have no reviews."""
    cases = Case.objects.in_scope(scope)
    states = [(KINDS[kind], state) for kind in kinds for state in KINDS[kind].states if state.open]
    numbers = counted(
        {f"{kind.code}.{state.code}": cases.filter(kind=kind.code, state=state.code) for kind, state in states}
    )
    if not any(numbers.values()):
        return None
    stages = tuple(
        Stage(kind.code, state.code, kind.label, state.label, numbers[f"{kind.code}.{state.code}"])
        for kind, state in states
    )
    clocks = Deadline.objects.by_office(scope).filter(kind__in=kinds).shown()
    return Review(stages, tuple(clocks[:SHOWN]))

"""One scope for every surface: whatever users, tokens and cases there are, all surfaces agree on which cases are seen.

A new surface that shows cases is one line in SURFACES.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from casetrack.accounts.models import Token, TokenLimits, User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.linking import link
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Membership, Organization, OrganizationKind, Role
from casetrack.organizations.narrowing import acting_for
from casetrack.organizations.scope import scope_of
from casetrack.stats import rollup
from reports.exporting.resources import RESOURCES
from tests.api.conftest import CITY, EAST, FAR, NOW, WEST, World

pytestmark = pytest.mark.django_db

BELOW = {CITY: (EAST, WEST), EAST: (EAST,), WEST: (WEST,), FAR: ()}
ON, YEAR = date(2024, 3, 1), "from=2024-01-01&to=2024-12-31"
PHONE = "13800002222"
PLACES = (CITY, EAST, WEST, FAR)
KINDS = {"mediation": "mediation_renewed", "petition": "petition_repeated"}  # with a link that two of a kind may have


@dataclass(frozen=True)
class Seen:
    """The cases that there are, and a caller."""

    user: User
    client: APIClient
    cases: list[Case]

    def get(self, address: str) -> Any:
        return self.client.get(f"/api/v1/{address}")

    def results(self, address: str) -> list[Any]:
        return list(self.get(address).json()["results"])

    def answered(self, address: str) -> set[int]:
        """The cases whose own address, or one below it, is there."""
        return {case.pk for case in self.cases if self.get(f"cases/{case.pk}/{address}").status_code == 200}


def with_total(seen: Seen) -> set[int]:
    page = seen.get("cases/?page_size=200&total=true").json()
    assert page["total"] == len(page["results"])
    return {row["id"] for row in page["results"]}


def in_links(seen: Seen) -> set[int]:
    """Every case is linked to the next of its kind: both ends of what each page of links shows."""
    pages = [seen.results(f"cases/{pk}/links/") for pk in seen.answered("links/")]
    return {row[end] for page in pages for row in page for end in ("earlier", "later")}


def behind_figures(seen: Seen) -> set[int]:
    """Of every place that the caller may ask about, the cases behind what it received."""
    found: set[int] = set()
    for place in places_of(seen):
        for kind in KINDS:
            asked = f"{place}&{YEAR}&subject={kind}&measure=received"
            answer = seen.get(f"statistics/cases/?{asked}")
            if answer.status_code == 200:
                listed = {row["case"]["id"] for row in answer.json()["results"]}
                assert answer.json()["total"] == len(listed) == figure(seen, place, kind)
                found |= listed
    return found


def figure(seen: Seen, place: str, kind: str) -> int:
    figures = seen.get(f"statistics/?{place}&{YEAR}&subject={kind}&by=committee_kind").json()["figures"]
    return int(next(row["value"] for row in figures if row["measure"] == "received"))


def places_of(seen: Seen) -> list[str]:
    offices = sorted({case.organization_id for case in seen.cases})
    return [*(f"region={code}" for code in PLACES), *(f"organization={pk}" for pk in offices)]


def suggested(seen: Seen) -> set[int]:
    """Everyone has the same telephone, and no more cases than are suggested at a time."""
    found: set[int] = set()
    for kind in KINDS:
        asked = {"kind": kind, "parties": [PHONE]}
        answer = seen.client.post("/api/v1/cases/suggestions/", asked, format="json").json()
        found |= {row["case"]["id"] for row in answer["results"]}
    return found


SURFACES: dict[str, Callable[[Seen], set[int]]] = {
    "list": lambda seen: {row["id"] for row in seen.results("cases/?page_size=200")},
    "list with its total": with_total,
    "search": lambda seen: {row["id"] for case in seen.cases for row in seen.results(f"cases/?search={case.number}")},
    "export": lambda seen: set(RESOURCES["cases"].narrowed(seen.user, {}, today=ON).values_list("pk", flat=True)),
    "one kind at a time": lambda seen: {row["id"] for kind in KINDS for row in seen.results(f"cases/?kind={kind}")},
    "number": lambda seen: {row["id"] for case in seen.cases for row in seen.results(f"cases/?number={case.number}")},
    "detail": lambda seen: seen.answered(""),
    "events": lambda seen: seen.answered("events/"),
    "deadlines": lambda seen: seen.answered("deadlines/"),
    "parties": lambda seen: seen.answered("parties/"),
    "links": lambda seen: seen.answered("links/"),
    "clocks": lambda seen: {row["case"]["id"] for row in seen.results("deadlines/?page_size=200")},
    "figures": behind_figures,
    "suggestions": suggested,
}

memberships = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(Role),
            "place": st.sampled_from([*PLACES, "office 0", "office 1", "office 2", "office 3"]),
            "kinds": st.sampled_from([[], [], ["petition"], ["mediation"], ["mediation", "petition"]]),
            "cleared": st.booleans(),
        }
    ),
    max_size=3,
)
ANYWHERE: dict[str, Any] = {"place": None, "kinds": []}
limits = st.fixed_dictionaries(
    {
        "place": st.sampled_from([None, *PLACES, "office 0", "office 1", "office 2", "office 3"]),
        "kinds": st.sampled_from([[], [], ["petition"], ["mediation"]]),
    }
)
cases = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["accusation", "appeal", "other"])), max_size=8)


@pytest.fixture
def offices(world: World) -> list[Organization]:
    """A committee and a petition office in each of the two districts."""
    made = [
        Organization.objects.create(region_id=code, county_id=code, name=name, kind=OrganizationKind.PETITION_OFFICE)
        for code, name in ((EAST, "麦积区信访局"), (WEST, "秦州区信访局"))
    ]
    return [world.east, world.west, *made]


@contextmanager
def logged(offices: list[Organization], drawn: list[tuple[int, str]]) -> Iterator[list[Case]]:
    """Cases of the offices, each linked to the next of its kind; gone afterwards."""
    with transaction.atomic():
        made = [log(offices[place], purpose) for place, purpose in drawn]
        for kind, relation in KINDS.items():
            alike = [case.pk for case in made if case.kind == kind]
            for earlier, later in zip(alike, alike[1:], strict=False):
                link(earlier_id=earlier, later_id=later, relation=relation, actor=None, now=NOW)
        yield made
        transaction.set_rollback(True)


def log(office: Organization, purpose: str) -> Case:
    if office.kind == OrganizationKind.PETITION_OFFICE:
        step = StepDraft("register", ON, {"channel": "letter", "purpose": purpose})
        draft = CaseDraft("petition", office, (step,), parties=(PartyDraft("petitioner", "张三", PHONE),))
    else:
        steps = (StepDraft("register", ON, {"category": "neighbour"}), StepDraft("accept", ON))
        draft = CaseDraft("mediation", office, steps, parties=(PartyDraft("applicant", "张三", PHONE),))
    return open_case(draft=draft, actor=None, now=NOW)


def caller(drawn: list[dict[str, Any]], offices: list[Organization]) -> User:
    user = User.objects.create_user("drawn")
    for row in drawn:
        place: dict[str, Any] = {"region_id": row["place"]}
        if row["place"].startswith("office"):
            place = {"organization": offices[int(row["place"][-1])]}
        rest = {name: row[name] for name in ("role", "kinds", "cleared")}
        Membership.objects.create(user=user, **place, **rest)
    return user


def by_token(user: User, drawn: dict[str, Any], offices: list[Organization]) -> tuple[User, APIClient]:
    """The user as a token narrows them, and a program that carries it."""
    place = drawn["place"] or ""
    organization = offices[int(place[-1])].pk if place.startswith("office") else None
    token, secret = Token.issue(
        user=user,
        name="收窄",
        now=timezone.now(),
        expires_at=None,
        limits=TokenLimits("" if organization else place, organization, drawn["kinds"]),
    )
    return acting_for(token), APIClient(headers={"Authorization": f"Bearer {secret}"})


def left_by_hand(case: Case, office: str, drawn: dict[str, Any]) -> bool:
    """Whether a token's limits leave a case to be seen."""
    placed = drawn["place"] in (None, office) or case.region_code in BELOW.get(drawn["place"], ())
    return placed and (not drawn["kinds"] or case.kind in drawn["kinds"])


def visible_by_hand(case: Case, purpose: str, office: str, drawn: list[dict[str, Any]]) -> bool:
    """By the rule as a person would read it, without the code under test."""
    return any(
        (row["place"] == office or case.region_code in BELOW.get(row["place"], ()))
        and (not row["kinds"] or case.kind in row["kinds"])
        and (row["cleared"] or case.kind != "petition" or purpose != "accusation")
        for row in drawn
    )


# an example is some cases and some hundred requests: few of them, and none spent on making a failure smaller
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(memberships=memberships, limits=st.one_of(st.just(ANYWHERE), limits), drawn=cases, settled=st.booleans())
def test_every_surface_shows_the_same_cases(
    offices: list[Organization],
    memberships: list[dict[str, Any]],
    limits: dict[str, Any],
    drawn: list[tuple[int, str]],
    settled: bool,
) -> None:
    with logged(offices, drawn) as made:
        if settled:
            rollup.settle()
        user, client = by_token(caller(memberships, offices), limits, offices)
        seen = Seen(user, client, made)
        expected = {
            case.pk
            for case, (place, purpose) in zip(made, drawn, strict=True)
            if visible_by_hand(case, purpose, f"office {place}", memberships)
            and left_by_hand(case, f"office {place}", limits)
        }

        shown = {name: surface(seen) for name, surface in SURFACES.items()}

        suggestible = expected if scope_of(user).is_handled else set()  # its numbers are kept from those who only count
        assert shown == {**dict.fromkeys(SURFACES, expected), "suggestions": suggestible}
        assert in_links(seen) == linked_by_hand(made, expected)


def linked_by_hand(made: list[Case], visible: set[int]) -> set[int]:
    """The ends of the links of which both are visible."""
    ends: set[int] = set()
    for kind in KINDS:
        alike = [case.pk for case in made if case.kind == kind]
        ends |= {pk for pair in zip(alike, alike[1:], strict=False) if set(pair) <= visible for pk in pair}
    return ends

"""A small world for the API: two districts in a city, a clerk in each, a supervisor above, and an outsider."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import Token, User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.lib.months import last_day
from casetrack.organizations.models import (
    CommitteeKind,
    Mediator,
    Membership,
    Organization,
    OrganizationKind,
    Region,
    ReportedVersion,
    Role,
    Training,
)
from casetrack.organizations.reported.keeping import ReportedDraft, report

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)
CITY, EAST, WEST, FAR = "620500000000", "620503000000", "620502000000", "110000000000"
REGIONS = (
    ("000000000000", "全国", "nation", None),
    ("620000000000", "甘肃省", "province", "000000000000"),
    (CITY, "天水市", "prefecture", "620000000000"),
    (WEST, "秦州区", "county", CITY),
    (EAST, "麦积区", "county", CITY),
    (FAR, "北京市", "province", "000000000000"),
)


@dataclass(frozen=True)
class World:
    """The offices of the two districts, and who works there."""

    east: Organization
    west: Organization
    clerk_east: User
    clerk_west: User
    supervisor: User
    statistician: User
    outsider: User


@pytest.fixture
def world(db: None) -> World:
    make_regions()
    east, west = committee("麦积区道北街道人民调解委员会", EAST), committee("秦州区大城街道人民调解委员会", WEST)
    return World(
        east=east,
        west=west,
        clerk_east=member("clerk-east", Role.CLERK, organization=east),
        clerk_west=member("clerk-west", Role.CLERK, organization=west),
        supervisor=member("supervisor", Role.SUPERVISOR, region_id=CITY),
        statistician=member("statistician", Role.STATISTICIAN, region_id=CITY),
        outsider=member("outsider", Role.ADMINISTRATOR, region_id=FAR),
    )


def make_regions() -> None:
    Region.objects.bulk_create(
        Region(code=code, name=name, level=level, parent_id=parent) for code, name, level, parent in REGIONS
    )


def committee(name: str, region: str) -> Organization:
    return Organization.objects.create(
        region_id=region,
        county_id=region,
        name=name,
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.TOWNSHIP,
    )


def member(name: str, role: Role, **place: Any) -> User:
    user = User.objects.create_user(name, display_name=name)
    Membership.objects.create(user=user, role=role, **place)
    return user


@pytest.fixture
def client_of() -> Callable[[User], APIClient]:
    """A program that carries a token of the user."""

    def build(user: User) -> APIClient:
        _, secret = Token.issue(user=user, name="测试", now=timezone.now(), expires_at=None)
        return APIClient(headers={"Authorization": f"Bearer {secret}"})

    return build


@pytest.fixture
def clerk(world: World, client_of: Callable[[User], APIClient]) -> APIClient:
    """The clerk of the east district."""
    return client_of(world.clerk_east)


@pytest.fixture
def supervisor(world: World, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(world.supervisor)


@pytest.fixture
def outsider(world: World, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(world.outsider)


def log_dispute(office: Organization, on: date = date(2024, 3, 1), **more: Any) -> Case:
    """A dispute of two neighbours, accepted on the day it came in."""
    steps = (
        StepDraft("register", on, {"category": "neighbour", "summary": "宅前排水沟走向"}),
        StepDraft("accept", on),
    )
    parties = (
        PartyDraft(
            "applicant", "张三", phone="13812341234", identity="620503198001011234", address="天水市麦积区道北街道"
        ),
        PartyDraft("respondent", "李四"),
    )
    draft = CaseDraft("mediation", office, steps, parties, **more)
    return open_case(draft=draft, actor=None, now=NOW)


@pytest.fixture
def dispute(world: World) -> Case:
    """A dispute before the committee of the east district."""
    return log_dispute(world.east)


@pytest.fixture
def mediator(world: World) -> Mediator:
    return Mediator.objects.create(organization=world.east, name="王敏", phone="13900001111")


@pytest.fixture
def training(world: World) -> Training:
    return Training.objects.create(region_id=EAST, held_on=date(2024, 4, 1), name="业务培训", attendance=30)


def sweeps_reported(office: Organization, month: int, **more: Any) -> ReportedVersion:
    """What a committee reports of its sweeps in a month."""
    return stated(office, "mediation", "sweeps", 3, month=month, **more)


def stated(
    office: Organization, subject: str, measure: str, value: int, *, month: int = 3, **more: Any
) -> ReportedVersion:
    """What a body reports of a month."""
    first = date(2024, month, 1)
    draft = ReportedDraft(
        organization=office,
        subject=subject,
        measure=measure,
        first=first,
        last=last_day(first),
        value=Decimal(value),
        source="排查台账",
        **more,
    )
    return report(draft=draft, actor=None, now=NOW)


NEW_DISPUTE: dict[str, Any] = {
    "kind": "mediation",
    "on": "2024-03-01",
    "facts": {"category": "neighbour", "summary": "宅前排水沟走向"},
    "parties": [{"role": "applicant", "name": "张三", "phone": "13812341234"}],
}


def new_dispute(office: Organization, **changed: Any) -> dict[str, Any]:
    """What a client sends to open a case."""
    return {**NEW_DISPUTE, "organization": office.pk, **changed}

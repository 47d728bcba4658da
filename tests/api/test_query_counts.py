"""How many queries each list and page makes: held in query_counts.json, and the same for one row as for many.

Every address that can be read has its number there. Where a change is meant, put the new number in.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from casetrack.accounts.models import Token, User
from casetrack.cases.models import Case
from casetrack.organizations.models import Mediator, Role, Training
from tests.api.conftest import CITY, WEST, World, log_dispute, member, new_dispute, sweeps_reported
from tests.api.published import published
from tests.api.test_outsiders import attached_to, closed_month
from tests.jobs.world import (
    finished_check,
    finished_export,
    finished_import,
    waiting_check,
    waiting_export,
    waiting_import,
)

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent / "query_counts.json"
COUNTS: dict[str, int] = json.loads(FILE.read_text())
ASKED_BY = {
    Role.AUDITOR: ("/api/v1/audit/",),
    Role.ADMINISTRATOR: ("/api/v1/users/", "/api/v1/memberships/"),
}  # the rest by the supervisor
READ = [address for address in COUNTS if address.startswith("GET")]


@pytest.fixture
def numbers(
    world: World, dispute: Case, mediator: Mediator, training: Training, supervisor: APIClient
) -> dict[str, int]:
    """Rows that are there, as the file names them."""
    return {
        "id": dispute.pk,
        "party": dispute.parties.earliest("pk").pk,
        "attachment": attached_to(dispute).pk,
        "organization": world.east.pk,
        "mediator": mediator.pk,
        "training": training.pk,
        "user": world.clerk_east.pk,
        "membership": world.clerk_east.memberships.get().pk,
        "token": Token.objects.get(user=world.supervisor).pk,
        "import": finished_import(world.supervisor, dispute).pk,
        "export": finished_export(world.supervisor).pk,
        "check": finished_check(world.supervisor).pk,
        "reported": sweeps_reported(world.west, 1).figure_id,
    }


def test_every_address_that_can_be_read_has_its_number() -> None:
    asked = {"/api/v1/" + address.removeprefix("GET ").partition("?")[0] for address in READ}
    lacking = [
        address
        for address, operations in published()["paths"].items()
        if "get" in operations and not any(stands_for(address, path) for path in asked)
    ]

    assert lacking == [], f"put an example of each into {FILE.name}, with the number of its queries"


def stands_for(address: str, path: str) -> bool:
    """Whether cases/{id}/ or regions/620503000000/ is an example of the contract's address."""
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", address), path) is not None


@pytest.mark.parametrize("address", READ)
def test_a_page_makes_its_queries_however_many_rows_it_has(
    world: World,
    numbers: dict[str, int],
    supervisor: APIClient,
    client_of: Callable[[User], APIClient],
    address: str,
) -> None:
    if "closing" in address or "restatements" in address:  # counting what waits would change what others are asked
        numbers["closing"] = closed_month().pk
    path = "/api/v1/" + address.removeprefix("GET ").format(**numbers)
    client = supervisor
    for role, addresses in ASKED_BY.items():
        if path.startswith(addresses):
            client = client_of(member("asking", role, region_id=CITY))
    few = queries_of(client, path)
    for number in range(3):
        log_dispute(world.west)
        Mediator.objects.create(organization=world.west, name=f"第{number}位")
        waiting_import(world.supervisor, WEST)
        waiting_export(world.supervisor)
        waiting_check(world.supervisor)
        member(f"colleague-{number}", Role.CLERK, region_id=WEST)
        sweeps_reported(world.west, number + 2)
    many = queries_of(client, path)

    assert len(few) == COUNTS[address], said(address, few)
    assert len(many) == COUNTS[address], said(f"{address} (with more rows)", many)


def queries_of(client: APIClient, path: str) -> list[str]:
    client.get(path)  # notes the use of the token, once a minute
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return [query["sql"] for query in queries]


def said(address: str, queries: list[str]) -> str:
    listed = "\n".join(f"  {number}. {query[:300]}" for number, query in enumerate(queries, start=1))
    return f"{address} makes {len(queries)} queries; if that is meant, put the number into {FILE.name}:\n{listed}"


def test_writing_makes_its_queries(world: World, dispute: Case, supervisor: APIClient) -> None:
    supervisor.get("/api/v1/kinds/")
    accept = {"type": "withdraw", "occurred_on": "2024-03-05"}

    with CaptureQueriesContext(connection) as opening:
        supervisor.post("/api/v1/cases/", new_dispute(world.east))
    with CaptureQueriesContext(connection) as advancing:
        supervisor.post(f"/api/v1/cases/{dispute.pk}/events/", accept)

    for address, queries in {"POST cases/": opening, "POST cases/{id}/events/": advancing}.items():
        assert len(queries) == COUNTS[address], said(address, [query["sql"] for query in queries])

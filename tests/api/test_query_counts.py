"""How many queries each list and page makes: held in query_counts.json, and the same for one row as for many.

Where a change is meant, put the new number there.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from casetrack.cases.models import Case
from casetrack.organizations.models import Mediator, Training
from tests.api.conftest import World, log_dispute, new_dispute

pytestmark = pytest.mark.django_db

COUNTS: dict[str, int] = json.loads((Path(__file__).parent / "query_counts.json").read_text())


@pytest.mark.parametrize("address", [address for address in COUNTS if address.startswith("GET")])
def test_a_page_makes_its_queries_however_many_rows_it_has(
    world: World, dispute: Case, mediator: Mediator, training: Training, supervisor: APIClient, address: str
) -> None:
    path = "/api/v1/" + address.removeprefix("GET ").replace("{id}", str(dispute.pk))
    few = counted(supervisor, path)
    for number in range(3):
        log_dispute(world.west)
        Mediator.objects.create(organization=world.west, name=f"第{number}位")

    assert (few, counted(supervisor, path)) == (COUNTS[address], COUNTS[address])


def counted(client: APIClient, path: str) -> int:
    client.get(path)  # notes the use of the token, once a minute
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_writing_makes_its_queries(world: World, dispute: Case, supervisor: APIClient) -> None:
    supervisor.get("/api/v1/kinds/")
    accept = {"type": "withdraw", "occurred_on": "2024-03-05"}

    with CaptureQueriesContext(connection) as opening:
        supervisor.post("/api/v1/cases/", new_dispute(world.east))
    with CaptureQueriesContext(connection) as advancing:
        supervisor.post(f"/api/v1/cases/{dispute.pk}/events/", accept)

    assert (len(opening), len(advancing)) == (COUNTS["POST cases/"], COUNTS["POST cases/{id}/events/"])

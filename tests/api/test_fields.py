"""Narrow lists: only the members asked for, and only the queries these need. And the quick rows are the contract's."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from api.cases import CaseSerializer, cases_of
from casetrack.cases.models import Case
from casetrack.cases.rows import MEMBERS
from casetrack.organizations.models import Mediator, Training
from tests.api.conftest import World, log_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"


def test_the_quick_rows_are_what_the_serializer_gives(world: World, dispute: Case, supervisor: APIClient) -> None:
    log_dispute(world.west, date(2024, 4, 1))
    Case.objects.filter(pk=dispute.pk).update(state="agreed", closed_on=date(2024, 3, 9), due_on=None)

    rows = supervisor.get(CASES).json()["results"]

    cases = cases_of(world.supervisor).order_by("-pk")
    serialized = CaseSerializer(cases, many=True, context={"today": timezone.localdate()}).data
    assert rows == [{name: plain(value) for name, value in row.items()} for row in serialized]
    assert [list(row) for row in rows] == [list(MEMBERS)] * 2


def plain(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def test_only_the_members_asked_for_are_given_in_their_usual_order(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.get(f"{CASES}?fields=state_label,id,title")

    assert answer.json()["results"] == [{"id": dispute.pk, "state_label": "已受理", "title": "张*、李* 邻里纠纷"}]


def test_a_list_without_titles_reads_no_parties(dispute: Case, clerk: APIClient) -> None:
    clerk.get(CASES)

    with CaptureQueriesContext(connection) as queries:
        clerk.get(f"{CASES}?fields=id,number,organization")

    said = " ".join(query["sql"] for query in queries)
    assert "cases_party" not in said
    assert "search_text" not in said
    assert "private" not in said


def test_a_page_goes_on_whatever_members_it_shows(world: World, supervisor: APIClient) -> None:
    logged = [log_dispute(world.east, date(2024, 3, day)).pk for day in (3, 1, 2)]

    first = supervisor.get(f"{CASES}?fields=number&ordering=-received_on&page_size=2").json()
    second = supervisor.get(first["next"].replace("fields=number", "fields=id")).json()

    assert [list(row) for row in first["results"]] == [["number"], ["number"]]
    assert second["results"] == [{"id": logged[1]}]


@pytest.mark.parametrize(
    ("address", "members"),
    [
        ("deadlines/", "duty,light"),
        ("organizations/", "id,name"),
        ("mediators/", "id,phone"),
        ("trainings/", "held_on"),
        ("regions/", "code"),
        ("cases/{id}/events/", "type"),
        ("cases/{id}/parties/", "role"),
    ],
)
def test_every_list_can_be_narrow_and_say_its_total(
    dispute: Case, mediator: Mediator, training: Training, supervisor: APIClient, address: str, members: str
) -> None:
    path = "/api/v1/" + address.replace("{id}", str(dispute.pk))

    page = supervisor.get(f"{path}?fields={members}&total=true&page_size=1").json()

    assert list(page["results"][0]) == members.split(",")
    assert page["total"] == len(supervisor.get(f"{path}?page_size=200").json()["results"])


def test_a_member_that_is_not_there_is_refused_with_those_that_are(mediator: Mediator, supervisor: APIClient) -> None:
    answer = supervisor.get("/api/v1/mediators/?fields=identity")

    assert answer.status_code == 400
    assert "没有“identity”这一成员，可用的有：id、organization、name" in answer.json()["errors"]["fields"]


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("regions/?ordering=-code", {"code": "620503000000"}),
        ("organizations/?ordering=-region", {"name": "麦积区道北街道人民调解委员会"}),
        ("mediators/?ordering=-id", {"name": "王敏"}),
        ("trainings/?ordering=held_on&search=业务", {"name": "业务培训"}),
        ("deadlines/?ordering=-act_by&duty=mediation.term", {"act_by": "2024-04-01"}),
    ],
)
def test_registers_and_clocks_have_their_orders(
    dispute: Case, mediator: Mediator, training: Training, supervisor: APIClient, address: str, first: dict[str, str]
) -> None:
    (row, *_) = supervisor.get(f"/api/v1/{address}").json()["results"]

    assert first.items() <= row.items()

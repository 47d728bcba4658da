"""Pages in every order: each row once, none missed, whatever has no value and wherever a page ends."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from casetrack.cases.models import Case, Unsettled
from casetrack.lib import keyset
from tests.api.conftest import EAST, WEST, World, log_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"
DAYS = (None, date(2024, 3, 1), date(2024, 3, 2))
ORDERS = [f"{sign}{name}" for name in ("id", "received_on", "closed_on", "due_on", "number") for sign in ("", "-")]
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.just("mediation"),
        "under": st.sampled_from([EAST, WEST, "620500"]),
        "open": st.sampled_from(["true", "false"]),
        "state": st.lists(st.sampled_from(["accepted", "agreed"]), min_size=1, unique=True),
        "category": st.lists(st.sampled_from(["neighbour", "contract", "unspecified"]), min_size=1, unique=True),
        "received_from": st.sampled_from(["2024-03-01", "2024-03-02"]),
        "due_to": st.sampled_from(["2024-03-01", "2024-03-02"]),
        "light": st.lists(st.sampled_from(["red", "overdue", "green"]), min_size=1, unique=True),
        "on": st.just("2024-03-02"),
        "search": st.sampled_from(["纠", "纠纷", "甲", "乙案", "甲 纠纷"]),
    },
)


@pytest.fixture
def many(world: World) -> list[Case]:
    """Two dozen cases of few different days, so that most are level in every order."""
    template = log_dispute(world.east)
    rows = []
    for number, (received, closed, due) in enumerate(product(DAYS, DAYS, DAYS)):
        if closed and (received is None or closed < received):
            continue
        case = Case.objects.get(pk=template.pk)
        case.pk, case.number = None, f"{number * 7 % 27:02}{'甲乙'[number % 2]}案"
        case.organization, case.region_code = (world.east, EAST) if number % 3 else (world.west, WEST)
        case.received_on, case.closed_on, case.due_on = received, closed, due
        case.yellow_on = case.red_on = due
        case.state = "agreed" if closed else "accepted"
        case.values = [{"category": "neighbour"}, {"category": "contract"}, {}][number % 3]
        case.search_text = f"张三\n{case.number}\n邻里纠纷"
        rows.append(case)
    Case.objects.bulk_create(rows)
    # made without events, so in no cell: their month waits to be counted, in both offices
    Unsettled.objects.create(organization=world.west, kind="mediation", month=date(2024, 3, 1))
    return rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parameters=PARAMETERS, order=st.sampled_from(ORDERS), size=st.integers(1, 9))
def test_following_the_pages_meets_every_row_of_the_whole_list_once(
    many: list[Case], supervisor: APIClient, parameters: dict[str, Any], order: str, size: int
) -> None:
    whole = supervisor.get(CASES, {**parameters, "ordering": order, "page_size": 200, "total": "true"}).json()
    expected = [case["id"] for case in whole["results"]]

    forwards, last = walk(supervisor, {**parameters, "ordering": order, "page_size": size}, "next")
    backwards = back(supervisor, last)

    assert whole["total"] == len(expected) == len(set(expected))
    assert forwards == expected
    assert backwards == expected[: len(backwards)]
    assert expected == sorted_by(order, set(expected))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parameters=PARAMETERS, order=st.sampled_from(ORDERS))
def test_looking_at_the_nearest_rows_first_changes_nothing(
    many: list[Case], supervisor: APIClient, parameters: dict[str, Any], order: str
) -> None:
    asked = {**parameters, "search": "纠纷", "ordering": order, "page_size": 3}
    expected, _ = walk(supervisor, asked, "next")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyset, "NEAR", (2, 5))
        found, _ = walk(supervisor, asked, "next")

    assert found == expected


def walk(client: APIClient, asked: dict[str, Any], way: str) -> tuple[list[int], dict[str, Any]]:
    page = client.get(CASES, asked).json()
    found = [case["id"] for case in page["results"]]
    while page[way]:
        page = client.get(page[way]).json()
        found += [case["id"] for case in page["results"]]
        assert len(found) < 200, "the pages never end"
    return found, page


def back(client: APIClient, page: dict[str, Any]) -> list[int]:
    """All that lies before a page, from the first row on."""
    found: list[int] = []
    while page["previous"]:
        page = client.get(page["previous"]).json()
        found = [case["id"] for case in page["results"]] + found
    return found


def sorted_by(order: str, wanted: set[int]) -> list[int]:
    """What has no value stands last, whichever way the rest runs."""
    name, falling = order.removeprefix("-"), order.startswith("-")
    rows = sorted(Case.objects.filter(pk__in=wanted), key=lambda case: case.pk, reverse=falling)
    filled = [case for case in rows if getattr(case, name) is not None]
    empty = [case for case in rows if getattr(case, name) is None]
    filled.sort(key=lambda case: getattr(case, name), reverse=falling)
    return [case.pk for case in (*filled, *empty)]


def test_a_cursor_belongs_to_its_order(many: list[Case], supervisor: APIClient) -> None:
    page = supervisor.get(f"{CASES}?ordering=received_on&page_size=2").json()
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]

    answer = supervisor.get(f"{CASES}?ordering=due_on&page_size=2&cursor={cursor}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])

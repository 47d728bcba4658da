"""Clocks through the API: which run out first, and what light they show on a day."""

import pytest
from rest_framework.test import APIClient

from casetrack.cases.models import Case, Deadline
from tests.api.conftest import World, log_dispute

pytestmark = pytest.mark.django_db

DEADLINES = "/api/v1/deadlines/"


def test_a_clock_says_its_last_day_its_article_and_its_light(dispute: Case, clerk: APIClient) -> None:
    (clock,) = clerk.get(f"{DEADLINES}?on=2024-04-02").json()["results"]

    assert clock["case"] == {"id": dispute.pk, "number": dispute.number}
    assert (clock["duty"], clock["act_by"], clock["light"]) == ("mediation.term", "2024-04-01", "overdue")
    assert "第三十三条" in clock["article"]


def test_a_clock_shows_one_light_on_each_day(dispute: Case, clerk: APIClient) -> None:
    clock = Deadline.objects.get(case=dispute)
    days = {"green": clock.counted_from, "yellow": clock.yellow_on, "red": clock.red_on}

    for light, day in days.items():
        shown = clerk.get(f"{DEADLINES}?on={day}&light={light}").json()["results"]
        assert [row["light"] for row in shown] == [light]
        assert clerk.get(f"{DEADLINES}?on={day}&light=overdue").json()["results"] == []


def test_today_is_meant_when_no_day_is_named(dispute: Case, clerk: APIClient) -> None:
    (clock,) = clerk.get(f"{DEADLINES}?light=overdue").json()["results"]

    assert clock["light"] == "overdue"


def test_the_first_to_run_out_come_first_page_by_page(world: World, supervisor: APIClient) -> None:
    days = [(5, 1), (3, 1), (3, 1), (4, 1), (3, 1)]
    for month, day in days:
        log_dispute(world.east, Deadline.counted_from.field.to_python(f"2024-{month:02}-{day:02}"))

    first = supervisor.get(f"{DEADLINES}?page_size=2").json()
    second = supervisor.get(first["next"]).json()
    third = supervisor.get(second["next"]).json()

    found = [clock["case"]["id"] for page in (first, second, third) for clock in page["results"]]
    assert len(set(found)) == 5
    assert [clock["counted_from"] for clock in second["results"]] == ["2024-03-01", "2024-04-01"]
    assert supervisor.get(third["previous"]).json()["results"] == second["results"]


def test_an_ended_clock_is_shown_with_its_case_only(dispute: Case, clerk: APIClient) -> None:
    clerk.post(
        f"/api/v1/cases/{dispute.pk}/events/",
        {"type": "agree", "occurred_on": "2024-03-20", "facts": {"agreement": "oral"}},
    )

    assert clerk.get(DEADLINES).json()["results"] == []
    clocks = {clock["duty"]: clock for clock in clerk.get(f"/api/v1/cases/{dispute.pk}/deadlines/").json()["results"]}
    ended = clocks["mediation.term"]
    assert (ended["ended_on"], ended["light"]) == ("2024-03-20", None)
    assert ended["receipt"]


def test_the_light_of_a_case_is_that_of_its_most_urgent_clock(dispute: Case, clerk: APIClient) -> None:
    assert clerk.get(f"/api/v1/cases/{dispute.pk}/").json()["light"] == "overdue"


@pytest.mark.parametrize("query", ["light=blue", "on=2024-4-2", "kind=quarrel", "under=9"])
def test_a_question_that_can_not_be_meant_is_refused(world: World, clerk: APIClient, query: str) -> None:
    answer = clerk.get(f"{DEADLINES}?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.partition("=")[0]])

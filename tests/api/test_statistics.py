"""Figures through the API: the command's, for the places and subjects that the caller may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from casetrack.stats.indicators import SUBJECTS
from tests.api.conftest import CITY, EAST, WEST, World, log_dispute

pytestmark = pytest.mark.django_db

YEAR = "from=2024-01-01&to=2024-12-31"


def figure(answer: Any, subject: str, measure: str, **dimensions: str) -> Any:
    wanted = (subject, measure, dimensions)
    return next(
        row["value"]
        for row in answer.json()["figures"]
        if (row["subject"], row["measure"], row["dimensions"]) == wanted
    )


def test_a_region_is_the_sum_of_what_lies_in_it(world: World, supervisor: APIClient) -> None:
    log_dispute(world.east)
    log_dispute(world.west)
    log_dispute(world.west)

    received = {
        region: figure(supervisor.get(f"/api/v1/statistics/?region={region}&{YEAR}"), "mediation", "received")
        for region in (EAST, WEST, CITY)
    }

    assert received == {EAST: 1, WEST: 2, CITY: 3}


def test_figures_are_broken_down_as_asked(world: World, supervisor: APIClient) -> None:
    log_dispute(world.east)

    answer = supervisor.get(f"/api/v1/statistics/?region={EAST}&{YEAR}&subject=mediation&by=category")

    assert {row["subject"] for row in answer.json()["figures"]} == {"mediation"}
    assert figure(answer, "mediation", "received", category="neighbour") == 1
    head = {name: answer.json()[name] for name in ("region", "from", "to", "as_of")}
    assert head == {"region": EAST, "from": "2024-01-01", "to": "2024-12-31", "as_of": "2024-12-31"}


def test_a_clerk_sees_the_figures_of_the_own_office_and_not_of_the_district(world: World, clerk: APIClient) -> None:
    log_dispute(world.east)

    own = clerk.get(f"/api/v1/statistics/?organization={world.east.pk}&{YEAR}")

    assert figure(own, "mediation", "received") == 1
    assert clerk.get(f"/api/v1/statistics/?region={EAST}&{YEAR}").status_code == 404
    assert clerk.get(f"/api/v1/statistics/?organization={world.west.pk}&{YEAR}").status_code == 404


def test_a_membership_for_some_kinds_counts_no_others(world: World, supervisor: APIClient) -> None:
    world.supervisor.memberships.update(kinds=["petition"])

    answer = supervisor.get(f"/api/v1/statistics/?region={CITY}&{YEAR}")

    assert {row["subject"] for row in answer.json()["figures"]} == {"petition", "organization", "training"}
    assert supervisor.get(f"/api/v1/statistics/?region={CITY}&{YEAR}&subject=mediation").status_code == 404


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (YEAR, "region"),
        (f"region={EAST}&to=2024-12-31", "from"),
        (f"region={EAST}&from=2024-01-01&to=昨天", "to"),
        (f"region={EAST}&from=0001-01-01&to=2024-12-31", "from"),
        (f"region={EAST}&from=2024-01-01&to=9999-12-31", "to"),
        (f"region=6&{YEAR}", "region"),
        (f"organization={10**30}&{YEAR}", "organization"),
        (f"region={EAST}&{YEAR}&subject=weather", "subject"),
        (f"region={EAST}&{YEAR}&by=category,outcome,agreement,difficult", "by"),
        (f"region={EAST}&{YEAR}&until=now", "until"),
    ],
)
def test_a_question_that_can_not_be_meant_names_its_parameter(
    world: World, supervisor: APIClient, query: str, named: str
) -> None:
    answer = supervisor.get(f"/api/v1/statistics/?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [named])


@pytest.mark.parametrize("wrong", ["from=2024-12-31&to=2024-01-01", f"{YEAR}&as_of=2023-01-01", f"{YEAR}&by=weather"])
def test_what_the_statistics_refuse_is_said_in_their_words(world: World, supervisor: APIClient, wrong: str) -> None:
    answer = supervisor.get(f"/api/v1/statistics/?region={EAST}&{wrong}")

    assert (answer.status_code, answer.json()["code"]) == (400, "statistics_refused")


def test_every_indicator_says_what_it_means(world: World, clerk: APIClient) -> None:
    page = clerk.get("/api/v1/indicators/").json()

    assert len(page["results"]) == sum(len(subject.indicators) for subject in SUBJECTS.values())
    received = next(row for row in page["results"] if (row["subject"], row["measure"]) == ("petition", "received"))
    assert received["definition"].endswith("。")


def test_for_the_public_small_counts_and_the_way_to_their_cases_are_withheld(
    world: World, supervisor: APIClient
) -> None:
    log_dispute(world.east)
    address = f"/api/v1/statistics/?region={EAST}&{YEAR}&subject=mediation&by=category"

    internal, public = supervisor.get(address), supervisor.get(f"{address}&audience=public")

    assert figure(internal, "mediation", "received", category="neighbour") == 1
    assert figure(public, "mediation", "received", category="neighbour") is None
    assert figure(public, "mediation", "received") == 1
    assert {row["cases"] for row in public.json()["figures"]} == {None}
    assert any(row.get("suppressed") for row in public.json()["figures"])
    assert not any(row.get("suppressed") for row in internal.json()["figures"])


def test_figures_and_their_cases_are_told_as_they_were_known_on_a_day(world: World, supervisor: APIClient) -> None:
    log_dispute(world.east)  # entered on 2024-06-01
    address = f"/api/v1/statistics/?region={EAST}&{YEAR}&subject=mediation"

    before, after = supervisor.get(f"{address}&known_on=2024-05-31"), supervisor.get(f"{address}&known_on=2024-06-01")

    assert (figure(before, "mediation", "received"), figure(after, "mediation", "received")) == (0, 1)
    assert after.json()["known_on"] == "2024-06-01"
    behind = [
        next(row["cases"] for row in answer.json()["figures"] if row["measure"] == "received")
        for answer in (before, after)
    ]
    listed = [supervisor.get(link).json() for link in behind]
    assert [(page["total"], len(page["results"])) for page in listed] == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    "address",
    [
        f"statistics/?region={EAST}&{YEAR}&subject=mediation",
        f"statistics/cases/?region={EAST}&{YEAR}&subject=mediation&measure=received",
        f"reports/draft/?region={EAST}&year=2024",
    ],
)
def test_what_will_be_known_on_a_day_to_come_is_refused(world: World, supervisor: APIClient, address: str) -> None:
    today = localdate()
    tomorrow = today + timedelta(days=1)

    refused, told = (supervisor.get(f"/api/v1/{address}&known_on={day}") for day in (tomorrow, today))

    assert (refused.status_code, told.status_code) == (400, 200)
    assert f"{tomorrow}晚于今天（{today}）" in refused.content.decode()


def test_the_registers_can_not_tell_what_was_known(world: World, supervisor: APIClient) -> None:
    address = f"/api/v1/statistics/?region={EAST}&{YEAR}&known_on=2024-06-01"

    asked, refused = supervisor.get(address), supervisor.get(f"{address}&subject=organization")

    assert {row["subject"] for row in asked.json()["figures"]}.isdisjoint({"organization", "training"})
    assert (refused.status_code, refused.json()["code"]) == (400, "statistics_refused")


def test_figures_are_compared_with_the_year_before(world: World, supervisor: APIClient) -> None:
    log_dispute(world.east)
    address = f"/api/v1/statistics/?region={EAST}&subject=mediation&from=2025-01-01&to=2025-12-31&compare=year"

    answer = supervisor.get(address).json()

    assert answer["compare"] == {"with": "year", "from": "2024-01-01", "to": "2024-12-31", "as_of": "2024-12-31"}
    received = next(row for row in answer["figures"] if row["measure"] == "received")
    compared = {name: received[name] for name in ("value", "base", "change", "change_percent", "comparable")}
    assert compared == {"value": 0, "base": 1, "change": -1, "change_percent": -100, "comparable": True}


def test_a_small_base_is_withheld_from_the_public_too(world: World, supervisor: APIClient) -> None:
    log_dispute(world.east)
    address = f"/api/v1/statistics/?region={EAST}&subject=mediation&by=category&from=2025-01-01&to=2025-12-31"

    answer = supervisor.get(f"{address}&compare=year&audience=public").json()

    wanted = ("received", {"category": "neighbour"})
    row = next(row for row in answer["figures"] if (row["measure"], row["dimensions"]) == wanted)
    assert (row["base"], row["change"], row["comparable"]) == (None, None, False)


def test_a_longer_period_has_no_month_before(world: World, supervisor: APIClient) -> None:
    answer = supervisor.get(f"/api/v1/statistics/?region={EAST}&{YEAR}&compare=month")

    assert (answer.status_code, answer.json()["code"]) == (400, "statistics_refused")


def test_the_catalogue_is_narrowed_by_subject_and_form(world: World, clerk: APIClient) -> None:
    page = clerk.get("/api/v1/indicators/?subject=petition&form=median").json()

    assert [(row["measure"], row["form"], row["dimensions"]) for row in page["results"]] == [
        ("median_days", "median", [])
    ]
    rates = clerk.get("/api/v1/indicators/?subject=mediation&form=rate").json()["results"]
    rate = next(row for row in rates if row["measure"] == "confirmation_rate_of_written")
    told = {name: rate[name] for name in ("numerator", "denominator", "decimals", "version", "since")}
    assert told == {
        "numerator": "经司法确认的书面协议数",
        "denominator": "书面协议数",
        "decimals": 1,
        "version": "司法确认率·按书面协议数·1",
        "since": "2011-01-01",
    }
    assert clerk.get("/api/v1/indicators/?form=rain").status_code == 400
    assert clerk.get("/api/v1/indicators/?colour=red").status_code == 400


def test_an_office_that_moved_is_counted_where_it_lies_on_request(world: World, supervisor: APIClient) -> None:
    log_dispute(world.east)
    world.east.region_id = WEST
    world.east.save()
    address = f"/api/v1/statistics/?region={WEST}&{YEAR}&subject=mediation"

    then, now = supervisor.get(address), supervisor.get(f"{address}&organized=now")

    assert (figure(then, "mediation", "received"), figure(now, "mediation", "received")) == (0, 1)
    row = next(row for row in now.json()["figures"] if row["measure"] == "received")
    assert supervisor.get(row["cases"]).json()["total"] == 1
    assert supervisor.get(f"{address}&organized=later").status_code == 400

"""What was entered since about closed months, and what it moved: pages, filters, and the same few queries for much."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import correct, open_case
from casetrack.organizations.models import Organization, OrganizationKind, Role
from casetrack.organizations.reported import keeping
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, NOW, WEST, World, log_dispute, member, sweeps_reported
from tests.api.test_query_counts import queries_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def closed(region: str, month: int, *, reason: str = "") -> Edition:
    while settle():
        pass
    first = date(2024, month, 1)
    return close(region=region, month=first, actor=None, now=NOW, without_confirmations="尚未实行", reason=reason)


def listed(client: APIClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/restatements/?{query}").json()["results"]
    return found


def test_each_closed_month_says_how_much_was_entered_since(world: World, dispute: Case, supervisor: APIClient) -> None:
    sweeps = sweeps_reported(world.east, 3)
    for month in (2, 3):
        closed(EAST, month)
    log_dispute(world.east, date(2024, 3, 20))  # an opening and a step
    change = {"value": Decimal(4)}
    keeping.correct(figure_id=sweeps.figure_id, changes=change, reason="漏计", actor=None, now=LATER)

    rows = listed(supervisor)

    told = [(row["month"], row["cases"], row["events"], row["values"]) for row in rows]
    assert told == [("2024-03", 1, 2, 1), ("2024-02", 0, 0, 0)]
    assert [row["last_at"] is None for row in rows] == [False, True]


def test_what_puts_right_an_event_of_the_month_concerns_it_whatever_day_it_now_has(
    world: World, dispute: Case, supervisor: APIClient
) -> None:
    closed(EAST, 3)
    accepted = dispute.events.get(step="accept")
    correct(event_id=accepted.pk, on=date(2024, 4, 2), facts={}, reason="日期有误", actor=None, now=LATER)

    assert [(row["cases"], row["events"]) for row in listed(supervisor)] == [(1, 1)]


def test_entries_about_old_days_and_corrections_are_found_each_once_and_what_concerns_later_days_is_not(
    world: World, dispute: Case, supervisor: APIClient
) -> None:
    april = log_dispute(world.east, date(2024, 4, 5))
    closed(EAST, 3)
    moved, later = dispute.events.get(step="accept"), april.events.get(step="accept")
    correct(event_id=moved.pk, on=date(2024, 4, 2), facts={}, reason="日期有误", actor=None, now=LATER)
    correct(event_id=later.pk, on=date(2024, 4, 9), facts={}, reason="日期有误", actor=None, now=LATER)
    log_dispute(world.east, date(2024, 3, 20))  # an opening and a step
    again = log_dispute(world.east, date(2024, 3, 21)).events.get(step="accept")
    correct(event_id=again.pk, on=date(2024, 3, 22), facts={}, reason="日期有误", actor=None, now=LATER)

    assert [(row["cases"], row["events"]) for row in listed(supervisor)] == [(3, 6)]


def test_months_are_chosen_by_subtree_period_and_subject_and_only_their_latest_edition_is_listed(
    world: World, dispute: Case, supervisor: APIClient
) -> None:
    for region in (EAST, WEST):
        for month in (2, 3):
            closed(region, month)
    closed(EAST, 3, reason="补录")
    log_dispute(world.east, date(2024, 3, 20))

    def months(query: str) -> list[tuple[str, str, int]]:
        return [(row["region"], row["month"], row["number"]) for row in listed(supervisor, query)]

    assert months(f"under={EAST[:6]}") == [(EAST, "2024-03", 2), (EAST, "2024-02", 1)]
    assert months(f"under={CITY}&from=2024-03&to=2024-12") == [(WEST, "2024-03", 1), (EAST, "2024-03", 2)]
    assert [row["events"] for row in listed(supervisor, f"under={EAST}&from=2024-03&subject=petition")] == [0]
    assert supervisor.get("/api/v1/restatements/?from=2024").status_code == 400


def test_pages_of_months_go_on_and_back_and_ask_the_same_few_queries(
    world: World, dispute: Case, supervisor: APIClient
) -> None:
    closed(EAST, 3)
    few = len(queries_of(supervisor, "/api/v1/restatements/"))
    for region in (EAST, WEST):
        closed(region, 2)
    closed(WEST, 3)
    log_dispute(world.west, date(2024, 2, 20))

    many = len(queries_of(supervisor, "/api/v1/restatements/"))
    first = supervisor.get("/api/v1/restatements/?page_size=3").json()
    second = supervisor.get(first["next"]).json()

    assert few == many
    assert [len(page["results"]) for page in (first, second)] == [3, 1]
    assert supervisor.get(second["previous"]).json()["results"] == first["results"]


def test_the_figures_of_an_edition_that_moved_are_paged_with_what_moved_them(
    world: World, dispute: Case, supervisor: APIClient
) -> None:
    edition = closed(EAST, 3)
    address = f"/api/v1/closings/{edition.pk}/restatement/"
    late, sweeps = log_dispute(world.east, date(2024, 3, 20)), sweeps_reported(world.east, 3)
    few = len(queries_of(supervisor, address))
    for number in range(4):
        log_dispute(world.east, date(2024, 3, 21 + number))
    change = {"value": Decimal(4)}
    keeping.correct(figure_id=sweeps.figure_id, changes=change, reason="漏计", actor=None, now=LATER)

    whole = supervisor.get(f"{address}?page_size=200").json()
    first = supervisor.get(f"{address}?page_size=2").json()
    second = supervisor.get(f"{first['next']}").json()

    assert len(queries_of(supervisor, address)) == few
    assert whole["next"] is None
    assert first["results"] + second["results"] == whole["results"][:4]
    assert supervisor.get(second["previous"]).json()["results"] == first["results"]
    by_name = {row["measure"]: row for row in whole["results"] if not row["dimensions"]}
    assert (by_name["received"]["published"]["value"], by_name["received"]["now"]["value"]) == (1.0, 6.0)
    assert by_name["received"]["cases"][0]["number"] == late.number
    assert by_name["received"]["cases_left_out"] == 0
    assert [entry["after"] for entry in by_name["sweeps"]["entries"]] == [4.0]


def test_more_cases_than_anyone_reads_are_counted(
    world: World, dispute: Case, supervisor: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.restatements.MOST_NAMED", 1)
    edition = closed(EAST, 3)
    for number in range(3):
        log_dispute(world.east, date(2024, 3, 21 + number))

    rows = supervisor.get(f"/api/v1/closings/{edition.pk}/restatement/?subject=mediation").json()["results"]

    received = next(row for row in rows if row["measure"] == "received" and not row["dimensions"])
    assert (len(received["cases"]), received["cases_left_out"]) == (1, 2)
    assert received["otherwise"] == {"counted": 0, "base": None}


def test_behind_a_stated_figure_are_its_entries_as_they_stood(
    world: World, dispute: Case, supervisor: APIClient
) -> None:
    sweeps = sweeps_reported(world.east, 3)
    edition = closed(EAST, 3)
    by = world.supervisor
    change = {"value": Decimal(4)}
    keeping.correct(figure_id=sweeps.figure_id, changes=change, reason="漏计", actor=by, now=LATER)

    shown = supervisor.get(f"/api/v1/closings/{edition.pk}/reported/?subject=mediation&measure=sweeps").json()

    assert (shown["value"], [row["value"] for row in shown["results"]]) == (3.0, [3.0])
    (later,) = shown["results"][0]["later"]
    assert (later["value"], later["reason"], later["entered_by"]) == (4.0, "漏计", "supervisor")


def test_the_entries_behind_a_figure_of_cases_are_refused(world: World, dispute: Case, supervisor: APIClient) -> None:
    edition = closed(EAST, 3)

    answer = supervisor.get(f"/api/v1/closings/{edition.pk}/reported/?subject=mediation&measure=received")

    assert (answer.status_code, answer.json()["code"]) == (400, "statistics_refused")


def test_who_deals_with_one_kind_hears_of_no_other(world: World, client_of: Callable[[User], APIClient]) -> None:
    petitions = client_of(member("petitions", Role.STATISTICIAN, region_id=EAST, kinds=["petition"]))
    closed(EAST, 3)
    log_dispute(world.east, date(2024, 3, 20))

    assert [row["events"] for row in listed(petitions)] == [0]


@pytest.mark.parametrize(("cleared", "events"), [(False, 0), (True, 1)])
def test_an_accusation_is_counted_among_what_came_for_those_cleared_alone(
    world: World, client_of: Callable[[User], APIClient], cleared: bool, events: int
) -> None:
    reader = client_of(member("reader", Role.STATISTICIAN, region_id=EAST, cleared=cleared))
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    closed(EAST, 3)
    letter = StepDraft("register", date(2024, 3, 20), {"channel": "letter", "purpose": "accusation"})
    draft = CaseDraft("petition", office, (letter,), (PartyDraft("petitioner", "周小梅"),))
    open_case(draft=draft, actor=None, now=NOW)

    assert [row["events"] for row in listed(reader)] == [events]

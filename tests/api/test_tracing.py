"""From a figure to the cases behind it, through the API."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.offices import change_office
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Organization, OrganizationKind, Role
from casetrack.stats import rollup
from casetrack.stats.forms import TraceForm
from casetrack.stats.indicators import SUBJECTS
from tests.api.conftest import CITY, EAST, NOW, WEST, World, log_dispute, member

pytestmark = pytest.mark.django_db

YEAR = "from=2024-01-01&to=2024-12-31"
STATISTICS, CASES = "/api/v1/statistics/", "/api/v1/statistics/cases/"


@pytest.fixture
def two_hearings(world: World) -> Case:
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区应诉机构", kind=OrganizationKind.LITIGATION_OFFICE
    )
    steps = (
        StepDraft("notice", date(2024, 2, 1), {"division": "administrative"}),
        StepDraft("hear", date(2024, 3, 1), {"attendance": 30}),
        StepDraft("hear", date(2024, 4, 1), {"attendance": 12}),
    )
    return open_case(draft=CaseDraft("litigation", office, steps), actor=None, now=NOW)


def figure(answer: Any, measure: str, **dimensions: str) -> Any:
    rows = answer.json()["figures"]
    return next(row for row in rows if (row["measure"], row["dimensions"]) == (measure, dimensions))


def shown(page: Any) -> tuple[int, list[tuple[int, int]]]:
    return page["total"], [(row["case"]["id"], row["counted"]) for row in page["results"]]


def test_every_figure_leads_to_its_cases(world: World, supervisor: APIClient) -> None:
    east, west = log_dispute(world.east), log_dispute(world.west)
    answer = supervisor.get(f"{STATISTICS}?region={CITY}&{YEAR}&subject=mediation&by=category")

    received = supervisor.get(figure(answer, "received")["cases"]).json()
    neighbours = supervisor.get(figure(answer, "received", category="neighbour")["cases"]).json()
    closed = supervisor.get(figure(answer, "closed")["cases"]).json()

    assert shown(received) == shown(neighbours) == (2, [(west.pk, 1), (east.pk, 1)])
    assert shown(closed) == (0, [])
    assert list(received) == ["next", "previous", "total", "unit", "results"]


def test_a_list_of_cases_is_the_one_that_lists_show(dispute: Case, supervisor: APIClient) -> None:
    behind = supervisor.get(f"{CASES}?region={EAST}&{YEAR}&subject=mediation&measure=received").json()

    assert [row["case"] for row in behind["results"]] == supervisor.get("/api/v1/cases/").json()["results"]


def test_a_rate_is_opened_by_its_parts(dispute: Case, supervisor: APIClient) -> None:
    answer = supervisor.get(f"{STATISTICS}?region={EAST}&{YEAR}&subject=mediation")
    link = figure(answer, "closure_rate")["cases"]

    assert shown(supervisor.get(link).json()) == (0, [])
    assert shown(supervisor.get(link.replace("numerator", "denominator")).json()) == (1, [(dispute.pk, 1)])
    refused = supervisor.get(link.replace("&part=numerator", ""))
    assert (refused.status_code, refused.json()["code"]) == (400, "statistics_refused")


def test_what_is_counted_more_than_once_in_a_case_is_said_beside_it(two_hearings: Case, supervisor: APIClient) -> None:
    rollup.settle()
    asked = f"{CASES}?region={EAST}&{YEAR}&subject=litigation"

    hearings = supervisor.get(f"{asked}&measure=hearings_attended").json()
    audience = supervisor.get(f"{asked}&measure=hearing_attendance").json()

    assert (shown(hearings), hearings["unit"]) == ((2, [(two_hearings.pk, 2)]), "次")
    assert (shown(audience), audience["unit"]) == ((42, [(two_hearings.pk, 42)]), "人")


def test_an_amount_is_listed_in_cents(world: World, supervisor: APIClient) -> None:
    case = log_dispute(world.east)
    case_address = f"/api/v1/cases/{case.pk}/events/"
    agree = {"type": "agree", "occurred_on": "2024-03-09", "facts": {"agreement": "written", "amount": 500_000}}
    assert supervisor.post(case_address, agree).status_code == 201

    page = supervisor.get(f"{CASES}?organization={world.east.pk}&{YEAR}&subject=mediation&measure=agreement_amount")

    assert (shown(page.json()), page.json()["unit"]) == ((500_000, [(case.pk, 500_000)]), "分")


def test_pages_of_cases_follow_one_another_and_each_has_the_whole_total(world: World, supervisor: APIClient) -> None:
    logged = [log_dispute(world.east).pk for _ in range(3)]

    first = supervisor.get(f"{CASES}?region={EAST}&{YEAR}&subject=mediation&measure=received&page_size=2").json()
    second = supervisor.get(first["next"]).json()

    assert shown(first) == (3, [(logged[2], 1), (logged[1], 1)])
    assert shown(second) == (3, [(logged[0], 1)])


def test_registers_have_no_cases_behind_them(world: World, supervisor: APIClient) -> None:
    answer = supervisor.get(f"{STATISTICS}?region={CITY}&{YEAR}&subject=organization")

    assert "/statistics/registers" in figure(answer, "mediation_committees")["cases"]
    refused = supervisor.get(f"{CASES}?region={CITY}&{YEAR}&subject=organization&measure=mediation_committees")
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "该指标取自名册，没有对应的案件；名册见 /statistics/registers/",
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("subject=mediation", "须填写指标"),
        ("subject=weather&measure=received", "没有“weather”这一统计主题"),
        ("subject=mediation&measure=rain", "没有“mediation.rain”这一指标"),
        ("subject=mediation&measure=received&channel=visit", "没有“channel”这一查询参数"),
        ("subject=mediation&measure=received&category=rain", "维度“category”没有“rain”这一取值"),
        ("subject=mediation&measure=received&outcome=agreed", "“收到”不按“outcome”分组"),
        ("subject=mediation&measure=received&part=half", "part"),
        ("subject=mediation&measure=received&as_of=2023-01-01", "截止日2023-01-01早于"),
    ],
)
def test_what_no_figure_is_given_for_has_no_list(world: World, supervisor: APIClient, query: str, said: str) -> None:
    answer = supervisor.get(f"{CASES}?region={EAST}&{YEAR}&{query}")

    assert answer.status_code == 400
    assert said in f"{answer.json()['detail']} {answer.json().get('errors')}"


def test_a_place_outside_the_scope_is_not_there(dispute: Case, clerk: APIClient) -> None:
    asked = f"{YEAR}&subject=mediation&measure=received"

    assert clerk.get(f"{CASES}?organization={dispute.organization_id}&{asked}").status_code == 200
    assert clerk.get(f"{CASES}?region={EAST}&{asked}").status_code == 404
    assert clerk.get(f"{CASES}?region={WEST}&{asked}").status_code == 404


def test_no_dimension_goes_by_the_name_of_another_parameter() -> None:
    form = TraceForm(today=date(2024, 6, 1))
    taken = {*(form.add_prefix(name) for name in form.fields), "cursor", "page_size"}

    assert not taken & {field.name for subject in SUBJECTS.values() for field in subject.dimensions}


def test_a_case_that_has_moved_away_counts_where_it_came_in_and_shows_nothing_there(
    world: World, supervisor: APIClient, client_of: Callable[[User], APIClient]
) -> None:
    case = log_dispute(world.east)
    move = {"region": WEST, "moved_on": date(2024, 5, 1)}
    change_office(organization_id=world.east.pk, changes=move, actor=None, now=NOW)
    asked = f"{CASES}?region={EAST}&{YEAR}&subject=mediation&measure=received"
    of_the_east = client_of(member("of-the-east", Role.SUPERVISOR, region_id=EAST))

    narrow, wide = of_the_east.get(asked).json(), supervisor.get(asked).json()

    assert (narrow["total"], narrow["results"]) == (1, [{"counted": 1, "case": None}])
    assert shown(wide) == (1, [(case.pk, 1)])
    assert of_the_east.get(f"/api/v1/cases/{case.pk}/").status_code == 404

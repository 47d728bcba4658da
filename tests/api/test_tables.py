"""/reports/tables/: official tables as the caller may see them, each number with its list, and as a file."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Organization, OrganizationKind, Role
from reports.tables.books import Wish, write
from tests.api.conftest import CITY, EAST, NOW, World, member, stated

pytestmark = pytest.mark.django_db
ADDRESS, MARCH = "/api/v1/reports/tables/", {"region": EAST, "month": "2024-03"}


@pytest.fixture
def petitions(world: World) -> Organization:
    """An appeal by letter and an accusation by visit."""
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    for channel, purpose in (("letter", "appeal"), ("visit", "accusation")):
        facts = {"channel": channel, "purpose": purpose, "matter": "反映的问题"}
        draft = CaseDraft("petition", office, (StepDraft("register", date(2024, 3, 1), facts),))
        open_case(draft=draft, actor=None, now=NOW)
    return office


def total(client: APIClient, name: str, **asked: Any) -> dict[str, dict[str, Any]]:
    """The cells of the line 合计 by their keys."""
    (table,) = client.get(f"{ADDRESS}{name}/", {**MARCH, **asked}).json()["tables"]
    (line,) = [line for line in table["lines"] if line["label"] == "合计"]
    return {cell["key"]: cell for cell in line["cells"]}


def test_every_number_leads_to_lists_that_add_up_to_it(petitions: Organization, supervisor: APIClient) -> None:
    cells = total(supervisor, "petitions")

    assert (cells["first"]["value"], cells["appeal_first"]["value"]) == (1, 1)
    for cell in cells.values():
        if cell["cases"] and cell["value"]:
            assert sum(supervisor.get(address).json()["total"] for address in cell["cases"]) == cell["value"]
    assert (cells["satisfaction_rate"]["value"], cells["satisfaction_rate"]["text"]) == (None, "—")


def test_accusations_are_counted_for_those_cleared_only(
    petitions: Organization, supervisor: APIClient, client_of: Callable[[User], APIClient]
) -> None:
    cleared = client_of(member("cleared", Role.SUPERVISOR, region_id=CITY, cleared=True))

    assert [total(client, "petitions")["received"]["value"] for client in (supervisor, cleared)] == [1, 2]
    told = [client.get(f"{ADDRESS}petitions/", MARCH).json()["left_out"] for client in (supervisor, cleared)]
    assert told == [True, False]


def test_the_file_is_the_one_that_the_command_writes(dispute: Case, supervisor: APIClient) -> None:
    answer: Any = supervisor.get(f"{ADDRESS}mediation_cases/file/", MARCH)

    assert b"".join(answer.streaming_content) == write(
        Wish(("mediation_cases",), EAST, date(2024, 3, 1), date(2024, 3, 31))
    )
    assert answer.headers["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_summary_of_a_month_has_its_four_tables(dispute: Case, supervisor: APIClient) -> None:
    tables = supervisor.get(f"{ADDRESS}monthly_summary/", MARCH).json()["tables"]

    assert [table["title"].removeprefix("月报：") for table in tables] == [
        *("收案与办结", "本年累计", "各月收到与办结", "组织、培训和报送事项")
    ]
    assert [len(table["lines"]) for table in tables] == [6, 6, 3, 2]


def test_what_bodies_state_in_place_of_cases_leads_to_their_entries(world: World, supervisor: APIClient) -> None:
    bureau = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区司法局", kind=OrganizationKind.JUSTICE_BUREAU
    )
    stated(bureau, "litigation", "received", 71, whole_region=True)

    (course, _, months, _) = supervisor.get(f"{ADDRESS}monthly_summary/", MARCH).json()["tables"]

    (line,) = [line for line in course["lines"] if line["label"] == "行政应诉"]
    (received,) = [cell for cell in line["cells"] if cell["key"] == "received"]
    assert received["value"] == 71
    assert [supervisor.get(address).json()["total"] for address in received["cases"]] == [71]
    assert "行政应诉" not in {check["place"] for check in course["checks"]}
    assert "行政应诉－收到" not in {check["place"] for check in months["checks"]}


def test_who_sees_one_kind_only_is_shown_its_table_and_no_other(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    client = client_of(member("reviewer", Role.SUPERVISOR, region_id=CITY, kinds=["petition"]))

    found = {
        name: client.get(f"{ADDRESS}{name}/", MARCH).status_code
        for name in ("petitions", "legal_aid", "monthly_summary")
    }

    assert found == {"petitions": 200, "legal_aid": 404, "monthly_summary": 404}


@pytest.mark.parametrize(
    ("name", "asked", "status"),
    [
        ("taxes", {"month": "2024-03"}, 404),
        ("petitions", {}, 400),
        ("petitions", {"month": "2024-03", "year": "2024"}, 400),
        ("petitions", {"from": "2024-03-01"}, 400),
        ("petitions", {"month": "2024-13"}, 400),
        ("petitions", {"year": "2999"}, 400),
        ("petitions", {"year": "2150"}, 400),
        ("monthly_summary", {"year": "2024"}, 400),
        ("petitions", {"from": "2024-03-01", "to": "2024-03-20"}, 200),
        ("petitions", {"from": "2024-03-20", "to": "2024-03-01"}, 400),
        ("petitions", {"from": "2024-03-01", "to": "2024-03-20", "as_of": "2024-02-01"}, 400),
        ("petitions", {"from": "1900-01-01", "to": "1900-03-20"}, 400),
        ("reconsiderations:of_2015", {"year": "2024"}, 200),
    ],
)
def test_what_can_not_be_meant_is_refused(
    world: World, supervisor: APIClient, name: str, asked: dict[str, str], status: int
) -> None:
    assert supervisor.get(f"{ADDRESS}{name}/", {"region": EAST, **asked}).status_code == status

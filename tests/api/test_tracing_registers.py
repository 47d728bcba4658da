"""From a figure of the registers to the committees, mediators and trainings behind it, through the API."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.offices import change_office
from casetrack.organizations.models import Mediator, Organization, Role, Training
from tests.api.conftest import CITY, EAST, NOW, WEST, World, member
from tests.api.test_tracing import STATISTICS, YEAR

pytestmark = pytest.mark.django_db

REGISTERS = "/api/v1/statistics/registers/"


@pytest.fixture
def registers(world: World, training: Training) -> None:
    Mediator.objects.create(organization=world.east, name="王敏", phone="13900001111", full_time=True)
    Mediator.objects.create(organization=world.west, name="李红")
    Mediator.objects.create(organization=world.west, name="张平", active_to=date(2024, 12, 31))
    Training.objects.create(region_id=WEST, held_on=date(2024, 9, 1), name="实务培训", attendance=12)
    Training.objects.create(region_id=WEST, held_on=date(2025, 1, 1), name="新年培训", attendance=7)


def listed(page: Any, register: str) -> tuple[int, list[tuple[str, int]]]:
    return page["total"], [(row[register]["name"], row["counted"]) for row in page["results"]]


@pytest.mark.usefixtures("registers")
def test_every_figure_of_the_registers_leads_to_its_entries(supervisor: APIClient) -> None:
    address = f"{STATISTICS}?region={CITY}&{YEAR}&subject=organization&subject=training&by=committee_kind"

    answers = supervisor.get(address).json()["figures"]

    assert len(answers) > 20
    for told in answers:
        page = supervisor.get(told["cases"]).json()
        added = sum(row["counted"] for row in page["results"])
        assert (told["value"], page["total"], page["unit"]) == (added, added, told["unit"])


@pytest.mark.usefixtures("registers")
def test_the_entries_are_those_that_lists_show(supervisor: APIClient) -> None:
    mediators, trainings = (
        supervisor.get(f"{REGISTERS}?region={CITY}&{YEAR}&subject={subject}&measure={measure}").json()
        for subject, measure in (("organization", "mediators"), ("training", "attendance"))
    )

    assert listed(mediators, "mediator") == (2, [("王敏", 1), ("李红", 1)])
    assert mediators["results"][0]["mediator"]["phone"] == "139****1111"
    assert listed(trainings, "training") == (42, [("业务培训", 30), ("实务培训", 12)])


@pytest.mark.usefixtures("registers")
def test_pages_of_entries_follow_one_another_and_each_has_the_whole_total(supervisor: APIClient) -> None:
    asked = f"{REGISTERS}?region={CITY}&{YEAR}&subject=organization&measure=mediators&page_size=1"

    first = supervisor.get(asked).json()
    second = supervisor.get(first["next"]).json()

    assert (listed(first, "mediator"), listed(second, "mediator")) == ((2, [("王敏", 1)]), (2, [("李红", 1)]))
    assert second["next"] is None


def test_a_committee_that_has_moved_away_counts_where_it_lay_that_day_and_shows_nothing_there(
    world: World, supervisor: APIClient, client_of: Callable[[User], APIClient]
) -> None:
    before = Organization.objects.committees_on(date(2024, 4, 30)).filter(region=EAST).count()
    move = {"region": WEST, "moved_on": date(2024, 5, 1)}
    change_office(organization_id=world.east.pk, changes=move, actor=None, now=NOW)
    april = "from=2024-04-01&to=2024-04-30"
    asked = f"{REGISTERS}?region={EAST}&{april}&subject=organization&measure=mediation_committees"
    of_the_east = client_of(member("of-the-east", Role.SUPERVISOR, region_id=EAST))

    narrow, wide = of_the_east.get(asked).json(), supervisor.get(asked).json()

    assert narrow["total"] == wide["total"] == before
    hidden = {"counted": 1, "organization": None, "mediator": None, "training": None}
    assert [row for row in narrow["results"] if row["organization"] is None] == [hidden]
    assert world.east.pk in [row["organization"]["id"] for row in wide["results"]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("subject=mediation&measure=received", "该指标不取自名册"),
        ("subject=mediation&measure=sweeps", "该指标不取自名册"),
        ("subject=organization&measure=rain", "没有“organization.rain”这一指标"),
        ("subject=organization&measure=mediators&known_on=2024-07-01", "不保存各次录入的历史"),
        ("subject=training&measure=sessions&committee_kind=village", "没有“committee_kind”这一查询参数"),
    ],
)
def test_what_is_in_no_register_is_refused(world: World, supervisor: APIClient, query: str, said: str) -> None:
    answer = supervisor.get(f"{REGISTERS}?region={EAST}&{YEAR}&{query}")

    assert answer.status_code == 400
    assert said in f"{answer.json()['detail']} {answer.json().get('errors')}"


def test_trainings_are_no_organizations(world: World, supervisor: APIClient) -> None:
    asked = f"organization={world.east.pk}&{YEAR}&subject=training&measure=sessions"

    answer = supervisor.get(f"{REGISTERS}?{asked}")

    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "“培训班”属于地区，不按机构统计，请改填地区（region）",
    )

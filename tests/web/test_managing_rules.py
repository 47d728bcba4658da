"""What runs by a rule, for those who keep registers, as far as their places and clearance open it."""

from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings

from casetrack.accounts.models import User
from casetrack.organizations.models import Organization, OrganizationKind, Role
from tests.api.conftest import CITY, EAST, World, member
from tests.cases.logging import log_dispute
from tests.web.cases import client_of, petition, text_of
from web.managing import law

ADDRESS = "/manage/rules/PM-TERM-GEN/"


@pytest.fixture
def boss(world: World, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_ROLES = []
    return member("boss", Role.ADMINISTRATOR, region_id=CITY)


def rule_page(user: User, address: str = ADDRESS, **query: str) -> Any:
    return client_of(user).get(address, query)


def test_a_rule_shows_its_versions_and_the_clocks_that_run_by_it_the_first_to_end_first(
    world: World, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law, "SIZE", 1)
    later, first = log_dispute(world.west, date(2024, 3, 8)), log_dispute(world.east, date(2024, 3, 1))

    page = rule_page(boss)
    behind = client_of(boss).get(page.context["next"])

    said = text_of(page)
    assert page.context["number"] == 2
    assert "适用2002-11-01起的规定" in said
    assert "“一个月”，人民调解工作若干规定第三十三条" in said
    assert first.number in said
    assert "2024-04-01" in said
    assert later.number not in said
    assert later.number in text_of(behind)
    assert behind.context["next"] is None
    assert ADDRESS in text_of(rule_page(boss, "/manage/rules/"))


def test_clocks_of_elsewhere_are_not_shown_and_what_is_no_rule_is_not_there(world: World, boss: User) -> None:
    case = log_dispute(world.east, date(2024, 3, 1))

    elsewhere = rule_page(world.outsider)

    assert (elsewhere.status_code, elsewhere.context["number"]) == (200, 0)
    assert case.number not in text_of(elsewhere)
    assert rule_page(world.clerk_east).status_code == 403
    assert rule_page(boss, "/manage/rules/NO-SUCH-RULE/").status_code == 404
    assert rule_page(boss, cursor="made-up").status_code == 400


def test_an_accusation_is_counted_for_those_cleared_alone(world: World, boss: User) -> None:
    bureau = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    accusation = petition(bureau, purpose="accusation", intake="direct")
    cleared = member("cleared", Role.ADMINISTRATOR, region_id=CITY, cleared=True)
    clock = accusation.deadlines.get(ended_on=None, whose="office")
    address = f"/manage/rules/{clock.rule}/"

    numbers = [rule_page(user, address).context["number"] for user in (boss, cleared)]

    assert numbers == [0, 1]
    assert accusation.number not in text_of(rule_page(boss, address))
    assert accusation.number in text_of(rule_page(cleared, address))

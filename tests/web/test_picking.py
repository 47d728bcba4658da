"""Regions, organizations and people are picked by part of their names, in one's own scope, with scripts or without."""

import re
from html import unescape

import pytest
from django.conf import LazySettings
from django.test import Client

from casetrack.accounts.models import User
from casetrack.cases.offices import change_office
from casetrack.organizations.models import Organization, Region, Role
from tests.api.conftest import CITY, EAST, FAR, NOW, World, committee, member
from tests.web.cases import client_of

NEW = "/manage/organizations/new/"
ROOM = {"name": "社棠镇张梅调解室", "kind": "mediation_room"}


@pytest.fixture
def boss(world: World, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_ROLES = []
    return member("boss", Role.ADMINISTRATOR, region_id=CITY)


@pytest.fixture
def client(boss: User) -> Client:
    return client_of(boss)


def suggested(client: Client, sort: str, text: str) -> list[str]:
    answer = client.get(f"/manage/suggestions/{sort}/", {"named": "it", "it": text})
    assert answer.status_code == 200
    return re.findall(r'value="([^"]*)"', unescape(answer.content.decode()))


def test_what_is_suggested_lies_in_ones_own_scope_the_nearest_name_first(client: Client, world: World) -> None:
    Region.objects.create(code="620503100000", name="天水市麦积区社棠镇", level="township", parent_id=EAST)
    east, west = (f"{each.name}（{each.pk}）" for each in (world.east, world.west))

    city, town = f"天水市（{CITY}）", "天水市麦积区社棠镇（620503100000）"

    assert suggested(client, "regions", "天水") == [city, town]
    assert suggested(client, "regions", "6205") == [city, "秦州区（620502000000）", f"麦积区（{EAST}）", town]
    assert suggested(client, "regions", "北京") == []
    assert suggested(client, "organizations", "街道") == [east, west]
    assert suggested(client, "committees", "大城") == [west]
    assert [suggested(client, "organizations", text) for text in ("", "  ", "%", "_", "'", "天\0", east)] == [[]] * 7


def test_no_more_than_twenty_are_suggested(client: Client) -> None:
    for number in range(25):
        committee(f"社棠镇第{number}调委会", EAST)

    assert len(suggested(client, "organizations", "社棠")) == 20


def test_who_keeps_no_register_is_suggested_nothing(client: Client, world: World) -> None:
    clerk, far = client_of(world.clerk_east), client_of(world.outsider)

    assert clerk.get("/manage/suggestions/regions/").status_code == 403
    assert client.get("/manage/suggestions/people/").status_code == 403, "people are for those who check them"
    assert client.get("/manage/suggestions/secrets/").status_code == 404
    assert suggested(far, "organizations", "街道") == []


def test_a_part_of_a_name_is_enough_where_only_one_has_it(client: Client, world: World) -> None:
    client.post(NEW, {**ROOM, "region": "麦积", "parent": "道北"})

    made = Organization.objects.get(name=ROOM["name"])
    assert (made.region_id, made.parent) == (EAST, world.east)


def test_several_of_a_name_are_offered_in_a_list(client: Client, world: World) -> None:
    page = unescape(client.post(NEW, {**ROOM, "region": "区", "parent": "没有这个"}).content.decode())

    assert f'<option value="麦积区（{EAST}）">甘肃省天水市麦积区 麦积区（{EAST}）</option>' in page
    assert "有多个名称含“区”的地区，请从列表中选择一个" in page
    assert "在您的管辖范围内没有名称含“没有这个”的调委会" in page
    assert client.post(NEW, {**ROOM, "region": f"麦积区（{EAST}）", "parent": "9" * 19}).status_code == 400
    assert client.post(NEW, {**ROOM, "region": "12345"}).status_code == 400
    assert client.post(NEW, {**ROOM, "region": f"北京市（{FAR}）"}).status_code == 403
    assert client.post(NEW, {**ROOM, "region": f"麦积区（{EAST}）"}).status_code == 302


def test_the_audit_log_is_asked_by_the_name_of_a_person(boss: User, world: World) -> None:
    User.objects.filter(pk=boss.pk).update(display_name="张建国")
    User.objects.filter(pk=world.clerk_east.pk).update(display_name="张建军")
    auditor = client_of(member("auditor", Role.AUDITOR, region_id=CITY))
    for office, actor in ((world.east, boss), (world.west, world.supervisor)):
        change_office(organization_id=office.pk, changes={"name": f"{office.name}会"}, actor=actor, now=NOW)

    asked = ("建国", "建", "王五", "boss", f"张建国（{boss.pk}）", str(boss.pk))
    answers = {text: auditor.get("/manage/audit/", {"actor": text}) for text in asked}
    found = {text: unescape(answer.content.decode()) for text, answer in answers.items()}

    assert [page.count('data-label="操作人"') for page in found.values()] == [1, 0, 0, 1, 1, 1]
    assert "有多个名称含“建”的账号" in found["建"]
    assert "没有名称含“王五”的账号" in found["王五"]
    assert suggested(auditor, "people", "张建") == [f"张建军（{world.clerk_east.pk}）", f"张建国（{boss.pk}）"]
    assert suggested(auditor, "people", "outsider") == []

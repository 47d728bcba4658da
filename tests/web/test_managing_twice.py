"""Forms of administration sent twice, sent late, or refused: nothing is done twice, and nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from casetrack.accounts.models import Action, AuditEntry, IdempotencyKey, User
from casetrack.cases.offices import change_office
from casetrack.organizations.models import Organization, Role
from tests.api.conftest import CITY, EAST, FAR, NOW, World, member
from tests.web.cases import client_of

TOKEN = "5f0c5a80-0000-4000-8000-000000000002"
LATER = "5f0c5a80-0000-4000-8000-000000000003"
NEW = {"token": TOKEN, "username": "li-hua", "full_name": "李华", "role": "handler", "region": EAST}
PASSWORD = re.compile(r"user-select-all\">([^<]+)<")
GONE = "当时的一次性密码不能再次显示"


@pytest.fixture
def boss(world: World, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_ROLES = []
    return member("boss", Role.ADMINISTRATOR, region_id=CITY)


@pytest.fixture
def client(boss: User) -> Client:
    return client_of(boss)


def sent(client: Client, address: str, said: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(address, said)
    return answer.status_code, unescape(answer.content.decode())


def test_a_double_click_opens_one_account_and_shows_its_password_both_times(client: Client) -> None:
    (first, page), (second, again) = (sent(client, "/manage/users/new/", NEW) for _ in range(2))

    shown = [PASSWORD.findall(each) for each in (page, again)]
    assert (first, second, shown[0]) == (201, 201, shown[1])
    assert User.objects.get(username="li-hua").check_password(shown[0][0])
    assert sent(client, "/manage/users/new/", {**NEW, "full_name": "李花"})[0] == 409
    assert User.objects.filter(username="li-hua").count() == 1


def test_a_double_click_resets_a_password_once(client: Client, world: World) -> None:
    address = f"/manage/users/{world.clerk_east.pk}/one-time-password/"

    pages = [sent(client, address, {"token": TOKEN})[1] for _ in range(2)]

    shown = [PASSWORD.findall(page)[0] for page in pages]
    assert shown[0] == shown[1]
    assert AuditEntry.objects.filter(action=Action.PASSWORD_RESET).count() == 1
    assert User.objects.get(pk=world.clerk_east.pk).check_password(shown[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(body, 'escape') || headers::text FROM api_idempotencykey")
        kept = str(cursor.fetchall())
    assert shown[0] not in kept
    assert f"/manage/users/{world.clerk_east.pk}/" in kept


def test_a_password_that_was_replaced_or_is_old_is_not_shown_again(client: Client, world: World) -> None:
    address = f"/manage/users/{world.clerk_east.pk}/one-time-password/"
    sent(client, address, {"token": TOKEN})
    sent(client, address, {})

    replaced = sent(client, address, {"token": TOKEN})[1]
    opened = sent(client, "/manage/users/new/", {**NEW, "token": LATER})[1]
    first = IdempotencyKey.objects.filter(key=f"page:{LATER}")
    first.update(created_at=first.get().created_at - timedelta(minutes=6))
    old = sent(client, "/manage/users/new/", {**NEW, "token": LATER})[1]

    assert [GONE in page for page in (replaced, opened, old)] == [True, False, True]
    assert [len(PASSWORD.findall(page)) for page in (replaced, opened, old)] == [0, 1, 0]


def test_the_second_click_on_taking_back_a_post_leads_to_the_account(client: Client, world: World) -> None:
    one = f"/manage/users/{world.clerk_east.pk}/"
    client.post(f"{one}memberships/", {"role": "statistician", "region": EAST})
    post = world.clerk_east.memberships.get(role="statistician")
    taking = {"token": TOKEN, "take_back": "1"}

    answers = [client.post(f"{one}memberships/{post.pk}/", taking) for _ in range(2)]

    assert [(each.status_code, each["Location"]) for each in answers] == [(302, one)] * 2
    assert client.post(f"{one}memberships/{post.pk}/", {"take_back": "1"}).status_code == 404


def test_what_was_typed_comes_back_beside_the_refusal(client: Client, boss: User, world: World) -> None:
    office = f"/manage/organizations/{world.east.pk}/"
    new = {"name": "<b>社棠镇调委会", "kind": "mediation_committee", "committee_kind": "township", "region": FAR}
    version = re.findall(r'name="version" value="([^"]+)"', client.get(office).content.decode())[0]
    change_office(organization_id=world.east.pk, changes={"name": "道北调委会"}, actor=boss, now=NOW)
    typed = {"name": "道北街道调委会", "committee_kind": "township", "region": EAST, "version": version}

    elsewhere = sent(client, "/manage/organizations/new/", new)
    stale = sent(client, office, typed)
    moved = sent(client, office, {**typed, "region": FAR, "moved_on": "2024-01-01"})
    unnamed = sent(client, f"/manage/users/{world.clerk_east.pk}/", {"full_name": "长" * 65, "version": ""})

    assert (elsewhere[0], stale[0], moved[0], unnamed[0]) == (403, 409, 403, 400)
    assert 'value="<b>社棠镇调委会"' in elsewhere[1]
    assert "您不能维护这一地区的名册" in elsewhere[1]
    assert 'value="道北街道调委会"' in stale[1]
    assert "现为：名称“道北调委会”；" in stale[1]
    assert "长" * 65 in unnamed[1]
    assert Organization.objects.get(pk=world.east.pk).name == "道北调委会"

"""The registers of mediators and trainings as pages: entered once, changed as they were seen, by who keeps them."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from casetrack.accounts.models import AuditEntry, User
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Mediator, Training
from tests.api.conftest import CITY, EAST, FAR, World, member
from tests.web.cases import client_of

TOKEN = "0b7a2f5e-5d3c-4b43-9a53-1f2f0f0a0002"


@pytest.fixture
def boss(world: World, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_ROLES = []
    return member("boss", Role.ADMINISTRATOR, region_id=CITY)


@pytest.fixture
def mediator(world: World) -> Mediator:
    return Mediator.objects.create(organization=world.east, name="王五", phone="13812341234", phone_index="x")


@pytest.fixture
def training(world: World) -> Training:
    return Training.objects.create(region_id=EAST, held_on=date(2024, 3, 8), name="春季培训", attendance=30)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def said(**changed: str) -> dict[str, Any]:
    """What a browser sends of a mediator that is there, its empty telephone among them."""
    return {"name": "王五", "sex": "", "education": "", "phone": "", "active_from": "", "active_to": "", **changed}


def test_a_mediator_is_entered_once_by_part_of_the_name_of_the_committee(world: World, boss: User) -> None:
    client, form = (
        client_of(boss),
        {"organization": "道北街道", **said(name="赵六", phone="13912345678"), "token": TOKEN},
    )

    first, again = (client.post("/manage/mediators/new/", form) for _ in range(2))

    made = Mediator.objects.get()
    assert (made.organization, made.name, made.phone) == (world.east, "赵六", "13912345678")
    assert first["Location"] == again["Location"] == f"/manage/mediators/?organization={world.east.pk}"
    listed = page(client, first["Location"])
    assert "赵六" in listed
    assert "13912345678" not in listed


def test_a_mediator_is_changed_and_their_telephone_kept_where_nothing_is_said_of_it(
    boss: User, mediator: Mediator
) -> None:
    client, address = client_of(boss), f"/manage/mediators/{mediator.pk}/"

    shown = page(client, address)
    client.post(address, said(full_time="on", active_to="2024-06-30"))
    stale = client.post(address, said(name="王武", version="0" * 64))
    masked = client.post(address, said(phone="138****1234"))

    mediator.refresh_from_db()
    assert "138****1234" in shown
    assert "13812341234" not in shown
    assert (mediator.full_time, mediator.active_to, mediator.phone) == (True, date(2024, 6, 30), "13812341234")
    assert (stale.status_code, masked.status_code) == (409, 409)
    assert "王武" in stale.content.decode(), "what was typed stays"
    assert "现为：姓名“王五”" in unescape(stale.content.decode())
    assert "含有星号" in masked.content.decode()
    assert AuditEntry.objects.filter(actor=boss).count() == 1


def test_a_telephone_is_taken_out_only_when_that_is_said(boss: User, mediator: Mediator) -> None:
    client, address = client_of(boss), f"/manage/mediators/{mediator.pk}/"

    both = client.post(address, said(phone="13912345678", no_phone="on"))
    client.post(address, said(no_phone="on"))

    mediator.refresh_from_db()
    assert both.status_code == 400
    assert (mediator.phone, mediator.phone_index) == ("", "")
    assert "删去已登记的电话" not in page(client, address)


def test_a_training_is_entered_and_changed(boss: User, training: Training) -> None:
    client = client_of(boss)
    held = {
        "region": "麦积",
        "held_on": "2024-05-06",
        "name": "调解技能",
        "attendance": "45",
        "organizer": "麦积区司法局",
    }

    client.post("/manage/trainings/new/", held)
    future = client.post("/manage/trainings/new/", {**held, "held_on": "2999-01-01"})
    ancient = client.post("/manage/trainings/new/", {**held, "held_on": "0001-01-01"})
    client.post(f"/manage/trainings/{training.pk}/", {**held, "held_on": "2024-03-08", "name": "春季培训"})

    assert list(Training.objects.order_by("held_on").values_list("name", "attendance")) == [
        ("春季培训", 45),
        ("调解技能", 45),
    ]
    assert future.status_code == 409
    assert "晚于今天" in future.content.decode()
    assert "请核对年份" in ancient.content.decode()
    assert "调解技能" in page(client, "/manage/trainings/?search=麦积区司法局")


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/manage/mediators/new/", {"organization": "没有的", "name": "赵六"}),
        ("/manage/mediators/new/", {"organization": "1", "name": ""}),
        ("/manage/trainings/new/", {"region": FAR, "held_on": "2024-05-06", "name": "x", "attendance": "1"}),
        ("/manage/trainings/new/", {"region": EAST, "held_on": "五月", "name": "x", "attendance": "-1"}),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_kept(boss: User, address: str, wrong: dict[str, str]) -> None:
    answer = client_of(boss).post(address, wrong)

    assert answer.status_code == 400
    assert "is-invalid" in answer.content.decode()
    assert not Mediator.objects.exists()
    assert not Training.objects.exists()


def test_the_registers_of_others_are_not_there(world: World, mediator: Mediator, training: Training) -> None:
    for address in (f"/manage/mediators/{mediator.pk}/", f"/manage/trainings/{training.pk}/"):
        assert client_of(world.outsider).get(address).status_code == 404
        assert client_of(world.outsider).post(address, said()).status_code == 404
        assert client_of(world.clerk_east).get(address).status_code == 403
    assert "王五" not in page(client_of(world.outsider), "/manage/mediators/")
    assert "春季培训" not in page(client_of(world.outsider), "/manage/trainings/")

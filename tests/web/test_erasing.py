"""The page on which personal data are erased: asked for by one, carried out by another, seen by nobody else."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from casetrack.accounts.models import User
from casetrack.cases.models import Case, Erasure
from casetrack.lib.masking import ERASED
from casetrack.organizations.choices import Role
from tests.api.conftest import CITY, World, dispute, log_dispute, member, world
from tests.cases.logging import take
from tests.web.cases import client_of, text_of

__all__ = ["dispute", "world"]
pytestmark = pytest.mark.django_db
ORDER = {"what": "case", "ground": "ordered", "reason": "依市网信办第12号决定"}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Any) -> None:
    settings.DATA_DIR, settings.SECOND_FACTOR_ROLES = tmp_path, []


@pytest.fixture
def admin(world: World) -> User:
    return member("admin", Role.ADMINISTRATOR, region_id=CITY)


@pytest.fixture
def closed(dispute: Case) -> Case:
    take(dispute, "withdraw", date(2024, 3, 9))
    return dispute


def test_one_asks_and_another_carries_it_out(world: World, closed: Case, admin: User) -> None:
    address, boss, other = f"/cases/{closed.pk}/erasure/", client_of(world.supervisor), client_of(admin)
    assert "依法删除个人信息" in text_of(boss.get(f"/cases/{closed.pk}/"))

    assert boss.post(address, ORDER).status_code == 302
    wish = Erasure.objects.get()
    own = boss.post(f"{address}{wish.pk}/carry-out/", {"checked": "on"})
    hasty = other.post(f"{address}{wish.pk}/carry-out/", {})
    done = other.post(f"{address}{wish.pk}/carry-out/", {"checked": "on"})
    again = other.post(f"{address}{wish.pk}/carry-out/", {"checked": "on"})

    assert (own.status_code, hasty.status_code, done.status_code, again.status_code) == (409, 422, 302, 409)
    assert "提出的人不能自己核准" in text_of(own)
    shown = text_of(client_of(world.clerk_east).get(f"/cases/{closed.pk}/"))
    assert ERASED in shown
    assert "张*" not in shown
    assert "不再登记任何内容" in shown
    page = text_of(other.get(address))
    assert "当事人2名" in page
    assert "提出，待另一人核准" not in page


def test_pages_that_were_open_before_are_told_that_all_is_gone(world: World, closed: Case, admin: User) -> None:
    """Whoever comes back to one of them sends what it offered."""
    client_of(world.supervisor).post(f"/cases/{closed.pk}/erasure/", ORDER)
    client_of(admin).post(f"/cases/{closed.pk}/erasure/{Erasure.objects.get().pk}/carry-out/", {"checked": "on"})
    clerk, address = client_of(world.clerk_east), f"/cases/{closed.pk}"
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 ")

    answers = [
        clerk.get(f"{address}/papers/"),
        clerk.post(f"{address}/papers/mediation_agreement/"),
        clerk.post(f"{address}/attachments/", {"file": file, "sort": "evidence"}),
        clerk.post(f"{address}/query-code/"),
    ]

    for answer in answers:
        assert (answer.status_code, "不再登记任何内容" in text_of(answer)) == (409, True), answer.request["PATH_INFO"]


def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(world: World, dispute: Case) -> None:
    client, address = client_of(world.supervisor), f"/cases/{dispute.pk}/erasure/"

    still_open = client.post(address, ORDER | {"reason": "<b>依决定删除</b>"})
    nothing = client.post(address, {})
    foreign = client.post(address, ORDER | {"what": "999999"})
    long = client.post(address, ORDER | {"reason": "长" * 501})

    assert [each.status_code for each in (still_open, nothing, foreign, long)] == [409, 422, 422, 422]
    assert "尚未办结，不能删除全案的个人信息" in text_of(still_open)
    assert "&lt;b&gt;依决定删除&lt;/b&gt;" in text_of(still_open)
    assert "请说明理由和依据" in text_of(nothing)
    assert "最多500字" in text_of(long)
    assert not Erasure.objects.exists()


def test_it_is_withdrawn_by_whoever_asked(world: World, closed: Case) -> None:
    client, address = client_of(world.supervisor), f"/cases/{closed.pk}/erasure/"
    client.post(address, ORDER)
    wish = Erasure.objects.get()
    elsewhere = log_dispute(world.west)

    crossed = client.post(f"/cases/{elsewhere.pk}/erasure/{wish.pk}/end/")
    assert client.post(f"{address}{wish.pk}/end/").status_code == 302

    wish.refresh_from_db()
    assert (wish.state, crossed.status_code) == ("withdrawn", 404)


def test_nobody_else_is_let_in(world: World, closed: Case) -> None:
    client_of(world.supervisor).post(f"/cases/{closed.pk}/erasure/", ORDER)
    wish = Erasure.objects.get()
    addresses = [f"/cases/{closed.pk}/erasure/{more}" for more in ("", f"{wish.pk}/carry-out/", f"{wish.pk}/end/")]

    answers = {
        who: [client_of(user).post(address, ORDER | {"checked": "on"}).status_code for address in addresses]
        for who, user in {"outsider": world.outsider, "west": world.clerk_west, "clerk": world.clerk_east}.items()
    }

    assert answers == {"outsider": [404] * 3, "west": [404] * 3, "clerk": [403] * 3}
    assert client_of(world.outsider).get(addresses[0]).status_code == 404
    assert Erasure.objects.get().state == "asked"

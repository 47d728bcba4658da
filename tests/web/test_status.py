"""The public page: state and dates for the right code, one constant answer for all others, and no guessing."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casetrack.accounts.models import User
from casetrack.cases.models import Case, QueryCode
from casetrack.cases.query_codes import issue_query_code
from tests.api.conftest import World
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of, dispute
from tests.web.conftest import PHONE

WRONG = "没有可以查询的案件"


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def case(world: World) -> Case:
    return dispute(world.east)


def asked(code: str) -> str:
    return Client().post("/status/", {"code": code}).content.decode()


def test_a_person_asks_on_a_phone_with_the_code_of_the_slip(
    context: BrowserContext, page_of: Callable[[User], Page], world: World, case: Case
) -> None:
    clerk = page_of(world.clerk_east)
    clerk.goto(f"/cases/{case.pk}/query-code/")
    clerk.get_by_role("button", name="生成查询码").click()
    picture(clerk, "query-code-slip")
    assert barriers(clerk) == []
    code = clerk.locator(".code").inner_text()
    context.clear_cookies()

    person = context.new_page()
    person.set_viewport_size(PHONE)
    person.goto("/status/")
    person.get_by_label("查询码").fill(code.lower())
    person.get_by_role("button", name="查询").click()
    picture(person, "status")

    expect(person.get_by_role("status")).to_contain_text("已受理")
    assert person.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(person) == []


def test_nothing_but_state_and_dates_is_told(case: Case) -> None:
    code = issue_query_code(case_id=case.pk, actor=None, now=timezone.now()).code

    told = asked(code)

    assert f"{timezone.localdate():%Y年}" in told
    for hidden in ("张三", "排水沟", "道北", case.number, "人民调解", str(case.pk) + "/", code):
        assert hidden not in told


def test_wrong_codes_are_answered_alike_and_count(case: Case) -> None:
    code = issue_query_code(case_id=case.pk, actor=None, now=timezone.now()).code
    for _ in range(40):
        assert "已受理" in asked(code)  # the right one never counts

    answers = [Client().post("/status/", {"code": f"WRNG-{n:04}-AAAA"}) for n in range(30)]

    assert {answer.status_code for answer in answers} == {200}
    assert all(WRONG in answer.content.decode() for answer in answers)
    stopped = Client().post("/status/", {"code": code})
    assert stopped.status_code == 429
    assert "已受理" not in stopped.content.decode()
    elsewhere = Client(REMOTE_ADDR="203.0.113.7").post("/status/", {"code": code})
    assert "已受理" in elsewhere.content.decode()


def test_what_is_typed_wrongly_is_told(case: Case) -> None:
    assert "请填写受理凭证上的查询码" in asked("")
    assert "空字符" in asked("\0")
    assert "no-store" in Client().get("/status/").headers["Cache-Control"]


def test_slips_are_for_those_who_handle_the_case(world: World, case: Case) -> None:
    address = f"/cases/{case.pk}/query-code/"

    for stranger in (world.clerk_west, world.outsider):
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).post(address).status_code == 404
    assert client_of(world.statistician).post(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of(world.clerk_east).get(f"/cases/{10**30}/query-code/").status_code == 404
    assert not QueryCode.objects.exists()


def test_a_lost_slip_is_replaced(world: World, case: Case) -> None:
    old = issue_query_code(case_id=case.pk, actor=None, now=timezone.now()).code

    client_of(world.clerk_east).post(f"/cases/{case.pk}/query-code/", {"replace": "1"})

    assert WRONG in asked(old)
    assert "已受理" in asked(QueryCode.objects.get().code)

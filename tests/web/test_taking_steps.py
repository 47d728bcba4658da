"""The next step of a case on a page, and the correction of what was logged."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import advance
from tests.api.conftest import World, dispute
from tests.web.browsing import barriers, picture
from tests.web.conftest import PHONE
from tests.web.forms import logged_in

__all__ = ["dispute"]


def agree(case: Case, **changed: str) -> dict[str, str]:
    """What a browser sends to log that the parties came to terms."""
    return {"version": str(case.version), "occurred_on": "2024-03-10", "agreement": "written", "amount": "", **changed}


def address(case: Case, step: str = "agree") -> str:
    return f"/cases/{case.pk}/steps/{step}/"


def test_a_clerk_takes_the_next_step_and_corrects_it_on_a_telephone(
    page_of: Callable[[User], Page], world: World, dispute: Case
) -> None:
    page = page_of(world.clerk_east)
    page.set_viewport_size(PHONE)
    page.goto(address(dispute))
    picture(page, "case-step-phone")
    assert barriers(page) == []

    page.get_by_label("达成协议日期").fill("2024-03-10")
    page.get_by_label("协议形式").select_option(label="书面协议")
    page.get_by_label("协议涉及金额（元）").fill("1234.5")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/cases/{dispute.pk}/")
    event = dispute.events.get(step="agree")
    assert (event.occurred_on, event.facts) == (date(2024, 3, 10), {"agreement": "written", "amount": 123450})

    page.get_by_role("link", name="更正达成协议").click()
    picture(page, "case-correct-phone")
    assert barriers(page) == []
    expect(page.get_by_label("协议涉及金额（元）")).to_have_value("1234.5")
    page.get_by_label("协议涉及金额（元）").fill("2000")
    page.get_by_label("更正理由").fill("金额误录")
    page.get_by_role("button", name="保存更正").click()

    page.wait_for_url(f"**/cases/{dispute.pk}/")
    corrected = dispute.events.get(replaces=event)
    assert (corrected.facts["amount"], corrected.reason) == (200000, "金额误录")
    page.goto(address(dispute))  # by an old address: without a form, no script looks for one
    expect(page.get_by_role("alert")).to_contain_text("不能“达成协议”")


def test_what_others_did_meanwhile_is_told_and_nothing_overwritten(world: World, dispute: Case) -> None:
    client, sent = logged_in(world.clerk_east), agree(dispute)
    session = StepDraft("session", date(2024, 3, 9), {"session_mode": "phone"})
    advance(case_id=dispute.pk, draft=session, actor=world.supervisor, now=timezone.now())

    told = client.post(address(dispute), sent)
    again = client.post(address(dispute), {**sent, "version": "3"})

    page = told.content.decode()
    assert told.status_code == 409
    assert "2024-03-09 调解会，supervisor于" in page
    assert '<input type="hidden" name="version" value="3">' in page
    assert 'value="2024-03-10"' in page
    assert again.status_code == 302
    assert dispute.events.filter(step="agree").count() == 1


@pytest.mark.parametrize(
    ("changed", "status", "message"),
    [
        ({"occurred_on": "2024-02-01"}, 409, "早于"),
        ({"agreement": ""}, 422, "“达成协议”须填写“协议形式”"),
        ({"effective_on": "2024-04-01"}, 409, "尚未生效"),
    ],
    ids=["too early", "fact missing", "not ripe"],
)
def test_a_step_that_is_refused_says_why(
    world: World, dispute: Case, changed: dict[str, str], status: int, message: str
) -> None:
    answer = logged_in(world.clerk_east).post(address(dispute), agree(dispute, **changed))

    assert answer.status_code == status
    assert message in answer.content.decode()
    assert not dispute.events.filter(step="agree").exists()


def test_a_step_that_is_not_its_turn_names_those_that_are(world: World, dispute: Case) -> None:
    client = logged_in(world.clerk_east)

    shown, sent = client.get(address(dispute, "perform")), client.post(address(dispute, "perform"), agree(dispute))

    for answer in (shown, sent):
        assert answer.status_code == 409
        assert "不能“履行完毕”" in answer.content.decode()
        assert address(dispute) in answer.content.decode()


def test_a_step_sent_twice_is_taken_once(world: World, dispute: Case) -> None:
    client, sent = logged_in(world.clerk_east), {"token": "5f0c5a80-0000-4000-8000-000000000002", **agree(dispute)}

    first, again = client.post(address(dispute), sent), client.post(address(dispute), sent)

    assert (first.status_code, again.status_code) == (302, 302)
    assert dispute.events.count() == 3


def test_a_correction_says_why_and_one_that_never_happened_is_taken_back(world: World, dispute: Case) -> None:
    client, event = logged_in(world.clerk_east), dispute.events.get(step="accept")
    page = f"/cases/{dispute.pk}/events/{event.pk}/correct/"

    unsaid = client.post(page, {"version": "2", "retract": "1", "reason": " "})
    client.post(page, {"version": "2", "retract": "1", "reason": "误登"})
    over = client.get(page)

    assert "更正或撤销须说明理由" in unsaid.content.decode()
    dispute.refresh_from_db()
    assert dispute.state == "registered"
    assert over.status_code == 409
    assert "请更正最新的记录" in over.content.decode()


def test_personal_facts_are_corrected_where_they_stand(world: World, dispute: Case) -> None:
    client, event = logged_in(world.clerk_east), dispute.events.get(step="register")
    page = f"/cases/{dispute.pk}/events/{event.pk}/correct/"

    shown = client.get(page)
    sent = {"occurred_on": "2024-03-01", "category": "neighbour", "summary": "宅后排水沟走向", "reason": "误写"}
    client.post(page, {"version": "2", **sent})

    assert "宅前排水沟走向" in shown.content.decode()
    dispute.refresh_from_db()
    assert dispute.private == {"summary": "宅后排水沟走向"}
    assert dispute.organization == world.east


def test_what_lies_outside_is_not_there_and_what_a_role_may_not_do_is_refused(world: World, dispute: Case) -> None:
    event = dispute.events.get(step="accept")
    pages = (address(dispute), f"/cases/{dispute.pk}/events/{event.pk}/correct/")

    for page in pages:
        assert logged_in(world.outsider).get(page).status_code == 404
        assert logged_in(world.clerk_west).post(page, agree(dispute)).status_code == 404
        refused = logged_in(world.statistician).post(page, agree(dispute))
        assert refused.status_code == 403
        assert "您的角色只能查看" in refused.content.decode()
    assert logged_in(world.outsider).get(f"/cases/{dispute.pk}/logged/").status_code == 404
    assert logged_in(world.clerk_east).get(address(dispute, "nothing")).status_code == 404
    assert dispute.events.count() == 2

"""Logging a case on a page: by hand on a telephone, with a broken line, twice at once, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from casetrack.accounts.models import User
from casetrack.cases.models import Case, CaseLink
from casetrack.kinds import KINDS
from casetrack.organizations.models import Organization
from tests.api.conftest import EAST, World, log_dispute
from tests.web.browsing import barriers, picture
from tests.web.conftest import PHONE
from tests.web.forms import NEW, form, logged_in


def test_a_village_mediator_logs_a_settled_dispute_on_a_telephone(
    page_of: Callable[[User], Page], world: World
) -> None:
    page = page_of(world.clerk_east)
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.get_by_role("link", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="登记人民调解案件")).to_be_visible()
    expect(page.get_by_label("协议形式")).to_be_hidden()
    assert barriers(page) == []

    page.get_by_label("纠纷类型").select_option(label="邻里纠纷")
    page.get_by_label("纠纷简要情况").fill("宅前排水沟走向")
    page.get_by_label("姓名或名称").nth(0).fill("张三")
    page.get_by_label("姓名或名称").nth(1).fill("李四")
    page.get_by_label("办理情况").select_option(label="受理 → 达成协议")
    page.get_by_label("协议形式").select_option(label="口头协议")
    picture(page, "new-case-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(page) == []
    page.get_by_role("button", name="保存").dblclick()

    expect(page.get_by_role("heading", name="已保存")).to_be_visible()
    picture(page, "case-logged-phone")
    assert barriers(page) == []
    case = Case.objects.get()
    assert (case.state, case.values["agreement"], case.organization) == ("agreed", "oral", world.east)
    assert [party.name for party in case.parties.order_by("pk")] == ["张三", "李四"]
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_broken_line_loses_nothing_but_what_may_not_be_kept(
    page_of: Callable[[User], Page], context: BrowserContext, world: World
) -> None:
    page = page_of(world.clerk_east)
    page.goto(NEW)
    page.get_by_role("button", name="再加一名当事人").click()
    page.get_by_label("姓名或名称").nth(2).fill("王五")
    page.get_by_text("电话、证件、住址").nth(0).click()
    page.get_by_label("联系电话").nth(0).fill("13812341234")
    page.get_by_label("纠纷简要情况").fill("排水沟，电话13987654321，2024-03-01起")

    context.set_offline(True)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert").filter(has_text="网络已断开")).to_be_visible()
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(NEW)

    expect(page.get_by_text("尚未保存的内容")).to_be_visible()
    picture(page, "new-case-restored")
    assert barriers(page) == []
    expect(page.get_by_label("姓名或名称").nth(2)).to_have_value("王五")
    expect(page.get_by_label("纠纷简要情况")).to_have_value("排水沟，电话（号码未留存），2024-03-01起")
    expect(page.get_by_label("联系电话").nth(0)).to_have_value("")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "1381234" not in kept
    assert "1398765" not in kept

    page.get_by_role("button", name="放弃，重新填写").click()
    expect(page.get_by_label("纠纷简要情况")).to_have_value("")


def test_the_same_matter_is_suggested_while_typing_and_linked_on_saving(
    page_of: Callable[[User], Page], world: World
) -> None:
    earlier = log_dispute(world.east)
    page = page_of(world.clerk_east)
    page.goto(NEW)

    page.get_by_label("纠纷类型").select_option(label="邻里纠纷")
    page.get_by_text("电话、证件、住址").nth(0).click()
    page.get_by_label("联系电话").nth(0).press_sequentially("13812341234")
    expect(page.get_by_text("可能是同一事项（1件）")).to_be_visible()
    expect(page.get_by_text("张*、李* 邻里纠纷")).to_be_visible()
    picture(page, "new-case-repeats")
    assert barriers(page) == []
    page.get_by_label("为同一事项，保存时关联").check()
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", name="已保存")).to_be_visible()
    link = CaseLink.objects.get()
    assert (link.earlier, link.relation) == (earlier, "mediation_renewed")


def test_all_of_it_works_without_scripts(browser: Browser, site: str, world: World) -> None:
    client = logged_in(world.clerk_east)
    bare = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    bare.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = bare.new_page()
    page.goto(NEW)

    page.get_by_label("纠纷类型").select_option(label="邻里纠纷")
    page.get_by_role("button", name="再加一名当事人").click()
    page.get_by_label("姓名或名称").nth(2).fill("王五")
    page.get_by_label("办理情况").select_option(label="受理")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", name="已保存")).to_be_visible()
    bare.close()
    case = Case.objects.get()
    assert (case.state, case.values["category"]) == ("accepted", "neighbour")
    assert [party.name for party in case.parties.all()] == ["王五"]


def test_a_form_sent_twice_makes_one_case(world: World) -> None:
    client = logged_in(world.clerk_east)

    first, again = client.post(NEW, form(world.east)), client.post(NEW, form(world.east))

    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"] == f"/cases/{Case.objects.get().pk}/logged/"


def test_a_form_that_was_saved_is_not_saved_anew_with_other_content_unseen(world: World) -> None:
    client = logged_in(world.clerk_east)
    client.post(NEW, form(world.east))

    answer = client.post(NEW, form(world.east, **{"parties-1-name": "赵六"}))

    assert answer.status_code == 422
    assert "这份表单此前已经保存" in answer.content.decode()
    assert f'name="token" value="{form(world.east)["token"]}"' not in answer.content.decode()
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"opening-occurred_on": "2999-01-01"}, "id_opening-occurred_on", "晚于今天"),
        ({"opening-occurred_on": "三月一日"}, "id_opening-occurred_on", "这不是日期，应如2024-03-01"),
        ({"agree-occurred_on": "2024-02-01"}, "id_agree-occurred_on", "早于此前“受理”的日期2024-03-01"),
        ({"agree-agreement": ""}, "id_agree-agreement", "“达成协议”须填写“协议形式”"),
        ({"opening-category": ""}, "id_opening-category", "“登记”须填写“纠纷类型”"),
        ({"agree-amount": "12.345"}, "id_agree-amount", "小数不超过 2 位"),
    ],
    ids=[
        "future",
        "no date",
        "out of order",
        "missing fact",
        "missing type",
        "fraction of a cent",
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(
    world: World, changed: dict[str, str], field: str, message: str
) -> None:
    client = logged_in(world.clerk_east)

    answer = client.post(NEW, form(world.east, **changed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page[page.index(f'for="{field}"') :].split('<div class="mb-3">')[0]
    assert "宅前排水沟走向" in page
    assert 'value="13812341234"' in page
    assert not Case.objects.exists()


def test_nothing_is_asked_of_steps_that_were_not_chosen(world: World) -> None:
    sent = form(world.east, **{"opening-category": "", "course-course": "1", "agree-occurred_on": "2024-03-02"})

    page = logged_in(world.clerk_east).post(NEW, sent).content.decode()

    assert "“登记”须填写“纠纷类型”" in page
    assert "“达成协议”须填写" not in page
    assert 'value="2024-03-02"' in page, "what was typed there stays"


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_its_form(world: World, kind: str) -> None:
    declared = KINDS[kind]
    Organization.objects.create(region_id=EAST, county_id=EAST, name="某机构", kind=declared.other_offices[0])

    page = logged_in(world.supervisor).get(f"/cases/new/{kind}/").content.decode()

    for name in declared.opening.records:
        assert f'name="opening-{name}"' in page
    assert page.count(f"须填写，依据：{declared.opening.basis}") >= len(declared.opening.needs)


@pytest.mark.parametrize("said", ["9" * 5000, "-1", "①", "\x00"], ids=["endless", "negative", "circled", "nul"])
def test_what_no_page_of_ours_sends_breaks_nothing(world: World, said: str) -> None:
    client = logged_in(world.clerk_east)
    fields = ("parties-rows", "earlier", "token", "course-course", "opening-category", "office-organization")

    for name in fields:
        assert client.post(NEW, form(world.east, **{name: said})).status_code in (302, 422)
    assert client.get(NEW, {"rows": said}).status_code == 200


def test_a_number_already_in_use_is_told_beside_it(world: World) -> None:
    log_dispute(world.east, number="道北调〔2024〕7号", number_scope=EAST)

    answer = logged_in(world.clerk_east).post(NEW, form(world.east, **{"office-number": "道北调〔2024〕7号"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "案号已被使用" in page[page.index('for="id_office-number"') :]
    assert Case.objects.count() == 1

"""Who may log what, for which office: kinds, offices and cases of others are not offered, and refused if tried."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Organization
from tests.api.conftest import EAST, World, log_dispute, member
from tests.web.browsing import barriers, picture
from tests.web.forms import NEW, form, logged_in


def test_who_only_looks_is_told_why_and_shown_no_way_in(world: World) -> None:
    client = logged_in(world.statistician)

    refused, start = client.get(NEW), client.get("/")

    assert refused.status_code == 403
    assert "您的角色只能查看，不能登记或修改" in refused.content.decode()
    assert "/cases/new/" not in start.content.decode()


def test_the_kind_is_asked_of_those_whose_offices_handle_several(world: World) -> None:
    Organization.objects.create(region_id=EAST, county_id=EAST, name="麦积区信访局", kind="petition_office")

    chosen = logged_in(world.clerk_east).get("/cases/new/")
    asked = logged_in(world.supervisor).get("/cases/new/").content.decode()

    assert chosen["Location"] == NEW
    assert "/cases/new/mediation/" in asked
    assert "/cases/new/petition/" in asked
    assert "/cases/new/legal_aid/" not in asked


def test_a_kind_that_ones_offices_do_not_handle_is_refused(world: World) -> None:
    client = logged_in(world.clerk_east)

    assert client.get("/cases/new/petition/").status_code == 403
    assert client.get("/cases/new/nothing/").status_code == 404


def test_a_clerk_for_another_kind_may_not_log_mediation(world: World) -> None:
    client = logged_in(member("petitions", Role.CLERK, region_id=EAST, kinds=["petition"]))

    assert client.post(NEW, form(world.east)).status_code == 403


def test_an_accusation_is_logged_by_those_who_are_not_shown_it(world: World) -> None:
    office = Organization.objects.create(region_id=EAST, county_id=EAST, name="麦积区信访局", kind="petition_office")
    client = logged_in(member("petitions", Role.CLERK, organization=office))
    said = {"opening-channel": "letter", "opening-purpose": "accusation", "opening-category": "", "course-course": ""}
    someone = {"parties-rows": "1", "parties-0-role": "petitioner"}

    answer = client.post("/cases/new/petition/", form(office, **{**said, **someone}), follow=True)

    assert "本案限制知悉" in answer.content.decode()
    assert Case.objects.get().restricted
    another_day = logged_in(User.objects.get(username="petitions"))
    assert another_day.get(f"/cases/{Case.objects.get().pk}/logged/").status_code == 404


def test_a_case_is_not_logged_for_the_office_of_others(world: World) -> None:
    answer = logged_in(world.clerk_east).post(NEW, form(world.west))

    assert answer.status_code == 422
    assert "没有这一机构，或您无权为其登记案件" in answer.content.decode()
    assert not Case.objects.exists()


def test_earlier_cases_of_others_cannot_be_linked(world: World) -> None:
    elsewhere = log_dispute(world.west, on=date(2024, 2, 1))

    answer = logged_in(world.clerk_east).post(NEW, form(world.east, earlier=str(elsewhere.pk)))

    assert answer.status_code == 422
    assert "要关联的案件不在您办理的范围内" in answer.content.decode()
    assert Case.objects.count() == 1


def test_of_very_many_offices_one_is_found_by_its_name(world: World) -> None:
    Organization.objects.bulk_create(
        Organization(region_id=EAST, county_id=EAST, name=f"第{place}调解室", kind="mediation_room")
        for place in range(60)
    )
    client = logged_in(world.supervisor)

    offered = client.get(f"{NEW}offices/", {"office-organization": "大城"}).content.decode()
    named = f"{world.west.name}（编号{world.west.pk}）"
    logged = client.post(NEW, form(world.west, **{"office-organization": named}))
    unknown = client.post(NEW, form(world.west, **{"office-organization": "无此机构"}))

    assert offered.count("<option") == 1
    assert named in offered
    assert logged.status_code == 302
    assert Case.objects.get().organization == world.west
    assert "没有这一机构" in unknown.content.decode()


def test_who_answers_for_several_kinds_chooses_one(page_of: Callable[[User], Page], world: World) -> None:
    Organization.objects.create(region_id=EAST, county_id=EAST, name="麦积区信访局", kind="petition_office")
    page = page_of(world.supervisor)
    page.goto("/cases/new/")
    picture(page, "new-case-kinds")
    assert barriers(page) == []

    page.get_by_role("link", name="信访 信访工作条例").click()
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("alert").filter(has_text="“登记”须填写“信访形式”")).to_be_visible()
    picture(page, "new-petition-refused")
    assert barriers(page) == []


def test_who_only_looks_at_a_logged_case_is_offered_no_steps(world: World) -> None:
    case = log_dispute(world.east)

    page = logged_in(world.statistician).get(f"/cases/{case.pk}/logged/").content.decode()

    assert case.number in page
    assert "/steps/" not in page

"""Papers of a case on a page: who may print them."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.drafts import PartyDraft
from casetrack.cases.models import Case, PaperIssued
from casetrack.organizations.models import Organization, OrganizationKind
from tests.api.conftest import EAST, World
from tests.reports.papers.test_printing import opened, step
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE

pytestmark = pytest.mark.django_db


def test_a_clerk_prints_a_paper(page_of: Callable[[User], Page], world: World, dispute: Case) -> None:
    page = page_of(world.clerk_east)
    page.goto(f"/cases/{dispute.pk}/")

    page.get_by_role("link", name="制作文书").click()
    expect(page.get_by_role("main")).to_contain_text("留空手填：调解时间、调解地点、查询码")
    assert barriers(page) == []
    with page.expect_download() as fetched:
        page.get_by_role("button", name="制作受理通知书").click()
    page.reload()

    assert fetched.value.suggested_filename.endswith("1号受理通知书.docx")
    assert Path(fetched.value.path()).read_bytes().startswith(b"PK")
    expect(page.get_by_role("main")).to_contain_text("麦积区道北街道人调受〔")
    picture(page, "papers")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_an_outsider_and_who_only_looks_print_nothing(world: World, dispute: Case) -> None:
    address = f"/cases/{dispute.pk}/papers/"
    outside, looking = client_of(world.clerk_west), client_of(world.statistician)

    answers = [outside.get(address), outside.post(f"{address}mediation_rights/"), looking.get(address)]
    refused = looking.post(f"{address}mediation_rights/")

    assert [answer.status_code for answer in answers] == [404, 404, 403]
    assert refused.status_code == 403
    assert not PaperIssued.objects.exists()


def test_a_paper_that_cannot_be_printed_is_told(world: World, dispute: Case) -> None:
    answer = client_of(world.clerk_east).post(f"/cases/{dispute.pk}/papers/petition_reply/")

    assert answer.status_code == 409
    assert "没有这种文书" in answer.content.decode()


def test_a_slip_is_made_out_for_a_paper_and_a_party_and_for_nothing_less(world: World) -> None:
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    steps = [step("register", 3, 1, channel="letter", purpose="appeal"), step("accept", 3, 8)]
    case = opened(office, "petition", [PartyDraft("petitioner", "王五")], *steps)
    client, address = client_of(world.supervisor), f"/cases/{case.pk}/papers/petition_service/"
    service = {"served": "petition_acceptance", "party": str(case.parties.get().pk)}

    slip = client.post(address, service)
    refused = [client.post(address, said) for said in ({}, {**service, "party": "9" * 30}, {**service, "served": "x"})]
    page = client.get(f"/cases/{case.pk}/papers/").content.decode()

    assert unquote(slip["Content-Disposition"]).endswith("1号送达回证.docx")
    assert [answer.status_code for answer in refused] == [409, 409, 409]
    assert "受理通知书，信访人 王*" in page
    assert "王五" not in page

"""Every page at night on a telephone: nothing keeps anyone from using it, is wider than the screen or slow to come."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.urls import URLPattern, reverse
from django.utils import timezone
from playwright.sync_api import Page

from casetrack.accounts.models import User
from casetrack.cases.models import SavedList
from casetrack.cases.reminding.choosing import ChoiceDraft, choose
from casetrack.organizations.models import Mediator, Membership, Role, Training
from casetrack.stats.closing.closing import close
from casetrack.stats.rollup import settle
from reports.impact import ask_impact
from tests.api.conftest import CITY, EAST, NOW, World
from tests.cases.logging import log_dispute, take
from tests.jobs.world import finished_export, waiting_check, waiting_import
from tests.web.browsing import barriers
from tests.web.conftest import PHONE
from web import urls
from web.managing.papers import VERSIONS

MOST_SCRIPT = 150_000
SCRIPT = """() => performance.getEntriesByType("resource").filter((each) => each.initiatorType === "script")
  .reduce((sum, each) => sum + each.decodedBodySize, 0)"""
FILES = {
    *("statistics-file", "statistics-table", "edition-table", "report-file", "report-check-result"),
    *("page-import-rejected", "attachment-file", "my-export-file", "deadlines-feed"),
    *("manage-paper-file", "manage-paper-sample", "manage-report-template", "manage-kept-template"),
    "manage-impact-file",
}
"""What they answer is a file."""
PARTS = {"case-new-offices", "manage-suggested"}
"""What they answer is put into another page."""
ELSEWHERE = {
    "saved-list": "leads to the list",
    "page-import-sheet": "is walked through in test_mapping",
    "cases-together": "is walked through in test_steps_together",
    "status": "is for those who have not logged in: test_status",
    "account_login": "is for those who have not logged in: test_logging_in",
    "mfa_authenticate": "is for those who are logging in: test_account_walks",
    "sign-on": "is for those who have not logged in",
    "account_inactive": "is for those who have not logged in",
    "account_logout": "only leads out",
    "mfa_reauthenticate": "asks for a second factor: test_account_walks",
    "mfa_deactivate_totp": "needs a second factor: test_account_walks",
    "mfa_view_recovery_codes": "needs a second factor: test_account_walks",
    "mfa_generate_recovery_codes": "needs a second factor: test_account_walks",
}
ASKED = {
    "figures": "?year=2024&span=m3&subject=mediation",
    "statistics-figure": "?year=2024&span=m3",
    "statistics-figure-years": "?year=2024",
    "statistics-behind": f"?subject=mediation&measure=received&region={CITY}&from=2024-03-01&to=2024-03-31",
    "page-months": "?month=2024-03",
    "report": f"?under={CITY}&year=2024",
    "deadlines-calendar": "?month=2024-04",
}
"""What is asked of those that show nothing otherwise."""


def named() -> set[str]:
    """The pages that can be opened by their address."""
    patterns = [each for each in urls.urlpatterns if isinstance(each, URLPattern)]
    return {str(each.name) for each in patterns if hasattr(getattr(each.callback, "view_class", object), "get")}


@pytest.fixture
def everyone(world: World, settings: LazySettings) -> User:
    """Who is all of it in the city: administrator, auditor and clerk."""
    settings.SECOND_FACTOR_ROLES = []
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.CLERK):
        Membership.objects.create(user=world.supervisor, role=role, region_id=CITY)
    return world.supervisor


@pytest.fixture
def addresses(world: World, everyone: User) -> dict[str, str]:
    """By name, an address of each page that has something to show."""
    case = log_dispute(world.east, date(2024, 3, 1))
    take(log_dispute(world.west, date(2024, 3, 5)), "agree", date(2024, 3, 12), agreement="oral", amount=123_450)
    while settle():
        pass
    edition = close(region=CITY, month=date(2024, 3, 1), actor=None, now=NOW, without_confirmations="尚未实行")
    choose(user=everyone, draft=ChoiceDraft(channel="json", address="https://robot.example/"), now=timezone.now())
    SavedList.objects.create(owner=everyone, name="快到期的", query="light=red", saved_at=timezone.now())
    mediator = Mediator.objects.create(organization=world.east, name="王五", phone="13812341234")
    training = Training.objects.create(region_id=EAST, held_on=date(2024, 3, 8), name="春季培训", attendance=30)
    trial = waiting_import(everyone, CITY, b"x", dry_run=True)
    given: dict[str, list[Any]] = {
        "case": [case.pk],
        "case-papers": [case.pk],
        "case-erasure": [case.pk],
        "case-query-code": [case.pk],
        "case-logged": [case.pk],
        "case-step": [case.pk, "agree"],
        "case-correct": [case.pk, case.events.get(step="accept").pk],
        "case-new-kind": ["mediation"],
        "statistics-figure": ["mediation", "received"],
        "statistics-figure-years": ["mediation", "received"],
        "edition": [edition.pk],
        "edition-restatement": [edition.pk],
        "edition-figure": [edition.pk, "mediation", "received"],
        "page-indicator": ["mediation", "closure_rate"],
        "page-import": [trial.pk],
        "report-check": [waiting_check(everyone, CITY, 2024).pk],
        "my-export": [finished_export(everyone, b"rows").pk],
        "manage-organization": [world.east.pk],
        "manage-mediator": [mediator.pk],
        "manage-training": [training.pk],
        "manage-user": [world.clerk_east.pk],
        "manage-rule": ["PM-TERM-GEN"],
        "manage-impact": [ask_impact(owner=everyone, region=CITY, thorough=False, now=NOW).pk],
        "manage-paper-marks": [next(iter(VERSIONS))],
    }
    names = named() - FILES - PARTS - ELSEWHERE.keys()
    return {name: reverse(name, args=given.get(name, [])) + ASKED.get(name, "") for name in sorted(names)}


def wrong_with(page: Page, address: str) -> Iterator[str]:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        yield f"answered {answer and answer.status}"
    if (width := page.evaluate("document.documentElement.scrollWidth")) != PHONE["width"]:
        yield f"{width} pixels wide"
    if (script := page.evaluate(SCRIPT)) > MOST_SCRIPT and not page.locator(".chart").count():
        yield f"{script} bytes of script"
    yield from barriers(page)


def test_every_page_can_be_used_by_everyone_at_night_on_a_telephone(
    page_of: Callable[[User], Page], everyone: User, addresses: dict[str, str]
) -> None:
    page = page_of(everyone)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")

    found = {name: list(wrong_with(page, address)) for name, address in addresses.items()}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_no_page_is_left_out_without_a_reason() -> None:
    assert (FILES | PARTS | ELSEWHERE.keys()) <= named(), "each of them is a page"

"""The guide for those who use the service: its pictures are taken here, and what it quotes from pages stands on them.

`make guide` keeps the pictures in docs/guide; a run of the tests takes them too, and throws them away.
"""

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from casetrack.accounts.models import User
from casetrack.cases.generating.planning import Wish
from casetrack.cases.generating.running import generate
from casetrack.cases.models import Case, Job
from casetrack.lib.months import add_months
from casetrack.organizations.models import Organization, OrganizationKind, Role
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.rollup import settle
from tests.api.conftest import EAST, make_regions, member
from tests.jobs.world import finished, waiting_import
from tests.web.browsing import ROOT
from tests.web.conftest import DESK, PHONE
from tests.web.test_importing import FOUND

GUIDE = ROOT / "docs" / "guide"
KEPT = os.environ.get("CASETRACK_GUIDE") == "1"
PICTURE, QUOTED = re.compile(r"!\[[^\]]+\]\(([a-z-]+)\.png\)"), re.compile("「([^」]+)」")
FRAME = {"登记", "导入", "期限", "统计", "月报", "报告", "管理", "退出"}
"""What stands around every page."""
REPORT = "全年受理群众来信63件，办结57件，办结率90.5%；调解各类纠纷120件，调解成功114件，成功率96%。"
SAMPLE = ROOT / "samples" / "didao-2021" / "31行政复议台账.xlsx"


class County(NamedTuple):
    """A county that has worked for a year: its bureau, a mediator in a village, a month that was closed."""

    bureau: User
    mediator: User
    edition: Edition
    today: date


@pytest.fixture
def county(db: None, settings: LazySettings) -> County:
    settings.SECOND_FACTOR_ROLES = []
    now = timezone.now()
    today = timezone.localdate(now)
    make_regions()
    generate(Wish(160, EAST, today - timedelta(days=330), today, 3, now))
    while settle():
        pass
    month = add_months(today.replace(day=1), -2)
    edition = close(region=EAST, month=month, actor=None, now=now, without_confirmations="试运行，尚未要求确认")
    bureau = member("李红", Role.SUPERVISOR, region_id=EAST, cleared=True)
    for role in (Role.HANDLER, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.AUDITOR):
        bureau.memberships.create(role=role, region_id=EAST, cleared=True)
    village = Organization.objects.filter(kind=OrganizationKind.MEDIATION_COMMITTEE).latest("pk")
    return County(bureau, member("王建国", Role.CLERK, organization=village), edition, today)


def addresses(county: County) -> dict[str, str]:
    """Of the pictures that are just what an address shows."""
    open_cases = Case.objects.filter(closed_on=None, due_on__gte=county.today, kind="mediation")
    agreed = Case.objects.filter(closed_on__isnull=False, kind="mediation", state="agreed")
    year = f"year={county.today.year}"
    first, last = date(county.today.year, 1, 1), county.today
    behind = f"subject=mediation&measure=received&region={EAST}&from={first}&to={last}"
    return {
        "start": reverse("start"),
        "case": reverse("case", args=[open_cases.latest("received_on").pk]),
        "deadlines": reverse("deadlines"),
        "calendar": reverse("deadlines-calendar"),
        "list": f"{reverse('cases')}?kind=mediation",
        "papers": reverse("case-papers", args=[agreed.latest("received_on").pk]),
        "import": reverse("page-import", args=[trial(county).pk]),
        "figures": f"{reverse('figures')}?{year}&subject=mediation",
        "figure": f"{reverse('statistics-figure', args=['mediation', 'received'])}?{year}",
        "behind": f"{reverse('statistics-behind')}?{behind}",
        "months": reverse("page-months"),
        "edition": reverse("edition", args=[county.edition.pk]),
        "draft": f"{reverse('report')}?under={EAST}&{year}",
        "status": reverse("status"),
        "manage": reverse("manage"),
    }


def trial(county: County) -> Job:
    """A ledger that was read and not taken in yet."""
    counts = FOUND["sheets"][0]["counts"]
    return finished(waiting_import(county.bureau, EAST, b"x", dry_run=True), result=FOUND, counts=counts)


def check_a_report(page: Page) -> None:
    page.goto(reverse("report-checks"))
    page.get_by_label("报告的文字").fill(REPORT)
    page.get_by_role("button", name="核对").click()
    page.get_by_role("heading", name="结果").evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")


class Album:
    """The pictures, and what stood on the pages they are of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.words: dict[str, str] = {}

    def take(self, page: Page, name: str) -> None:
        page.screenshot(path=self.folder / f"{name}.png")
        labels = page.locator("[aria-label], [placeholder]").evaluate_all(
            "all => all.map((each) => `${each.ariaLabel ?? ''} ${each.placeholder ?? ''}`).join(' ')"
        )
        self.words[name] = f"{page.text_content('body')} {labels}"


@pytest.fixture
def album(
    county: County,
    browser: Browser,
    site: str,
    page_of: Callable[[User], Page],
    tmp_path: Path,
    settings: LazySettings,
) -> Album:
    taken = Album(GUIDE if KEPT else tmp_path)
    stranger = browser.new_page(base_url=site, viewport=DESK)
    stranger.goto(reverse("account_login"))
    taken.take(stranger, "log-in")
    stranger.close()
    page = page_of(county.mediator)
    page.set_viewport_size(PHONE)
    page.goto(reverse("case-new-kind", args=["mediation"]))
    taken.take(page, "new-phone")
    page.context.clear_cookies()
    page = page_of(county.bureau)
    for name, address in addresses(county).items():
        page.goto(address)
        taken.take(page, name)
    check_a_report(page)
    taken.take(page, "check")
    return taken


def test_the_guide_shows_every_picture_and_quotes_what_stands_on_the_pages(album: Album) -> None:
    guide = (GUIDE / "README.md").read_text()
    quoted = set(QUOTED.findall(guide.partition("\n## ")[2]))

    assert set(PICTURE.findall(guide)) == album.words.keys()
    assert [each for each in sorted(quoted) if not any(each in words for words in album.words.values())] == []


def test_every_picture_of_the_guide_is_kept_beside_it() -> None:
    chapters = (GUIDE / "README.md").read_text()

    assert set(PICTURE.findall(chapters)) == {path.stem for path in GUIDE.glob("*.png")}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in GUIDE.glob("*.png"))

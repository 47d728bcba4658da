"""The pages of imports, as they look: what a trial found, read on a desk and on a telephone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.jobs.remembering import remember
from casetrack.cases.ledgers.mapping import mappings_of
from tests.api.conftest import CITY, World
from tests.jobs.world import NOW, finished, waiting_import
from tests.web.browsing import barriers, picture
from tests.web.conftest import PHONE

HEADINGS = (
    *(("受理时间", "accepted_on", "known"), ("纠纷类别", "category", "known"), ("纠纷简况", "summary", "guess")),
    ("备用", "", ""),
)
COLUMNS = [
    {"column": number, "heading": heading, "field": field, "surety": surety}
    for number, (heading, field, surety) in enumerate(HEADINGS, start=1)
]
FOUND = {
    "sheets": [
        {
            "file": "台账.xlsx",
            "sheet": "Sheet1",
            "ledger": "人民调解案件登记台账",
            "batch": None,
            "counts": {"read": 12, "created": 10, "changed": 0, "unchanged": 1, "rejected": 1},
            "notes": ["未识别的列，内容不导入：备用"],
            "columns": [["受理时间", "受理日期"], ["纠纷类别", "纠纷类型"]],
            "preview": [{"row": row, "cells": ["2024-03-01", "房屋、宅基地纠纷"]} for row in range(3, 8)],
            "outline": {"ledger": "mediation", "heading_row": 2, "heading_rows": 1, "columns": COLUMNS},
            "rejected": [{"row": 4, "number": "秦人调〔2024〕2号", "reason": "受理日期“139****”不是日期"}],
        }
    ],
    "unread": [],
    "notes": [],
}


def test_what_a_trial_found_is_read_before_anything_is_written(page_of: Callable[[User], Page], world: World) -> None:
    counts = FOUND["sheets"][0]["counts"]
    job = finished(waiting_import(world.supervisor, CITY, b"x", dry_run=True), result=FOUND, counts=counts)
    page = page_of(world.supervisor)
    page.goto("/imports/")
    picture(page, "imports")
    assert barriers(page) == []

    page.get_by_role("link", name=str(job.pk), exact=True).click()

    expect(page.get_by_role("button", name="导入（拒收的行除外）")).to_be_visible()
    expect(page.get_by_role("row", name="受理日期 受理时间 2024-03-01")).to_be_visible()
    picture(page, "import-trial")
    assert barriers(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto("/imports/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []


def test_a_sheet_is_mapped_on_a_telephone(page_of: Callable[[User], Page], world: World) -> None:
    counts = FOUND["sheets"][0]["counts"]
    job = finished(waiting_import(world.supervisor, CITY, b"x", dry_run=True), result=FOUND, counts=counts)
    page = page_of(world.supervisor)
    page.set_viewport_size(PHONE)
    (said,) = mappings_of({"ledger": "mediation", "file": "台账.xlsx", "sheet": "Sheet1"})
    remember(region_code=CITY, headings="x", said=said, actor=world.supervisor, now=NOW)
    page.goto("/imports/")
    page.get_by_text("记住的对照（1）").click()
    expect(page.get_by_role("button", name="不再记住台账.xlsx［Sheet1］")).to_be_visible()
    picture(page, "imports-remembered")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []
    page.goto(f"/imports/{job.pk}/")
    page.get_by_text("手工对照：改哪张表的读法").click()
    page.get_by_role("link", name="台账.xlsx［Sheet1］").click()

    unsure = page.get_by_label("3. 纠纷简况")
    expect(unsure).to_have_value("summary")
    expect(unsure).to_have_accessible_description("猜测，请核对")
    expect(page.get_by_label("1. 受理时间")).to_have_accessible_description("已知的其他叫法；读作：2024-03-01")
    picture(page, "import-sheet")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []
    unsure.select_option("不导入")
    page.get_by_role("button", name="保存对照，重新试读").click()

    expect(page.get_by_role("alert")).to_contain_text("必须有：案件编号、调解组织、调解结果")
    assert barriers(page) == []

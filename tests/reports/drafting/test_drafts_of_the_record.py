"""Drafts of what the record holds: as of a day, as an edition published it, and by an office's own template."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casetrack.lib.months import Period
from casetrack.organizations.models import Organization
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from reports.drafting.drafting import Wish, draft
from reports.drafting.texts import text_of
from reports.drafting.writing import Draft, plain_text
from tests.cases.logging import log_dispute
from tests.reports.world import MARCH, QINAN, settle

TODAY = date(2024, 5, 6)
ROOT = "https://casetrack.example"
OWN = """title = "本县通报"
[[section]]
level = 1
heading = "调解"
[[section.sentence]]
text = "共收到{mediation.received}。"
"""


def drafted(**asked: Any) -> Draft:
    return draft(Wish(**{"region": QINAN, "period": Period.of_month(MARCH), "root": ROOT, **asked}), today=TODAY)


def said(made: Draft) -> str:
    return "".join(plain_text(chapter.body) for chapter in made.chapters)


def closed() -> Edition:
    return close(
        region=QINAN,
        month=MARCH,
        actor=None,
        now=datetime(2024, 4, 3, 2, 0, tzinfo=UTC),
        without_confirmations="本地尚未实行月报确认",
    )


def test_a_bulletin_of_a_month_says_what_the_record_holds_and_compares_it(spring: object) -> None:
    made = drafted()

    assert made.title == "秦安县2024年3月矛盾纠纷预防化解情况通报"
    assert "2024年3月，全县各级调解组织调解各类矛盾纠纷2件，调解成功1件，调解成功率50%。" in said(made)
    assert "收到信访事项1件。" in said(made)


def test_a_figure_links_to_the_cases_that_make_it(spring: object) -> None:
    [cited] = [each for each in drafted().cited if each.reference.name == "mediation.succeeded"]

    assert cited.links == (
        f"{ROOT}/api/v1/statistics/cases?subject=mediation&measure=succeeded&region={QINAN}"
        "&from=2024-03-01&to=2024-03-31&as_of=2024-03-31",
    )


def test_an_edition_is_drafted_as_it_was_published(spring: list[Organization]) -> None:
    edition = closed()
    log_dispute(spring[2], date(2024, 3, 30))
    settle()

    published, now = drafted(edition=0), drafted()

    received = [value_of(made, "petition.received") for made in (published, now)]
    pending = [value_of(made, "mediation.pending") for made in (published, now)]
    assert (received, pending) == ([1, 1], [1, 2])
    assert published.facts["版次"].startswith("第1版（2024-04-03结账")
    assert now.facts["版次"] == "按现在的记录计算；末月已结账至第1版"
    link = next(each.links[0] for each in published.cited if each.reference.name == "mediation.pending")
    assert link == f"{ROOT}/api/v1/closings/{edition.pk}/cases?subject=mediation&measure=pending"


def value_of(made: Draft, name: str) -> object:
    return next(each.value for each in made.cited if each.reference.name == name)


def test_a_year_as_known_on_a_day_says_nothing_of_registers(spring: list[Organization]) -> None:
    log_dispute(spring[2], date(2024, 3, 30))
    settle()

    year = Period.of_year(2024)
    now, before = drafted(period=year), drafted(period=year, known_on=date(2024, 1, 1))

    told = [{each.reference.subject for each in made.cited} for made in (now, before)]
    assert ["organization" in subjects for subjects in told] == [True, False]
    assert before.facts["所知日"] == "2024年1月1日；名册不保存历史，不写入调解组织、人员和培训"


def test_a_template_or_frame_of_a_region_above_is_used_where_the_region_keeps_none(
    spring: object, settings: Any, tmp_path: Path
) -> None:
    settings.REPORT_TEMPLATES = tmp_path
    (tmp_path / "monthly-620500000000.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "monthly-620500000000.docx").touch()
    (tmp_path / "monthly-620522000000.docx").touch()

    made = drafted()

    assert text_of(made).startswith("本县通报\n\n一、调解\n共收到2件。\n")
    assert made.frame == tmp_path / "monthly-620522000000.docx"


def test_the_command_writes_each_form(spring: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ending in ("docx", "md", "txt"):
        path = tmp_path / f"draft.{ending}"
        call_command("draft_report", "--region", QINAN, "--year", "2024", "-o", str(path))
        assert path.stat().st_size > 500

    assert capsys.readouterr().out.count("已写入") == 3
    assert "## 一、依法预防和化解社会矛盾纠纷" in (tmp_path / "draft.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--region", "620599", "--year", "2024"], "没有区划代码为“620599000000”的地区"),
        (["--region", QINAN, "--year", "24"], "不是年份"),
        (["--region", QINAN, "--month", "2024-13"], "不是月份"),
        (["--region", QINAN, "--year", "2024", "--as-of", "2024"], "不是日期"),
        (["--region", QINAN, "--year", "2024", "--edition", "1"], "版次是一个月的"),
        (["--region", QINAN, "--month", "2024-03", "--edition", "latest"], "没有任何一版，请先结账"),
        (["--region", QINAN, "--month", "2024-03", "--edition", "0"], "不是版次"),
        (["--region", QINAN, "--month", "2024-03", "--edition", "1", "--as-of", "2024-03-09"], "有自己的截止日"),
        (["--region", QINAN, "--month", "2024-03", "--edition", "1", "--known-on", "2024-03-09"], "有自己的截止日"),
        (["--region", QINAN, "--month", "2024-03", "--template", "none.toml"], "无法读取模板"),
        (["--region", QINAN, "--month", "2024-03", "--frame", "none.docx"], "无法读取框架文件"),
        (["--region", QINAN, "--month", "2024-03", "--frame", "a.docx", "-o", "a.md"], "只有Word文件"),
        (["--region", QINAN, "--month", "2024-03", "-o", "draft.pdf"], "请以 .docx、.md 或 .txt 作文件的扩展名"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_chinese(
    county: object, tmp_path: Path, asked: list[str], message: str
) -> None:
    output = [] if "-o" in asked else ["-o", str(tmp_path / "draft.docx")]

    with pytest.raises(CommandError, match=message):
        call_command("draft_report", *asked, *output)

    assert list(tmp_path.iterdir()) == []

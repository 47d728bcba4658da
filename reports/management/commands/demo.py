"""`manage.py demo`: import the sample counties, work the queues, hold the figures against the published ones."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from casetrack.lib.files import put
from casetrack.lib.months import Period
from reports.demo import SampleLedgers, samples
from reports.drafting.drafting import Wish, draft
from reports.drafting.formats import FORMATS
from reports.files import write_month_book, write_year_book
from reports.published import Comparison, Publication, cite, compare, read


class Command(BaseCommand):
    help = "导入示例县的台账，完成排队的任务，把算出的数字与已公布的数字逐项对照，并生成月报、年报工作簿和年度报告草稿"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--samples", type=Path, default=settings.BASE_DIR / "samples", help="示例所在的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console()
        call_command("migrate", verbosity=0)
        call_command("load_divisions", verbosity=0)
        counties = samples(options["samples"])
        for county in counties:
            console.rule(f"{county.name} {county.folder.name}")
            call_command("import_ledger", *map(str, county.files), region=county.region, name=county.name)
        call_command("work", burst=True)
        wrong = sum(self.report(console, county) for county in counties if county.published)
        if wrong:
            raise CommandError(f"有{wrong}项数字与公布的不一致")
        console.print("[bold]全部数字与公布的一致。[/bold]")

    def report(self, console: Console, county: SampleLedgers) -> int:
        """Print a county's figures beside the published ones and write its books; how many do not agree."""
        assert county.published is not None
        publication = read(county.published)
        lines = compare(publication)
        console.print(table_of(f"{county.name} {publication.first}至{publication.last}", lines))
        folder = settings.DATA_DIR / "demo"
        month = date(publication.last.year, publication.last.month, 1)
        for path in (
            write_month_book(region=county.region, month=month, folder=folder),
            write_year_book(region=county.region, year=publication.last.year, folder=folder),
        ):
            console.print(f"工作簿：{path}")
        return sum(line.agrees is False for line in (*lines, *drafted(console, publication, folder)))


def drafted(console: Console, publication: Publication, folder: Path) -> list[Comparison]:
    """Write the year's draft in every form; the published figures beside those that it cites."""
    period = Period.of_year(publication.last.year)
    wish = Wish(publication.region, period, settings.ADDRESS, as_of=publication.as_of)
    made = draft(wish, today=publication.as_of)
    for ending, write in FORMATS.items():
        path = put(data=write(made), path=folder / f"{publication.region}-{publication.last.year}.{ending}")
        console.print(f"报告草稿：{path}")
    lines = cite(publication, made)
    wrong = "、".join(line.name for line in lines if line.agrees is False)
    agreeing = f"草稿引用已公布的数字{sum(line.agrees is True for line in lines)}项"
    console.print(f"{agreeing}，[red]缺少或不同：{wrong}[/red]" if wrong else f"{agreeing}，全部一致")
    return lines


def table_of(title: str, lines: list[Comparison]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("指标", "报告原文", "公布", "计算", "对照"):
        table.add_column(heading, justify="right" if heading in ("公布", "计算") else "left", overflow="fold")
    for line in lines:
        verdict = {True: "一致", False: "[red]不一致[/red]", None: "不在案件记录中"}[line.agrees]
        table.add_row(line.name, line.quote, line.published, line.computed, verdict)
    return table

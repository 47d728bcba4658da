"""`manage.py trace`: what lies behind a figure, current or published; it adds up to the figure."""

from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from casetrack.kinds.refusals import Refused
from casetrack.lib.files import FileRefused, whole
from casetrack.organizations.arguments import day, region
from casetrack.stats import tracing
from casetrack.stats.asking import refuse_not_yet_known
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked
from casetrack.stats.snapshot import one_view
from reports.exporting.behind import Behind, of_edition, of_figure
from reports.exporting.columns import Listing
from reports.exporting.writing import write_xlsx


class Command(BaseCommand):
    help = "数字背后的案件（名册、报送记录）：--edition 为已公布的一版，否则为现在（或 --known-on 当日所知）的数字"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("figure", metavar="SUBJECT.MEASURE", help="指标，如 mediation.received")
        parser.add_argument("--edition", type=int, metavar="ID", help="已公布的一版的编号")
        parser.add_argument("--region", default="", type=lambda text: region(text) if text else "", metavar="CODE")
        parser.add_argument("--organization", type=int, metavar="ID")
        parser.add_argument("--from", type=day, metavar="DATE", dest="first")
        parser.add_argument("--to", type=day, metavar="DATE", dest="last")
        parser.add_argument("--as-of", type=day, metavar="DATE")
        parser.add_argument("--known-on", type=day, metavar="DATE")
        parser.add_argument("--part", choices=("value", "numerator", "denominator"), default="value")
        parser.add_argument(
            "--where", action="append", default=[], type=value, metavar="DIM=VALUE", help="维度的取值，可重复"
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx", help="写入工作簿，每案一行")

    def handle(self, *args: Any, **options: Any) -> None:
        subject, _, measure = options["figure"].partition(".")
        dimensions = dict(options["where"])
        try:
            with one_view():  # the figure and its list
                if options["edition"]:
                    asked = Asked(subject, measure, dimensions, options["region"], options["organization"])
                    found = published(options, asked)
                else:
                    found = current(options, subject, measure, dimensions)
                if options["output"]:
                    self.write(found, options["output"])
                else:
                    self.print(found)
        except (Refused, FileRefused) as refused:
            raise CommandError(str(refused)) from refused

    def write(self, found: Behind, path: Path) -> None:
        listing = Listing("清单", found.columns, found.rows, found.expected, found.above)
        whole(path, lambda beside: write_xlsx(beside, listing))
        self.stdout.write(f"已写入 {path}：{found.expected}行，数字{shown(found.figure)}")

    def print(self, found: Behind) -> None:
        totals = [Decimal()] * len(found.adds)
        for row in found.rows:
            added = found.added(row)
            totals = [total + more for total, more in zip(totals, added, strict=True)]
            self.stdout.write(f"{row['id']}\t{row[found.name]}\t{shown(added)}")
        self.stdout.write(f"数字{shown(found.figure)}，所列合计{shown(totals)}")


def value(text: str) -> tuple[str, str]:
    """A dimension with the value that it is narrowed to."""
    name, found, said = text.partition("=")
    if not name or not found:
        raise ArgumentTypeError(f"“{text}”应写作“维度=取值”，如channel=letter")
    return name, said


def shown(parts: Any) -> str:
    """One number, or the two of a rate."""
    return "/".join(f"{Decimal(part).normalize():f}" for part in parts)


def published(options: dict[str, Any], asked: Asked) -> Behind:
    edition = Edition.objects.filter(pk=options["edition"]).first()
    if edition is None:
        raise CommandError(f"没有编号为{options['edition']}的一版")
    return of_edition(edition, asked)


def current(options: dict[str, Any], subject: str, measure: str, dimensions: dict[str, str]) -> Behind:
    if options["first"] is None or options["last"] is None:
        raise CommandError("须填写 --from 和 --to，或以 --edition 指明已公布的一版")
    query = {
        "subject": subject,
        "measure": measure,
        "region": options["region"],
        "organization": options["organization"],
        "from": options["first"],
        "to": options["last"],
        "as_of": options["as_of"] or options["last"],
        "known_on": options["known_on"],
        "dimensions": dimensions,
    }
    refuse_not_yet_known(options["known_on"], localdate())
    return of_figure(tracing.understood(query, options["part"]))

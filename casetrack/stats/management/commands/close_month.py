"""`manage.py close_month`: publish a month of a region as an edition that never changes."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casetrack.kinds.refusals import Refused
from casetrack.lib.months import parse_month
from casetrack.organizations.arguments import region
from casetrack.stats.closing.closing import close


class Command(BaseCommand):
    help = "结账：某地区某月的数字成为不再改变的一版；已结账的月份须说明理由，作为新的一版重述"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, type=region, metavar="CODE", help="区划代码")
        parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="月份")
        parser.add_argument("--reason", default="", help="重述的理由")
        parser.add_argument(
            "--without-confirmations",
            default="",
            metavar="REASON",
            help="不待各机构确认而结账的理由，连同未确认的机构记入该版",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = close(
                region=options["region"],
                month=options["month"],
                actor=None,
                now=timezone.now(),
                reason=options["reason"],
                without_confirmations=options["without_confirmations"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{edition.region.name}{edition.month:%Y-%m}已结账：第{edition.number}版，{edition.cases}件案件"
        )
        if edition.unconfirmed:
            self.stdout.write(f"其中{len(edition.unconfirmed)}个机构未确认")
        self.stdout.write(f"摘要 {edition.digest}")


def month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error

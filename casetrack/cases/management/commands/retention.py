"""`manage.py retention`: how long files are kept, and how many cases are past it, by kind and year of closing."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from casetrack.cases.erasing.ended import ended
from casetrack.cases.models import Case
from casetrack.organizations.arguments import region


class Command(BaseCommand):
    help = "列出某地区各类案件的保管期限，以及期限已经届满、个人信息尚未删除的案件数；只计数，不删除"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, type=region, metavar="CODE", help="区划代码")
        parser.add_argument("--on", metavar="DATE", help="按哪一天计算（默认今天）")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            today = date.fromisoformat(options["on"]) if options["on"] else localdate()
        except ValueError as error:
            raise CommandError(f"“{options['on']}”不是日期，应如2054-03-31") from error
        cases = Case.objects.under(options["region"])
        for each in ended(cases, retentions=settings.RETENTIONS, today=today):
            place = f"（区划{each.place}开头的）" if each.place else ""
            unsure = "" if each.retention.verified else "（未核实）"
            years = "、".join(f"{year}年办结{number}件" for year, number in each.years) or "没有"
            self.stdout.write(f"{each.kind.label}{place}：保管{each.retention.label}{unsure}；届满的：{years}")

"""`manage.py workbook`: the workbook of a month or a year."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from casetrack.kinds.refusals import Refused
from casetrack.lib.months import Period, parse_month
from casetrack.organizations.divisions import complete
from casetrack.stats.refusals import BalanceBroken
from reports.books import periodic
from reports.files import FileRefused, put

YEAR = re.compile(r"[0-9]{4}")


class Command(BaseCommand):
    help = "生成月度或年度统计工作簿（.xlsx）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, metavar="CODE", help="区划代码，如620522000000")
        period = parser.add_mutually_exclusive_group(required=True)
        period.add_argument("--month", metavar="YYYY-MM", help="月份，如2024-05")
        period.add_argument("--year", metavar="YYYY", help="年度，如2024")
        parser.add_argument("--as-of", metavar="DATE", help="截止日，如2024-06-15；缺省为期末，期末未到时为今天")
        parser.add_argument("-o", "--output", required=True, metavar="FILE.xlsx", help="写入的文件")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            region, as_of, period = complete(options["region"]), day(options["as_of"]), period_of(options)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        try:
            data = periodic.write(region=region, period=period, as_of=as_of, today=localdate())
            path = put(data=data, path=Path(options["output"]))
        except (Refused, BalanceBroken, FileRefused) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"已写入 {path}")


def period_of(options: dict[str, Any]) -> Period:
    if options["month"]:
        return Period.of_month(parse_month(options["month"]))
    if not YEAR.fullmatch(str(options["year"])):
        raise ValueError(f"“{options['year']}”不是年份，应写作2024")
    return Period.of_year(int(options["year"]))


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise ValueError(f"“{text}”不是日期，应写作2024-05-31") from problem

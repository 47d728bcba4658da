"""`manage.py workbook`: the workbook of a month or a year, or official tables of any period."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from casetrack.kinds.refusals import Refused
from casetrack.lib.files import FileRefused, put
from casetrack.lib.months import Period, parse_month, parse_year
from casetrack.organizations.arguments import day
from casetrack.organizations.divisions import complete
from casetrack.stats.refusals import BalanceBroken
from reports.books import periodic
from reports.books.editions import edition_named
from reports.tables import books, naming


class Command(BaseCommand):
    help = "生成月度或年度统计工作簿（.xlsx），或者官方统计表（--book，名称见 --books）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", metavar="CODE", help="区划代码，如620522000000")
        period = parser.add_mutually_exclusive_group()
        period.add_argument("--month", metavar="YYYY-MM", help="月份，如2024-05；官方统计表按所配置的报告期")
        period.add_argument("--year", metavar="YYYY", help="年度，如2024；官方统计表按所配置的报告期")
        period.add_argument("--from", type=day, dest="first", metavar="DATE", help="官方统计表的首日，如2023-12-11")
        parser.add_argument("--to", type=day, dest="last", metavar="DATE", help="官方统计表的末日，如2024-12-10")
        parser.add_argument(
            "--as-of", type=day, metavar="DATE", help="截止日，如2024-06-15；缺省为期末，期末未到时为今天"
        )
        parser.add_argument("--edition", metavar="N|latest", help="该月结账公布的一版的数字；没有这一项：现在的数字")
        parser.add_argument("--book", action="append", default=[], metavar="NAME", help="官方统计表，可以重复")
        parser.add_argument("--books", action="store_true", help="列出官方统计表的名称")
        parser.add_argument("-o", "--output", metavar="FILE.xlsx", help="写入的文件")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["books"]:
            for name, title in naming.titles().items():
                self.stdout.write(f"{name}\t{title}")
            return
        try:
            data = official(options) if options["book"] else periodical(options)
            path = put(data=data, path=Path(given(options, "output", "-o")))
        except (Refused, BalanceBroken, FileRefused, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"已写入 {path}")


def periodical(options: dict[str, Any]) -> bytes:
    if options["first"] or options["last"]:
        raise ValueError("任意起止日的只有官方统计表，请用 --book 指明；工作簿请用 --month 或 --year")
    region = complete(given(options, "region", "--region"))
    period, edition = period_of(options), edition_asked(options)
    return periodic.write(region=region, period=period, as_of=options["as_of"], today=localdate(), edition=edition)


def official(options: dict[str, Any]) -> bytes:
    region = complete(given(options, "region", "--region"))
    names = tuple(dict.fromkeys(options["book"]))
    asked = period_of_tables(options, names, region)
    wish = books.Wish(
        tables=names,
        region=region,
        first=asked.period.start,
        last=asked.period.end,
        as_of=options["as_of"],
        months=asked.months,
        edition=edition_asked(options),
    )
    return books.write(wish, today=localdate())


def edition_asked(options: dict[str, Any]) -> int | None:
    if not options["edition"]:
        return None
    if not options["month"]:
        raise ValueError("版次是一个月的（--edition），请用 --month 指明月份")
    return edition_named(options["edition"])


def given(options: dict[str, Any], name: str, written: str) -> str:
    if not options[name]:
        raise ValueError(f"须给出 {written}")
    return str(options[name])


def period_of_tables(options: dict[str, Any], names: tuple[str, ...], region: str) -> naming.Asked:
    first, last = options["first"], options["last"]
    if bool(first) != bool(last):
        raise ValueError("起止日须同时给出：--from 和 --to")
    any_days = Period(first, last) if first and last else None
    month = parse_month(options["month"]) if options["month"] else None
    whole_year = None if any_days or month else year(options)
    return naming.asked_of(settings.REPORTING_PERIODS, names, region, month=month, year=whole_year, days=any_days)


def period_of(options: dict[str, Any]) -> Period:
    if options["month"]:
        return Period.of_month(parse_month(options["month"]))
    return Period.of_year(year(options))


def year(options: dict[str, Any]) -> int:
    if not options["year"]:
        raise ValueError("须给出 --month 或 --year")
    return parse_year(str(options["year"]))

"""`manage.py draft_report`: the dispute section of a year's report, or a month's bulletin, from the record."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from casetrack.kinds.refusals import Refused
from casetrack.lib.files import FileRefused, put
from casetrack.lib.months import Period, parse_month, parse_year
from casetrack.organizations.arguments import address, day, region
from casetrack.stats.refusals import BalanceBroken
from reports.books.editions import edition_named
from reports.drafting import formats
from reports.drafting.drafting import Wish, draft


class Command(BaseCommand):
    help = "起草年度报告的矛盾纠纷部分（--year）或月度情况通报（--month），写成 .docx、.md 或 .txt"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, type=region, metavar="CODE", help="区划代码，如620522000000")
        period = parser.add_mutually_exclusive_group(required=True)
        period.add_argument("--year", metavar="YYYY", help="年度，如2024")
        period.add_argument("--month", metavar="YYYY-MM", help="月份，如2024-05")
        parser.add_argument(
            "--as-of", type=day, metavar="DATE", help="截止日，如2024-12-10；缺省为期末，期末未到时为今天"
        )
        parser.add_argument("--known-on", type=day, metavar="DATE", help="按该日终了时所知的记录计算")
        parser.add_argument("--edition", metavar="N", help="用该月结账的第几版；latest 为最后一版")
        parser.add_argument("--template", metavar="FILE.toml", help="另用一份模板，写法见 docs/drafting.md")
        parser.add_argument("--frame", metavar="FILE.docx", help="写入本单位的Word文件，写法见 docs/drafting.md")
        parser.add_argument(
            "--address", type=address, metavar="URL", default=settings.ADDRESS, help="文中数字所链接的服务网址"
        )
        parser.add_argument("-o", "--output", required=True, metavar="FILE", help="写入的文件：.docx、.md 或 .txt")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["output"])
        try:
            write = formats.writer_for(path.suffix)
            if options["frame"] and path.suffix.lower() != ".docx":
                raise CommandError(f"只有Word文件（.docx）可以套用框架，不能写成“{path.name}”")
            made = draft(wish_of(options), today=localdate())
            put(data=write(made), path=path)
        except (Refused, BalanceBroken, FileRefused, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"已写入 {path}：引用数字{len(made.cited)}个")


def wish_of(options: dict[str, Any]) -> Wish:
    return Wish(
        region=options["region"],
        period=period_of(options),
        root=options["address"],
        as_of=options["as_of"],
        known_on=options["known_on"],
        edition=edition_named(options["edition"]) if options["edition"] else None,
        template=Path(options["template"]) if options["template"] else None,
        frame=Path(options["frame"]) if options["frame"] else None,
    )


def period_of(options: dict[str, Any]) -> Period:
    if options["year"]:
        return Period.of_year(parse_year(options["year"]))
    return Period.of_month(parse_month(options["month"]))

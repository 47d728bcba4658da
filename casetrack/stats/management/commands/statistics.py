"""The figures of a region or an organization, for a terminal or for programs."""

import json
from argparse import ArgumentParser
from shutil import get_terminal_size
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from casetrack.kinds.refusals import Refused
from casetrack.organizations.arguments import day, region
from casetrack.stats.answering import statistics
from casetrack.stats.asking import refuse_not_yet_known
from casetrack.stats.comparing import Compare
from casetrack.stats.printing import as_text
from casetrack.stats.questions import Organized
from casetrack.stats.refusals import BalanceBroken


class Command(BaseCommand):
    help = "统计指标：某地区（含下级）或某机构在一段时期内的各项数字"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, type=region, metavar="CODE", help="区划代码，如620522000000")
        parser.add_argument("--from", required=True, type=day, metavar="DATE", dest="first", help="统计期的第一天")
        parser.add_argument("--to", required=True, type=day, metavar="DATE", dest="last", help="统计期的最后一天")
        parser.add_argument("--as-of", type=day, metavar="DATE", help="截止日，其后发生的不计；缺省为统计期的最后一天")
        parser.add_argument("--known-on", type=day, metavar="DATE", help="只按该日终了前已录入的记录统计")
        parser.add_argument("--subject", action="append", default=[], metavar="S", help="统计主题，可重复；缺省为全部")
        parser.add_argument("--by", action="append", default=[], metavar="DIM[,DIM]", help="按维度分组，可重复")
        parser.add_argument(
            "--compare", choices=list(Compare), type=Compare, help="与上年同期（year）或上月（month）比较"
        )
        parser.add_argument(
            "--organized",
            choices=list(Organized),
            type=Organized,
            default=Organized.THEN,
            help="迁移过的机构按当时（then，缺省）或现在（now）所在的地区统计",
        )
        parser.add_argument("--organization", type=int, metavar="ID", help="只统计一个机构")
        parser.add_argument("--format", choices=("json", "table"), default="table", help="输出格式")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_not_yet_known(options["known_on"], localdate())
            answer = statistics(
                region=options["region"],
                organization=options["organization"],
                first=options["first"],
                last=options["last"],
                as_of=options["as_of"],
                known_on=options["known_on"],
                subjects=options["subject"],
                by=[names.split(",") for names in options["by"]],
                compare=options["compare"],
                organized=options["organized"],
            )
        except (Refused, BalanceBroken) as refused:
            raise CommandError(str(refused)) from refused
        if options["format"] == "json":
            self.stdout.write(json.dumps(answer.as_dict(), ensure_ascii=False, indent=2))
        else:
            width = get_terminal_size((110, 0)).columns
            self.stdout.write(as_text(answer, width=width, color=self.stdout.isatty()), ending="")

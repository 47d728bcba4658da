"""`manage.py restatements`: what differs now from what a region published of a month, and which events made it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from casetrack.kinds.refusals import Refused
from casetrack.organizations.arguments import region
from casetrack.stats.closing.restating import latest, restatement
from casetrack.stats.management.commands.close_month import month


class Command(BaseCommand):
    help = "重述：某地区某月最近一版公布之后，哪些数字变了，由哪些记录引起"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, type=region, metavar="CODE", help="区划代码")
        parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="月份")
        parser.add_argument("--format", choices=("json", "table"), default="table", help="输出格式")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = latest(options["region"], options["month"])
            found = [each.as_dict() for each in restatement(edition)]
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if options["format"] == "json":
            said = {
                "region": edition.region_id,
                "month": f"{edition.month:%Y-%m}",
                "edition": edition.number,
                "published_at": localtime(edition.published_at).isoformat(),
                "figures": found,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        for row in found:
            group = "、".join(row["dimensions"].values())
            self.stdout.write(
                f"{row['subject']} {row['label']}{f'（{group}）' if group else ''}："
                f"公布{row['published']['value']}，现为{row['now']['value']}，涉及{len(row['cases'])}件案件、"
                f"{len(row['entries'])}项报送数字"
            )
        self.stdout.write(f"第{edition.number}版公布后有{len(found)}个数字变动" if found else "公布后没有变动")

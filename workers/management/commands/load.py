"""`manage.py load --profile county|province [--minutes N]`: a working day's requests on this machine, in a table."""

import json
import logging
from argparse import ArgumentParser
from math import inf
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from rich.console import Console
from rich.table import Table

from workers.load.acts import LogInRefused
from workers.load.ground import LoadRefused
from workers.load.profiles import PROFILES
from workers.load.trial import Trial, Wish
from workers.processes import NoPortFree

HEADS = ("请求", "次数", "p50 毫秒", "p95", "p99", "最长")


class Command(BaseCommand):
    help = "负荷试验：生成案件，启动服务，按一个县或一个省最忙一小时的节奏打开页面、登记、办理、统计、导出"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--profile", required=True, choices=list(PROFILES), help="县或省")
        parser.add_argument("--minutes", type=float, default=5.0, help="每一部分多少分钟（默认5）")
        parser.add_argument("--times", type=float, default=1.0, help="最忙一小时节奏的多少倍（默认1）")
        parser.add_argument("--cases", type=int, help="案件数；缺省为县2万、省100万")
        parser.add_argument("--output", type=Path, help="结果另写成的JSON文件，缺省在数据目录的load中")

    def handle(self, *args: Any, **options: Any) -> None:
        profile = PROFILES[options["profile"]]
        cases = profile.cases if options["cases"] is None else options["cases"]
        if not (0 < options["minutes"] < inf and 0 < options["times"] < inf and cases > 0):
            raise CommandError("--minutes、--times、--cases 须大于0")
        path = options["output"] or Path(settings.DATA_DIR) / "load" / f"{profile.name}.json"
        if options["output"] and not path.parent.is_dir():  # known after the trial, all of it would be for nothing
            raise CommandError(f"文件夹“{path.parent}”不存在；请先建立，或换一个位置")
        wish = Wish(profile, cases, options["minutes"], options["times"], now())
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # what was sent again is counted
        try:
            told = Trial(wish, self.say).run()
        except (LoadRefused, LogInRefused, NoPortFree) as refused:
            raise CommandError(str(refused)) from refused
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for part in told["parts"]:
            self.show(part)
        if wrong := sum(sum(part["errors"].values()) for part in told["parts"]):
            raise CommandError(f"{wrong}个请求出错")

    def show(self, part: dict[str, Any]) -> None:
        asked = f"，应为每秒{part['asked_a_second']}个，最迟晚{part['latest']}秒" if part["asked_a_second"] else ""
        table = Table(*HEADS, title=f"{part['part']}：{part['at_once']}人同时，每秒{part['a_second']}个请求{asked}")
        for row in part["rows"]:
            table.add_row(*(str(value) for value in row.values()))
        Console().print(table)
        if part["again"]:
            self.stdout.write(f"{part['again']}个请求遇到闲置连接关闭，重发了一次")
        for error, number in part["errors"].items():
            self.stdout.write(f"出错{number}次：{error}")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

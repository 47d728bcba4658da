"""`manage.py work [--burst]`: run what is queued; with --burst also what is marked but was never queued, then end."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from redis.exceptions import RedisError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from workers import draining, steady

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


class Command(BaseCommand):
    help = "执行排队的任务；--burst：执行完所有排队和已标记待办的工作后结束"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--burst", action="store_true", help="执行完即结束")
        parser.add_argument(
            "--queue",
            action="append",
            choices=list(settings.RQ_QUEUES),
            help="只执行这一队列，可重复；缺省为全部。导入导出（jobs）可运行数小时，宜另设一个进程",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["burst"]:
            if options["queue"]:
                raise CommandError("--burst 执行全部队列，不能与 --queue 同用")
            self.drain()
            return
        connections.close_all()  # a fork must not share the parent's connection
        names = options["queue"] or list(settings.RQ_QUEUES)
        steady.work(names=names, logging_level="INFO" if options["verbosity"] > 0 else "WARNING")

    def drain(self) -> None:
        begun = time.monotonic()
        console = Console(stderr=True)
        try:
            with Progress(*COLUMNS, console=console, transient=True, disable=not console.is_terminal) as bar:
                task = bar.add_task("结算统计", total=None)
                drained = draining.drain(
                    progress=lambda done, left: bar.update(task, completed=done, total=done + left)
                )
        except RedisError as error:
            raise CommandError(f"统计已结算；队列（Redis）无法连接，排队的任务未执行：{error}") from error
        except KeyboardInterrupt:
            raise CommandError("已中断；未完成的工作仍有标记或仍在队列，重新执行即可", returncode=130) from None
        except draining.WorkLeft as left:
            raise CommandError(str(left)) from left
        self.stdout.write(
            f"结算{drained.settled}个机构和地区，完成{drained.done}项任务，用时{time.monotonic() - begun:.1f}秒"
        )
        for failure in drained.failures:
            self.stderr.write(f"任务{failure.job}失败：{failure.error}")
        if drained.failures:
            raise CommandError(f"{len(drained.failures)}项任务失败；所涉标记仍在，排除原因后重新执行即可")

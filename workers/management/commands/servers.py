"""`manage.py servers start|stop|status|remove`: the bundled PostgreSQL and Redis of this checkout."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casetrack import embedded


class Command(BaseCommand):
    help = "启动、停止、查看内置的 PostgreSQL 和 Redis，或连同数据一并删除（remove）"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status", "remove"])

    def handle(self, *args: Any, **options: Any) -> None:
        bundled = embedded.bundled(os.environ)
        if not (bundled.postgres or bundled.redis):
            self.stdout.write("DATABASE_URL 和 REDIS_URL 均已设置，不使用内置服务器。")
            return
        if options["action"] == "start":
            bundled.ensure()
        elif options["action"] == "stop":
            bundled.stop()
        elif options["action"] == "remove":
            bundled.remove()
        status = bundled.status()
        for name, answers in status.items():
            self.stdout.write(f"{name}：{'运行中' if answers else '未运行'}（{bundled.place.run}）")
        if options["action"] == "status" and not all(status.values()):
            raise CommandError("内置服务器未全部运行；用 manage.py servers start 启动。")

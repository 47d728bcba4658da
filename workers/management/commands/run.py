"""`manage.py run [--port N]`: the whole service on this machine, until Ctrl-C: web, worker and schedule."""

import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from casetrack.cases.models import Case
from casetrack.organizations.models import Organization
from workers.demo_users import ensure_demo_users, password_file
from workers.processes import Company, NoPortFree, asked_to_stop, listening_from

PORT = 8000
START_TIME = 60
WEB = {
    "CASETRACK_DB_POOL": "8",
    "CASETRACK_HTTPS": "false",  # only this machine can reach it
}
LONG = "jobs"
"""The queue of imports and exports, which may run for hours: a process of its own, so that figures need not wait."""
GUNICORN = ("gunicorn", "casetrack.wsgi", "--workers=2", "--log-level=warning", "--no-control-socket")


class Command(BaseCommand):
    help = "在本机运行全部服务：网页与接口、工作进程、计划任务，按 Ctrl-C 结束"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=PORT, help=f"端口，被占用时用其后的空闲端口（默认{PORT}）")
        parser.add_argument("--without-samples", action="store_true", help="不导入示例县的台账")

    def handle(self, *args: Any, **options: Any) -> None:
        self.set_up(samples=settings.BUNDLED.postgres and not options["without_samples"])
        try:
            listening = listening_from(options["port"])
        except NoPortFree as refused:
            raise CommandError(str(refused)) from refused
        with asked_to_stop() as stop, listening, Company(cwd=settings.BASE_DIR) as company:
            self.start(company, listening)
            self.announce(company, listening, stop)
            while not stop.wait(0.5):
                if name := company.first_to_end():
                    raise CommandError(f"{name}意外结束，其余进程已停止；原因见上方输出")
        self.stdout.write("已停止。")

    def set_up(self, *, samples: bool) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_divisions", verbosity=0)
        done = Path(settings.DATA_DIR) / "demo" / "imported"
        if samples and not (done.exists() and Case.objects.exists()):
            try:
                call_command("demo")
                done.parent.mkdir(parents=True, exist_ok=True)
                done.touch()
            except CommandError as error:  # figures that differ are no reason not to look at them
                self.stderr.write(str(error))

    def start(self, company: Company, listening: socket.socket) -> None:
        manage = [sys.executable, "-m", "casetrack"]
        web = [sys.executable, "-m", *GUNICORN, f"--bind=fd://{listening.fileno()}"]
        connections.close_all()
        company.start("网页服务", web, env=WEB, pass_fds=[listening.fileno()])
        short = [f"--queue={name}" for name in settings.RQ_QUEUES if name != LONG]
        company.start("工作进程", [*manage, "work", "--verbosity=0", *short])
        company.start("导入导出进程", [*manage, "work", "--verbosity=0", f"--queue={LONG}"])
        company.start("计划任务", [*manage, "schedule", "--verbosity=0"])

    def announce(self, company: Company, listening: socket.socket, stop: threading.Event) -> None:
        """Say where the service is once it answers there, and how to get in."""
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        begun = time.monotonic()
        while not answers(f"{address}/health/live"):
            if stop.wait(0.2) or company.first_to_end():
                return
            if time.monotonic() - begun > START_TIME:
                raise CommandError(f"网页服务{START_TIME}秒内没有应答，已停止")
        self.stdout.write(f"服务已启动：{address}/（按 Ctrl-C 结束）；接口说明：{address}/api/v1/schema/")
        if settings.BUNDLED.postgres:
            self.show_logins()
        self.stdout.flush()

    def show_logins(self) -> None:
        places = Organization.objects.values_list("county", flat=True).distinct()
        logins = ensure_demo_users(region_codes=list(places))
        self.stdout.write(f"示例账号（密码在本机生成，保存于 {password_file()}）：")
        for login in logins:
            self.stdout.write(f"  {login.username:<20}{login.password:<16}{login.role.label}")
        connections.close_all()


def answers(url: str) -> bool:
    try:
        urlopen(url, timeout=1).close()  # noqa: S310 - of this machine
    except HTTPError:
        return True  # it refuses, so it is there
    except OSError:
        return False
    return True

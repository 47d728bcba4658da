"""The trial: the service as `manage.py run` starts it, a profile's busiest hour, then as much as it takes."""

import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import IO, Any

from django.conf import settings
from django.db import connections
from django.utils.timezone import localdate

from casetrack.cases.models import Case
from workers.load.acts import Desk, Someone
from workers.load.crowd import work
from workers.load.ground import LoadRefused, prepare
from workers.load.measuring import Measured
from workers.load.profiles import Profile
from workers.management.commands.run import GUNICORN, LONG, START_TIME, WEB, answers
from workers.processes import Company, listening_from

FIRST_PORT = 8700
WARMING = 5.0  # seconds, not measured: what every process does once
LOG_INS = {"CASETRACK_LOG_INS_PER_MINUTE": "100000", "CASETRACK_LOG_LEVEL": "WARNING"}
MOST_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """How many cases, for how long each part, and how many times the busiest hour's pace."""

    profile: Profile
    cases: int
    minutes: float
    times: float
    now: datetime


@dataclass(slots=True)
class Trial:
    """One run."""

    wish: Wish
    say: Callable[[str], None]

    def run(self) -> dict[str, Any]:
        people = prepare(self.wish.profile, cases=self.wish.cases, now=self.wish.now, say=self.say)
        there = Case.objects.count()
        folder = Path(settings.DATA_DIR) / "load"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        connections.close_all()
        before = os.getloadavg()[0]
        with (
            listening_from(FIRST_PORT) as listening,
            (folder / "output.log").open("wb") as output,
            Company(cwd=settings.BASE_DIR) as company,
        ):
            site = serve(company, listening, output)
            parts = self.parts(self.desks(site, people))
            if name := company.first_to_end():
                raise LoadRefused(f"{name}在试验中意外结束；输出见 {folder / 'output.log'}")
        return {"profile": self.wish.profile.name, "cases": there, "load_before": round(before, 1), "parts": parts}

    def desks(self, site: str, people: Sequence[Someone]) -> list[Desk]:
        self.say(f"{len(people)}个账号登录……")
        desks = [desk_of(site, who) for who in people]
        for desk in desks:
            desk.log_in()
        return desks

    def parts(self, desks: Sequence[Desk]) -> list[dict[str, Any]]:
        seconds, pace = self.wish.minutes * 60, self.wish.profile.a_second * self.wish.times
        work(desks, a_second=0, seconds=WARMING, at_once=MOST_AT_ONCE)
        return [
            self.part("最忙一小时", desks, pace, seconds, at_once=len(desks)),
            self.part("尽快", desks, 0, seconds, at_once=MOST_AT_ONCE),
        ]

    def part(self, name: str, desks: Sequence[Desk], pace: float, seconds: float, *, at_once: int) -> dict[str, Any]:
        measured = Measured()
        for desk in desks:
            desk.measured = measured
        self.say(f"{name}：{seconds:.0f}秒……")
        taken, latest = work(desks, a_second=pace, seconds=seconds, at_once=at_once)
        return {
            "part": name,
            "at_once": at_once,
            "asked_a_second": round(pace, 2),
            "a_second": round(measured.requests() / taken, 1),
            "latest": round(latest, 1),
            "load": round(os.getloadavg()[0], 1),
            "again": measured.again,
            "errors": dict(measured.errors),
            "rows": measured.rows(),
        }


def desk_of(site: str, who: Someone) -> Desk:
    return Desk(site, who, localdate(), Measured(), Random(who.username))  # the same day each time


def serve(company: Company, listening: socket.socket, output: IO[bytes]) -> str:
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    web = [sys.executable, "-m", *GUNICORN, f"--bind=fd://{listening.fileno()}"]
    company.start("网页服务", web, env=WEB | LOG_INS, pass_fds=[listening.fileno()], output=output)
    short = [f"--queue={name}" for name in settings.RQ_QUEUES if name != LONG]
    company.start("工作进程", [*manage, "work", "--verbosity=0", *short], output=output)
    company.start("导入导出进程", [*manage, "work", "--verbosity=0", f"--queue={LONG}"], output=output)
    company.start("计划任务", [*manage, "schedule", "--verbosity=0"], output=output)
    site, until = f"http://127.0.0.1:{listening.getsockname()[1]}", time.monotonic() + START_TIME
    while not answers(f"{site}/health/live"):
        if time.monotonic() > until or company.first_to_end():
            raise LoadRefused("网页服务没有应答")
        time.sleep(0.2)
    return site

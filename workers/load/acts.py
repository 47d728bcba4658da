"""What people ask for in a day, by classes with their weights: pages with a session, entries as a program."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from workers.load.measuring import Measured
from workers.load.profiles import Role

PATIENCE = 60.0
ONCE_MORE = Retry(total=1, connect=1, read=1, status=0, allowed_methods=None)
"""As browsers do where a connection that lay idle was closed just then; what is posted here may be repeated."""
KINDS = ("mediation", "petition")


class LogInRefused(Exception):
    """An account of the trial could not log in."""


@dataclass(frozen=True, slots=True)
class Someone:
    """An account: how it logs in, where it works, cases that it may see."""

    role: Role
    username: str
    password: str
    token: str
    region: str
    office: int
    cases: tuple[int, ...]


@dataclass(slots=True)
class Desk:
    """Somebody at work, with a browser's session and a program's."""

    site: str
    who: Someone
    today: date
    measured: Measured
    chance: Random
    pages: requests.Session = field(default_factory=requests.Session)
    program: requests.Session = field(default_factory=requests.Session)
    opened: list[int] = field(default_factory=list)
    export: int = 0

    def log_in(self) -> None:
        for session in (self.pages, self.program):
            session.mount("http://", HTTPAdapter(max_retries=ONCE_MORE))
        self.program.headers["Authorization"] = f"Bearer {self.who.token}"
        self.pages.get(f"{self.site}/login/", timeout=PATIENCE)
        form = {
            "login": self.who.username,
            "password": self.who.password,
            "csrfmiddlewaretoken": self.pages.cookies.get("csrftoken", ""),
        }
        answer = self.pages.post(f"{self.site}/login/", data=form, headers={"Referer": self.site}, timeout=PATIENCE)
        if answer.status_code != 200 or "/login" in answer.url:
            raise LogInRefused(f"{self.who.username} 不能登录（{answer.status_code} {answer.url}）")

    def act(self) -> None:
        acts = WEIGHTS[self.who.role]
        self.chance.choices(list(acts), weights=list(acts.values()))[0](self)

    def page(self, name: str, path: str, **asked: str | int) -> None:
        self.timed(name, lambda: self.pages.get(f"{self.site}{path}", params=asked, timeout=PATIENCE))

    def timed(self, name: str, ask: Callable[[], requests.Response]) -> Any:
        """The members of a JSON answer; None of a page, or of anything that is an error."""
        begun, answer, error = time.perf_counter(), None, ""
        try:
            answer = ask()
        except requests.RequestException as broke:
            error = type(broke).__name__
        taken = time.perf_counter() - begun
        if answer is not None and (answer.status_code >= 400 or "/login/" in answer.url):
            error = f"{answer.status_code} {answer.text[:200] if 'json' in answer.headers['Content-Type'] else ''}"
        again = len(answer.raw.retries.history) if answer is not None and answer.raw.retries else 0
        self.measured.add(name, taken, error.strip(), again=again)
        readable = answer is not None and not error and "json" in answer.headers["Content-Type"]
        return answer.json() if answer is not None and readable else None

    def send(self, name: str, path: str, body: dict[str, Any]) -> Any:
        repeatable = {"Idempotency-Key": uuid.uuid4().hex}
        address = f"{self.site}/api/v1/{path}"
        return self.timed(name, lambda: self.program.post(address, json=body, headers=repeatable, timeout=PATIENCE))


def start(desk: Desk) -> None:
    desk.page("首页", "/")


def cases(desk: Desk) -> None:
    desk.page("案件列表", "/cases/")


def narrowed(desk: Desk) -> None:
    asked: dict[str, str | int] = {"kind": desk.chance.choice(KINDS), "open": "true"}
    if desk.chance.random() < 0.5:
        asked = {
            "kind": "mediation",
            "received_from": f"{desk.today.replace(month=1, day=1)}",
            "ordering": "-received_on",
        }
    desk.page("案件筛选", "/cases/", **asked)


def one_case(desk: Desk) -> None:
    if desk.who.cases:
        desk.page("案件页面", f"/cases/{desk.chance.choice(desk.who.cases)}/")


def deadlines(desk: Desk) -> None:
    desk.page("期限", "/deadlines/")


def form(desk: Desk) -> None:
    desk.page("登记表单", "/cases/new/mediation/")


def figures(desk: Desk) -> None:
    where: dict[str, str | int] = {"under": desk.who.region}
    if desk.who.role is Role.MEDIATOR:
        where = {"organization": desk.who.office}
    desk.page("统计", "/statistics/", **where, year=desk.today.year)


def month_table(desk: Desk) -> None:
    month = desk.today.replace(day=1) - timedelta(days=1)
    asked = {"region": desk.who.region, "month": f"{month:%Y-%m}"}
    address = f"{desk.site}/api/v1/reports/tables/monthly_summary/file/"
    desk.timed("月报表", lambda: desk.program.get(address, params=asked, timeout=PATIENCE))


def log(desk: Desk) -> None:
    body = {
        "kind": "mediation",
        "organization": desk.who.office,
        "on": f"{desk.today - timedelta(days=desk.chance.randrange(5))}",
        "facts": {"category": desk.chance.choice(("neighbour", "labour", "traffic"))},
        "parties": [{"role": "applicant", "name": "张三"}, {"role": "respondent", "name": "李四"}],
    }
    if answer := desk.send("登记案件", "cases/", body):
        desk.opened.append(answer["id"])


def step(desk: Desk) -> None:
    """The next of a case logged before; where there is none, one is logged."""
    if not desk.opened:
        log(desk)
        return
    body = {"type": "accept", "occurred_on": f"{desk.today}", "facts": {}}
    desk.send("办理步骤", f"cases/{desk.opened.pop()}/events/", body)


def take_away(desk: Desk) -> None:
    """An export of the place's disputes; while one is under way, how far it is."""
    if desk.export:
        address = f"{desk.site}/api/v1/exports/{desk.export}/"
        found = desk.timed("导出进度", lambda: desk.program.get(address, timeout=PATIENCE))
        if found and found["finished_at"]:
            desk.export = 0
        return
    filters = {"kind": "mediation", "under": desk.who.region, "received_from": f"{desk.today - timedelta(days=60)}"}
    found = desk.send("导出", "exports/", {"resource": "cases", "format": "xlsx", "filters": filters})
    desk.export = found["id"] if found else 0


Act = Callable[[Desk], None]
WEIGHTS: dict[Role, dict[Act, int]] = {
    Role.MEDIATOR: {start: 12, cases: 16, one_case: 22, form: 14, log: 14, step: 14, deadlines: 6, figures: 2},
    Role.CLERK: {start: 8, cases: 16, narrowed: 18, one_case: 26, deadlines: 8, form: 6, log: 6, step: 8, take_away: 2},
    Role.SUPERVISOR: {start: 12, narrowed: 22, one_case: 16, deadlines: 16, figures: 26, month_table: 4, take_away: 4},
}

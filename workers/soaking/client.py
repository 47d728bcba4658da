"""An office's program, as one might write it: opens cases, takes steps, corrects, retracts, imports and exports, and
confirms months and closes them.

`python -m workers.soaking.client ORDERS.json DIARY`. Knows the service by its API alone. It may be killed at any moment
and started again; asked to end, it ends after the act at hand.
"""

import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import requests

from workers.soaking.diary import Diary, Intent

PATIENCE = 120.0  # seconds for an answer, which outlasts every outage of the trial
AGAIN = {429, 500, 502, 503, 504}
PAUSE = 0.3
TIMES = 4  # to try to close a month
NEXT_STEPS: dict[str, dict[str, tuple[str, ...]]] = {
    "mediation": {"registered": ("accept",), "accepted": ("agree", "agree", "fail", "withdraw")},
    "petition": {"registered": ("accept",), "accepted": ("conclude", "withdraw")},
}
OPENING: dict[str, dict[str, tuple[str, ...]]] = {
    "mediation": {"category": ("neighbour", "labour", "traffic")},
    "petition": {"channel": ("visit", "letter")},
}
HEADINGS = "案件编号,受理日期,调解组织,申请人,被申请人,纠纷类型,纠纷简要情况,案件来源,调结日期,调解结果,协议形式"
FIRST_DAY, DAYS = date(2024, 1, 1), 300
ROWS = (8, 20, 20, 700)  # the last is more than one transaction


class Unanswered(Exception):
    """The service was away for longer than any outage of the trial."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Who a client is and where it works."""

    name: str
    api: str
    token: str
    seed: str
    region: str
    committee: str
    offices: dict[str, list[int]]
    places: tuple[str, ...] = ()


class Client:
    """One client's acts."""

    def __init__(self, orders: Orders, diary: Diary) -> None:
        self.orders, self.diary = orders, diary
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {orders.token}"
        self.chance = Random(f"{orders.seed} {orders.name} {len(diary.entries)}")

    def work(self, *, is_over: Callable[[], bool]) -> None:
        for intent in list(self.diary.unanswered()):
            self.send(intent)
        acts = (
            self.open,
            self.step,
            self.correct,
            self.retract,
            self.ask_too_much,
            self.bring,
            self.take_back,
            self.take,
            self.confirm,
            self.close,
        )
        while not is_over():
            self.chance.choices(acts, weights=(30, 30, 12, 8, 4, 3, 1, 3, 4, 6))[0]()
            time.sleep(self.chance.uniform(0, 0.1))

    def open(self) -> None:
        kind = self.chance.choice(list(OPENING))
        facts = {name: self.chance.choice(values) for name, values in OPENING[kind].items()}
        body = {
            "kind": kind,
            "organization": self.chance.choice(self.orders.offices[kind]),
            "on": self.a_day().isoformat(),
            "facts": facts,
            "parties": [{"role": "petitioner" if kind == "petition" else "applicant", "name": "张三"}],
        }
        self.send(self.diary.intend("open", "cases/", body))

    def step(self) -> None:
        if case := self.a_case():
            steps = NEXT_STEPS[case["kind"]].get(case["state"], ())
            if steps:
                self.take_step(case, self.chance.choice(steps))

    def take_step(self, case: dict[str, Any], step: str) -> None:
        day = date.fromisoformat(case["received_on"]) + timedelta(days=self.chance.randrange(60))
        facts = {"agreement": "written", "amount": self.chance.randrange(10_000)} if step == "agree" else {}
        body = {"type": step, "occurred_on": day.isoformat(), "facts": facts}
        self.send(self.diary.intend("step", f"cases/{case['id']}/events/", body, case=case["id"]))

    def ask_too_much(self) -> None:
        """What no state allows: it must leave nothing behind."""
        if case := self.a_case():
            self.take_step(case, "perform" if case["state"] == "registered" else "accept")

    def correct(self) -> None:
        if (case := self.a_case()) and (event := self.an_event(case)):
            day = date.fromisoformat(event["occurred_on"]) + timedelta(days=self.chance.randrange(-40, 40))
            self.change(case, {"replaces": event["id"], "occurred_on": day.isoformat()})

    def retract(self) -> None:
        if (case := self.a_case()) and (event := self.an_event(case)):
            self.change(case, {"retracts": event["id"]})

    def change(self, case: dict[str, Any], body: dict[str, Any]) -> None:
        body["reason"] = f"{self.orders.name}第{len(self.diary.entries) + 1}件事"
        self.send(self.diary.intend("change", f"cases/{case['id']}/events/", body, case=case["id"]))

    def bring(self) -> None:
        """A ledger; not while the one before is still being taken in."""
        last = max((entry.answer["id"] for entry in self.diary.done("import")), default=None)
        if last is None or self.get(f"imports/{last}/")["finished_at"]:
            number = len(self.diary.entries) + 1
            rows = [self.row(number, row) for row in range(self.chance.choice(ROWS))]
            body = {"region": self.orders.region}
            self.send(self.diary.intend("import", "imports/", body, ledger="\n".join([HEADINGS, *rows, ""])))

    def row(self, ledger: int, row: int) -> str:
        day = self.a_day()
        number = f"{self.orders.name}〔2024〕{ledger}-{row}号"
        ended = f"{day + timedelta(days=9)},调解成功,口头协议"
        return f"{number},{day},{self.orders.committee},张三,李四,邻里纠纷,宅前排水沟走向,当事人申请,{ended}"

    def take_back(self) -> None:
        undone = {entry.intent.path for entry in self.diary.done("undo")}
        for entry in self.diary.done("import"):
            path = f"imports/{entry.answer['id']}/undo/"
            if path not in undone and self.get(f"imports/{entry.answer['id']}/")["finished_at"]:
                body = self.chance.choice(({}, {"restating": f"{self.orders.name}撤销台账"}))
                self.send(self.diary.intend("undo", path, body))
                return

    def take(self) -> None:
        body = {"resource": "cases", "format": self.chance.choice(("csv", "xlsx")), "filters": {"kind": "mediation"}}
        self.send(self.diary.intend("export", "exports/", body))

    def confirm(self) -> None:
        """The month of an office; it is refused where this says that there are no cases and there are, or not so."""
        office = self.chance.choice([pk for pks in self.orders.offices.values() for pk in pks])
        body = {"organization": office, "month": self.a_month(), "act": "confirmed", "zero": self.chance.random() < 0.3}
        self.send(self.diary.intend("confirm", "months/reports/", body))

    def close(self) -> None:
        """A month of a place, at first or anew; it is refused while anything of it waits to be counted."""
        place, month = self.chance.choice(self.orders.places), self.a_month()
        why = {"reason": f"{self.orders.name}重述", "without_confirmations": "尚未全部确认"}
        for _ in range(TIMES):
            intent = self.diary.intend("close", "closings/", {"region": place, "month": month, **why})
            self.send(intent)
            if self.diary.entries[intent.number].done:
                return
            time.sleep(PAUSE)

    def a_month(self) -> str:
        """Of the first ones more often: what waits in any month up to it stands in the way of closing it."""
        return f"2024-{min(self.chance.randrange(1, 11), self.chance.randrange(1, 11)):02}"

    def a_day(self) -> date:
        return FIRST_DAY + timedelta(days=self.chance.randrange(DAYS))

    def a_case(self) -> dict[str, Any] | None:
        opened = [entry.answer["id"] for entry in self.diary.done("open")]
        case = self.get(f"cases/{self.chance.choice(opened[-40:])}/") if opened else None
        return case if case and case["received_on"] else None  # none where even the opening was retracted

    def an_event(self, case: dict[str, Any]) -> dict[str, Any] | None:
        events = self.get(f"cases/{case['id']}/events/")["results"]
        passed = {event["replaces"] or event["retracts"] for event in events}
        standing = [event for event in events if event["id"] not in passed and not event["retracts"]]
        return self.chance.choice(standing) if standing else None

    def get(self, path: str) -> dict[str, Any]:
        answer = self.asked(lambda: self.session.get(self.orders.api + path, timeout=20))
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def send(self, intent: Intent) -> None:
        answer = self.asked(
            lambda: self.session.post(self.orders.api + intent.path, timeout=20, **said(intent)), intent
        )
        told = answer.json()
        kept = {name: told[name] for name in ("id", "number", "sequence", "code", "digest") if name in told}
        self.diary.answered(intent, answer.status_code, kept)

    def asked(self, ask: Callable[[], requests.Response], intent: Intent | None = None) -> requests.Response:
        """Asks until there is an answer: a service that is away, or ends in the middle, is asked the same again."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = ask()
            except requests.RequestException as error:
                print(self.orders.name, time.strftime("%X"), type(error).__name__, flush=True)
                time.sleep(PAUSE)
                continue
            if answer.status_code not in AGAIN:
                return answer
            print(self.orders.name, time.strftime("%X"), answer.status_code, flush=True)
            if intent and answer.status_code == 500:
                self.diary.answered(intent, 500, {})
            time.sleep(PAUSE)
        raise Unanswered(intent.number if intent else "")


def said(intent: Intent) -> dict[str, Any]:
    headers = {"Idempotency-Key": intent.key}
    if not intent.ledger:
        return {"json": intent.body, "headers": headers}
    return {
        "data": intent.body,
        "files": {"files": ("台账.csv", intent.ledger.encode(), "text/csv")},
        "headers": headers,
    }


def main(orders: Path, diary: Path) -> None:
    asked_to_end: list[int] = []
    signal.signal(signal.SIGTERM, lambda signum, frame: asked_to_end.append(signum))
    client = Client(Orders(**json.loads(orders.read_text())), Diary(diary))
    client.work(is_over=lambda: bool(asked_to_end))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

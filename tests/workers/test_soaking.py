"""The parts of the long trial, each shown to find what it is there to find; `make soak` runs the whole."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import advance, correct, retract
from casetrack.organizations.models import Organization, Region
from casetrack.stats import rollup
from casetrack.stats.closing.closing import close
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute
from tests.stats.world import tamper_with_received
from workers.soaking import accounting, recounting
from workers.soaking.client import Client, Orders
from workers.soaking.diary import Diary
from workers.soaking.memory import held_in

MARCH = date(2024, 3, 1)
IN_JUNE = datetime(2024, 6, 3, 2, tzinfo=UTC)
BODY = {"kind": "mediation", "on": "2024-03-01"}


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    return Diary(tmp_path / "甲.jsonl")


def test_a_client_that_was_killed_finds_what_it_has_to_send_again(diary: Diary) -> None:
    done = diary.intend("open", "cases/", BODY)
    diary.answered(done, 201, {"id": 7})
    left = diary.intend("step", "cases/7/events/", {"type": "accept"}, case=7)
    with diary.path.open("ab") as file:
        file.write(b'{"intent": {"number": 3, "ke')  # killed while writing

    found = Diary(diary.path)

    assert list(found.unanswered()) == [left]
    assert [entry.answer for entry in found.done("open")] == [{"id": 7}]
    found.answered(left, 409, {"code": "step_not_allowed"})
    assert [entry.status for entry in Diary(diary.path).entries.values()] == [201, 409]


class Reluctant(BaseHTTPRequestHandler):
    """A service that fails, breaks off, and then does it."""

    keys: list[str] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.keys.append(self.headers["Idempotency-Key"])
        if len(self.keys) == 2:
            return  # the connection ends without a word
        self.send_response(503 if len(self.keys) == 1 else 201)
        self.end_headers()
        self.wfile.write(json.dumps({"id": 7, "number": "1号", "title": "张* 案件"}).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def api() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Reluctant)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_client_sends_the_same_again_under_the_same_key_until_it_is_answered(
    diary: Diary, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.soaking.client.PAUSE", 0.01)
    client = Client(Orders("甲", api, "token", "1", "620522000000", "调委会", {}), diary)
    intent = diary.intend("open", "cases/", BODY)

    client.send(intent)

    assert Reluctant.keys == [intent.key] * 3
    assert [(entry.status, entry.answer) for entry in diary.entries.values()] == [(201, {"id": 7, "number": "1号"})]


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("soak-甲", display_name="客户端甲")


@pytest.fixture
def logged(committee: Organization, user: User, diary: Diary) -> Case:
    """A case with its opening, a step, a correction and a retraction, all of them in the diary."""
    case = log_dispute(committee, MARCH, actor=user)
    accepted = case.events.get(step="accept")
    by: dict[str, Any] = {"actor": user, "now": NOW}
    correct(event_id=accepted.pk, on=date(2024, 3, 2), facts={}, reason="日期有误", **by)
    retract(event_id=case.events.get(sequence=3).pk, reason="误录", **by)
    for act, said in (
        ("open", {"kind": "mediation", "on": "2024-03-01"}),
        ("step", {"type": "accept", "occurred_on": "2024-03-01"}),
        ("change", {"replaces": accepted.pk, "occurred_on": "2024-03-02", "reason": "日期有误"}),
        ("change", {"retracts": case.events.get(sequence=3).pk, "reason": "误录"}),
    ):
        number = len(diary.entries) + 1
        diary.answered(diary.intend(act, "", said, case=case.pk), 201, {"id": case.pk, "sequence": number})
    return case


def differences(diary: Diary) -> list[str]:
    return list(accounting.differences({"soak-甲": diary}))


def test_what_was_acknowledged_and_is_there_once_makes_no_difference(logged: Case, diary: Diary) -> None:
    assert differences(diary) == []


def test_what_was_done_twice_or_never_asked_for_is_found(
    logged: Case, committee: Organization, user: User, diary: Diary
) -> None:
    twice = log_dispute(committee, MARCH, actor=user)
    again = StepDraft("accept", date(2024, 3, 3))
    advance(case_id=logged.pk, draft=again, actor=user, now=NOW)

    assert differences(diary) == [
        f"客户端甲：案件{logged.pk}多出事件(5, 'accept', '2024-03-03')",
        f"客户端甲：案件{twice.pk}在库中，而没有登记过，或登记了两次",
    ]


def test_what_was_acknowledged_and_is_not_there_is_found(logged: Case, diary: Diary) -> None:
    diary.answered(diary.intend("open", "cases/", BODY), 201, {"id": 999})
    diary.answered(
        diary.intend("step", "", {"type": "agree", "occurred_on": "2024-03-09"}, case=logged.pk), 201, {"sequence": 5}
    )
    diary.answered(diary.intend("export", "exports/", {}), 202, {"id": 77})
    diary.intend("open", "cases/", BODY)

    assert set(differences(diary)) == {
        "客户端甲：第8件事（open）始终没有得到答复",
        f"客户端甲：案件{logged.pk}缺少事件(5, 'agree', '2024-03-09')",
        "客户端甲：案件999已获确认，而库中没有",
        "客户端甲：任务77已获确认，而库中没有",
    }


def test_an_edition_that_is_not_as_it_was_told_or_that_nobody_was_told_of_is_found(
    logged: Case, county: Region, user: User, diary: Diary
) -> None:
    asked: dict[str, Any] = {"region": county.code, "actor": user, "now": IN_JUNE, "without_confirmations": "试验"}
    while rollup.settle():
        pass
    march, april = (close(month=date(2024, month, 1), **asked) for month in (3, 4))
    body = {"region": county.code, "month": "2024-03"}
    told = {"id": march.pk, "number": 1, "digest": march.digest}
    diary.answered(diary.intend("close", "closings/", body), 201, told)

    assert differences(diary) == [f"客户端甲：结账版次{april.pk}答复为None，库中为{(1, april.digest)}"]

    diary.answered(diary.intend("close", "closings/", body), 201, {**told, "digest": "0" * 64})

    assert f"客户端甲：结账版次{march.pk}答复为{(1, '0' * 64)}，库中为{(1, march.digest)}" in differences(diary)


def test_figures_that_no_restatement_explains_are_found(logged: Case, county: Region, user: User, diary: Diary) -> None:
    while rollup.settle():
        pass
    month = date(2024, 3, 1)
    edition = close(region=county.code, month=month, actor=user, now=IN_JUNE, without_confirmations="试验")
    told = {"id": edition.pk, "number": 1, "digest": edition.digest}
    diary.answered(diary.intend("close", "closings/", {}), 201, told)
    assert differences(diary) == []

    tamper_with_received(county.code, to=5)

    assert any("received" in line and "按重述为" in line for line in differences(diary))


def test_the_plain_recount_agrees_with_the_cells_and_finds_one_that_does_not(logged: Case, county: Region) -> None:
    while rollup.settle():
        pass
    assert list(recounting.differences()) == []

    tamper_with_received(county.code, to=5)

    found = list(recounting.differences())
    assert f"{county.code} 2024-03 mediation.received：统计单元为5，逐件重数为1" in found
    assert all(line.startswith(county.code) for line in found)


@pytest.mark.parametrize(
    ("samples", "is_flat"),
    [
        ([20.0] * 6 + [100.0] * 24, True),  # loading what it needs is no growth
        ([100.0, 108.0] * 15, True),
        ([100.0 + number for number in range(30)], False),
    ],
)
def test_memory_is_flat_where_the_end_holds_hardly_more_than_the_beginning(samples: list[float], is_flat: bool) -> None:
    assert held_in(samples).is_flat is is_flat

"""The service as an office reaches it: through the proxy, over TLS, with all its processes."""

import json
import os
import re
import signal
from pathlib import Path
from threading import Event, Thread

import pytest
import requests
from django.core.management import CommandError, call_command
from django.test import override_settings

from casetrack.cases.models import Case
from tests.stack.office import Office
from tests.waiting import until
from workers.stack.alone import LOCK, ROLLING, AlreadyThere, alone
from workers.stack.rolling import RollingFailed, roll
from workers.stack.running import StackFailed, noted_in, refuse_left_behind


def pids(office: Office) -> dict[str, int]:
    noted: dict[str, int] = json.loads(noted_in(office.place.own).read_text())["pids"]
    return noted


def test_people_reach_it_over_tls_alone_and_their_browsers_are_told_to_stay(running: Office) -> None:
    asked = running.session()

    plain = asked.get(f"{running.http}/login/?next=/cases/", allow_redirects=False)
    page = asked.get(f"{running.address}/login/")
    health = asked.get(f"{running.address}/health/ready")

    assert (plain.status_code, plain.headers["Location"]) == (308, f"{running.address}/login/?next=/cases/")
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "Secure" in page.headers["Set-Cookie"]
    assert not {"Server", "Via"} & set(page.headers)
    assert health.json()["status"] == "ok"


def test_what_is_no_page_of_the_service_is_not_answered_by_it(running: Office) -> None:
    asked = running.session()
    port = running.place.ports["https"]

    elsewhere = asked.get(f"{running.address}/", headers={"Host": f"127.0.0.1:{port}"})
    figures = asked.get(f"{running.address}/metrics")
    style = asked.get(f"{running.address}/static/bootstrap/bootstrap.min.css")

    assert (elsewhere.status_code, f"请使用 {running.address}" in elsewhere.text) == (421, True)
    assert figures.status_code == 404
    assert (style.status_code, style.headers["Content-Type"]) == (200, 'text/css; charset="utf-8"')


def test_a_person_logs_in_on_the_page_over_the_proxy(running: Office) -> None:
    asked, login = running.session(), f"{running.address}/login/"
    del asked.headers["Authorization"]

    def logged_in(password: str) -> requests.Response:
        form = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', asked.get(login).text)
        assert form
        filled = {"login": "clerk", "password": password, "csrfmiddlewaretoken": form[1]}
        return asked.post(login, filled, headers={"Referer": login})

    wrong, right = logged_in("not this one"), logged_in(running.people.password)

    assert (wrong.status_code, wrong.url) == (200, login)
    assert (right.status_code, "一次性密码" in right.text) == (200, True)
    assert [cookie.name for cookie in asked.cookies if not cookie.secure] == []


def test_a_case_that_is_logged_is_counted_by_the_worker(running: Office) -> None:
    asked = running.session()
    figures = f"{running.address}/api/v1/statistics/?region=620522000000&from=2023-01-01&to=2023-12-31"

    def received() -> bool:
        rows = asked.get(figures).json().get("figures", [])
        return [
            row["value"]
            for row in rows
            if (row["subject"], row["measure"], row["dimensions"]) == ("mediation", "received", {})
        ] == [1]

    logged = asked.post(f"{running.address}/api/v1/cases/", json={**running.dispute(), "on": "2023-05-06"})

    assert logged.status_code == 201, logged.text
    until(received, every=0.2)


def test_what_is_too_large_is_refused_with_a_word_that_its_sender_understands(running: Office) -> None:
    asked, large = running.session(), b"0" * 4_000_000

    program = asked.post(f"{running.address}/api/v1/cases/", data=large)
    person = asked.post(f"{running.address}/login/", data=large)

    assert (program.status_code, person.status_code) == (413, 413)
    assert program.headers["Content-Type"] == "application/problem+json"
    assert (program.json()["code"], program.json()["detail"]) == ("too_large", "一次请求最多3MB，请分批提交")
    assert "一次最多提交3MB，这一次没有处理" in person.content.decode()


def test_a_process_that_dies_is_started_again(running: Office) -> None:
    before = pids(running)["scheduler"]

    os.kill(before, signal.SIGKILL)

    until(lambda: pids(running)["scheduler"] != before, within=10, every=0.2)


class Load:
    """Someone who asks and logs all the time, and notes every answer."""

    def __init__(self, office: Office, name: str) -> None:
        self.office, self.name = office, name
        self.answers: list[int | str] = []
        self.logged: list[int] = []
        self.over = Event()
        self.thread = Thread(target=self.work)

    def work(self) -> None:
        asked, number = self.office.session(), 0
        while not self.over.is_set():
            number += 1
            key = {"Idempotency-Key": f"00000000-0000-4000-8000-{self.name}{number:011d}"}
            try:
                seen = asked.get(f"{self.office.address}/api/v1/cases/?page_size=1")
                made = asked.post(f"{self.office.address}/api/v1/cases/", json=self.office.dispute(), headers=key)
            except requests.RequestException as error:
                self.answers.append(repr(error))
                continue
            self.answers += [seen.status_code, made.status_code]
            self.over.wait(0.1)  # enough are under way at any moment, and the machine has other tests
            if made.status_code == 201:
                self.logged.append(made.json()["id"])


def test_restarting_the_web_processes_in_turn_loses_no_request(running: Office) -> None:
    """The promise of docs/deployment.md: as it is restarted in production, under load."""
    before = {name: pid for name, pid in pids(running).items() if name.startswith("web")}
    crowd = [Load(running, str(number)) for number in range(3)]
    told: list[str] = []
    for each in crowd:
        each.thread.start()

    try:
        roll(running.place.own, say=told.append)
    finally:
        for each in crowd:
            each.over.set()
            each.thread.join(60)

    answers = [answer for each in crowd for answer in each.answers]
    logged = {case for each in crowd for case in each.logged}
    assert [answer for answer in answers if answer not in (200, 201)] == []
    assert len(answers) > 60
    assert len(logged) == answers.count(201) == answers.count(200)
    assert Case.objects.filter(received_on="2024-03-04").count() == len(logged)
    assert {name: pid for name, pid in pids(running).items() if name.startswith("web")}.keys() == before.keys()
    assert not set(before.values()) & set(pids(running).values())
    assert told == ["重新启动 web-1 ……", "web-1 已恢复。", "重新启动 web-2 ……", "web-2 已恢复。"]


def test_a_second_stack_on_the_same_data_is_refused_and_not_sent_to_other_ports(running: Office) -> None:
    with (
        override_settings(DATA_DIR=running.place.data),
        pytest.raises(CommandError, match="已经以 make stack 的方式在运行"),
    ):
        call_command("stack", port=running.place.ports["https"])


def test_what_a_killed_stack_has_left_running_is_named_before_another_begins(tmp_path: Path) -> None:
    noted_in(tmp_path).write_text(json.dumps({"pids": {"web-1": os.getpid(), "proxy": 2**30}}))

    refuse_left_behind(tmp_path, checkout=tmp_path)  # another's process has the number by now
    with pytest.raises(StackFailed, match=f"强行结束.*：web-1（{os.getpid()}）；请先结束它们：kill {os.getpid()}$"):
        refuse_left_behind(tmp_path, checkout=Path.cwd())


def test_a_port_that_is_taken_or_is_none_is_refused_by_the_option(running: Office) -> None:
    port = running.place.ports["https"]

    for options, said in (
        ({"port": port}, f"端口 {port} 已被其他程序占用；请用 --port 另选一个"),
        ({"port": 70000}, "--port 应是1至65535的端口，而写的是 70000"),
        ({"http_port": 0}, "--http-port 应是1至65535的端口，而写的是 0"),
        ({"port": 18999, "http_port": 18999}, "不能是同一个端口"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("stack", **options)


def test_nothing_is_restarted_where_nothing_runs_any_more(tmp_path: Path) -> None:
    for left in (None, LOCK, noted_in(tmp_path).name):
        if left:
            (tmp_path / left).write_text("{}")
        with pytest.raises(RollingFailed, match="请先运行 make stack"):
            roll(tmp_path, say=pytest.fail)


def test_two_do_not_restart_at_once_or_the_second_would_hurry_those_that_leave_slowly(running: Office) -> None:
    with alone(running.place.own / ROLLING, ""), pytest.raises(AlreadyThere, match="请等它结束"):
        roll(running.place.own, say=pytest.fail)


def test_asked_to_stop_it_ends_everyone_it_started(running: Office) -> None:
    """The last of the file: nothing runs any more afterwards."""
    everyone = pids(running)

    running.process.terminate()

    assert running.process.wait(60) == 0
    assert [name for name, pid in everyone.items() if is_there(pid)] == []


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

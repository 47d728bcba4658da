"""A process that was asked to end goes on for a while, and says that it is leaving."""

import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.test import Client

from casetrack import draining

PROCESS = """
import signal, sys, time
from casetrack import draining

signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
draining.leave_slowly(seconds={seconds})
print("ready", flush=True)
while not draining.is_leaving():
    time.sleep(0.01)
print("leaving", flush=True)
time.sleep(30)
"""


def begun(seconds: int, program: str = PROCESS) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", program.format(seconds=seconds)]
    process = subprocess.Popen(argv, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def asked_to_end(process: subprocess.Popen[str]) -> float:
    """When it was asked, and has said that it is leaving."""
    assert process.stdout is not None
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "leaving\n"
    return began


def test_a_process_that_is_asked_to_end_says_so_first_and_ends_later_as_it_would_have() -> None:
    with begun(1) as process:
        began = asked_to_end(process)

        assert process.wait(10) == 7
        assert time.monotonic() - began > 0.95


def test_asked_twice_it_ends_at_once() -> None:
    with begun(30) as process:
        asked_to_end(process)

        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 7


def test_asked_twice_it_ends_once_even_where_the_end_is_only_noted_and_comes_later() -> None:
    """As gunicorn notes it: what it does last must not be cut short by the first wait, which goes on for nothing."""
    noted = PROCESS.replace("sys.exit(7)", "told.append(1)").replace(
        "time.sleep(30)", "time.sleep(1.5); sys.exit(len(told))"
    )
    with begun(1, noted.replace("import signal", "told = []; import signal", 1)) as process:
        asked_to_end(process)

        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 1


def test_without_a_proxy_it_ends_as_ever() -> None:
    with begun(0) as process:
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 7
        assert process.communicate()[0] == ""


def test_a_proxy_is_told_to_send_nothing_more_and_a_supervisor_that_the_process_lives(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/health/open").json() == {"status": "ok"}
    monkeypatch.setattr(draining, "is_leaving", lambda: True)

    told = client.get("/health/open")

    assert (told.status_code, told.json()) == (503, {"status": "leaving"})
    assert client.get("/health/live").status_code == 200

"""Metrics of a web server with several processes: whichever of them answers, it answers for all."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from tests.waiting import until

STARTED_WITHIN = 60
NOWHERE = {  # servers that are away: nothing that is measured needs them
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "CASETRACK_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789",
    "CASETRACK_FIELD_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "CASETRACK_HTTPS": "false",
    "DJANGO_SETTINGS_MODULE": "casetrack.settings",
}


@contextmanager
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a web server with three processes, whose folder for measuring lies in tmp_path."""
    env = os.environ | NOWHERE | {"TMPDIR": str(tmp_path), "CASETRACK_DATA_DIR": str(tmp_path)}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, number = listening.getsockname()[1], listening.fileno()
        argv = [sys.executable, "-m", "gunicorn", "casetrack.wsgi", "--workers=3", "--no-control-socket"]
        server = subprocess.Popen(
            [*argv, "--log-level=warning", f"--bind=fd://{number}"],
            cwd=settings.BASE_DIR,
            env=env,
            pass_fds=[number],
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def test_one_process_answers_for_all_and_leaves_nothing_behind(tmp_path: Path) -> None:
    of_a_killed_one, of_one_whose_worker_lives = tmp_path / "casetrack-metrics-abc", tmp_path / "casetrack-metrics-xyz"
    for folder in (of_a_killed_one, of_one_whose_worker_lives):
        folder.mkdir()
        (folder / "held").touch()
    with (of_one_whose_worker_lives / "held").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with web(tmp_path) as address:
            for _ in range(12):
                urlopen(f"{address}/health/live", timeout=STARTED_WITHIN).close()
            shown = urlopen(f"{address}/metrics", timeout=STARTED_WITHIN).read().decode()

    assert 'casetrack_requests_total{method="GET",status="200",view="health-live"} 12.0' in shown
    assert 'casetrack_up{server="database"} 0.0' in shown
    assert 'casetrack_up{server="queues"} 0.0' in shown
    assert list(tmp_path.glob("casetrack-metrics-*")) == [of_one_whose_worker_lives]


def test_asked_to_end_while_it_still_begins_it_leaves_nothing_behind(tmp_path: Path) -> None:
    env = os.environ | NOWHERE | {"TMPDIR": str(tmp_path), "CASETRACK_DATA_DIR": str(tmp_path)}
    argv = [sys.executable, "-m", "gunicorn", "casetrack.wsgi", "--bind=127.0.0.1:0", "--no-control-socket"]
    with subprocess.Popen(argv, cwd=settings.BASE_DIR, env=env) as server:
        until(lambda: list(tmp_path.glob("casetrack-metrics-*")))

        server.terminate()

        assert server.wait(30) == 143
    assert list(tmp_path.glob("casetrack-metrics-*")) == []

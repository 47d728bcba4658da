"""A web process of a test's own, begun as `manage.py run` begins it, and what a test sends to it byte by byte."""

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from casetrack.accounts.models import Token, User
from tests.faults.between import Between, between
from tests.waiting import until
from workers.management.commands.run import GUNICORN
from workers.processes import Company, listening_from
from workers.soaking.crowd import children_of
from workers.soaking.memory import megabytes

SHORT = {"CASETRACK_DB_POOL": "2", "CASETRACK_DB_POOL_SECONDS": "1"}
OURS = {"DJANGO_SETTINGS_MODULE": "tests.faults.web_settings"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True)
class Served:
    """Where it listens, who it is, and what stands between it and its servers."""

    port: int
    pid: int
    database: Between
    redis: Between
    log: Path

    def ask(self, path: str, *, method: str = "GET", body: Any = None, timeout: float = 20, **headers: str) -> Answer:
        """One request on a connection of its own. Names of headers as Python names them."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body=body, headers=sent)
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            line.close()

    def line(self, said: bytes) -> socket.socket:
        """A connection on which so much was said."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(said)
        return line

    def memory(self) -> float:
        """Megabytes of all its processes."""
        return sum(megabytes(pid) or 0 for pid in children_of(self.pid))

    def answers(self) -> bool:
        try:
            return self.ask("/health/live", timeout=1).status == 200
        except OSError:
            return False


@contextmanager
def served() -> Iterator[Served]:
    ways = Path(tempfile.mkdtemp(prefix="ct-ways-"))
    place, name = settings.BUNDLED.place, str(connection.settings_dict["NAME"])
    socket_name = f".s.PGSQL.{connection.settings_dict['PORT']}"
    env = {**SHORT, **OURS, "CASETRACK_TESTED_WAYS": str(ways), "CASETRACK_TESTED_DATABASE": name, "TMPDIR": str(ways)}
    web = [sys.executable, "-m", *GUNICORN, "--workers=1"]  # one, so that a test knows whom it meets
    with (
        between(ways / socket_name, f"{place.run}/{socket_name}") as database,
        between(ways / "redis.sock", str(place.redis_socket)) as redis,
        listening_from(20_000 + os.getpid() % 20_000) as listening,
        (ways / "log").open("wb") as log,
        Company(cwd=settings.BASE_DIR, patience=5) as company,
    ):
        fd = listening.fileno()
        company.start("web", [*web, f"--bind=fd://{fd}"], env=env, pass_fds=[fd], output=log)
        pid = company.children["web"].pid
        it = Served(listening.getsockname()[1], pid, database, redis, ways / "log")
        until(lambda: it.answers() or company.first_to_end())
        yield it
        for each in (*children_of(pid), pid):
            os.kill(each, signal.SIGKILL)  # nobody waits for what they still do
    shutil.rmtree(ways)


def token_of(user: User) -> str:
    _, secret = Token.issue(user=user, name="测试", now=timezone.now(), expires_at=None)
    return f"Bearer {secret}"


def cookies_of(user: User) -> str:
    browser = Client()
    browser.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"

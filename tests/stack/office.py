"""An office on a stack of its own: a database, a Redis and a data folder that nothing else uses, and a token."""

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import requests
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from redis import Redis

from casetrack import settings as production
from casetrack.accounts.token_scopes import READ, STATISTICS, WRITE
from casetrack.accounts.tokens import issue_token
from casetrack.embedded.place import PORT
from casetrack.organizations.choices import Role
from casetrack.organizations.granting import Held
from casetrack.organizations.keeping_accounts import AccountDraft, open_account
from casetrack.organizations.models import Organization
from workers.soaking.ground import CITY, make_offices
from workers.stack.layout import Place

DRAIN = 3  # seconds; more than the proxy needs to see it
REDIS = 14  # its number: those of tests come before


@dataclass(frozen=True, slots=True)
class People:
    """A program's token, a clerk's one-time password, and the committee that both log for."""

    token: str
    password: str
    committee: int


@dataclass(frozen=True, slots=True)
class Office:
    """Where the stack answers and lies, and what opens it."""

    address: str
    http: str
    place: Place
    process: subprocess.Popen[str]
    people: People

    def session(self) -> requests.Session:
        """Who trusts the authority that the proxy made, and nothing else; nobody else's proxy stands between."""
        session = requests.Session()
        session.trust_env = False
        authority = self.place.own / "proxy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        session.verify = str(authority)
        session.headers["Authorization"] = f"Bearer {self.people.token}"
        return session

    def dispute(self) -> dict[str, Any]:
        return {
            "kind": "mediation",
            "organization": self.people.committee,
            "on": "2024-03-04",
            "facts": {"category": "neighbour"},
            "parties": [{"role": "applicant", "name": "张三"}],
        }


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """A copy of the tests' database as it is now, and its address; meanwhile this process is connected to it."""
    tests, name = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_stack"
    place = settings.BUNDLED.place
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connect_to("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{tests}"')
    connect_to(name)
    try:
        yield f"postgresql://casetrack@/{name}?" + urlencode(
            {"host": place.run, "port": PORT, "passfile": place.passfile}
        )
    finally:
        connect_to(tests)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def population(now: datetime) -> People:
    """Two counties with their offices; a program's account for all of them, and a clerk of one committee."""
    call_command("load_divisions", verbosity=0)
    committee = make_offices()["mediation"][0]
    draft = AccountDraft("stack", "联调", Held(Role.SUPERVISOR, CITY, None, ()), is_service=True)
    user, _ = open_account(draft=draft, actor=None, now=now)
    scopes = [READ.name, WRITE.name, STATISTICS.name]
    _, token = issue_token(
        user=user, name="联调", scopes=scopes, expires_at=now + timedelta(days=1), actor=None, now=now
    )
    held = Held(Role.HANDLER, None, Organization.objects.get(pk=committee), ())
    with override_settings(PASSWORD_HASHERS=production.PASSWORD_HASHERS):
        _, password = open_account(draft=AccountDraft("clerk", "李四", held), actor=None, now=now)
    return People(token, password, committee)


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    with database_of_its_own() as database:
        people = population(datetime.now().astimezone())
        connection.close()
        https, http = ports()
        redis = settings.BUNDLED.place.redis_url.replace("db=0", f"db={REDIS}")
        with Redis.from_url(redis) as queues:
            queues.flushdb()
        command = [sys.executable, "manage.py", "stack", f"--port={https}", f"--http-port={http}"]
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(folder, database, redis),
            stdout=subprocess.PIPE,
            stderr=(folder / "errors.log").open("w"),
            text=True,
        )
        try:
            until_it_answers(process)
            place = Place(checkout=Path(settings.BASE_DIR), data=folder, ports={"https": https, "http": http})
            yield Office(place.address, f"http://localhost:{http}", place, process, people)
        finally:
            process.terminate()
            process.communicate(timeout=90)


def environment(folder: Path, database: str, redis: str) -> dict[str, str]:
    keys = ",".join(base64.b64encode(key).decode() for key in settings.FIELD_KEYS)
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith(("CASETRACK", "PYTEST"))}
    return {
        **passed_on,
        "DJANGO_SETTINGS_MODULE": "casetrack.settings",
        "CASETRACK_DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "CASETRACK_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789",
        "CASETRACK_FIELD_KEY": keys,
        "CASETRACK_LOG_LEVEL": "WARNING",
        "CASETRACK_DRAIN_SECONDS": str(DRAIN),
        "CASETRACK_REQUESTS_OF_TOKEN": "0",
        "PROXY_BODY_MEGABYTES": "3",
    }


def ports() -> list[int]:
    listening = [socket.create_server(("", 0)) for _ in range(2)]
    found = [each.getsockname()[1] for each in listening]
    for each in listening:
        each.close()
    return found


def until_it_answers(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "服务已启动" in line:
            return
    raise AssertionError(f"the stack ended with {process.wait()} before it answered")

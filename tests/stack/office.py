"""An office on a stack of its own: a database, a Redis and a data folder that nothing else uses, and a token."""

import base64
import os
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
from tests.databases import at, made, name_of_tests
from workers.management.commands.stack import free_ports
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
    with (
        made("stack", name_of_tests()) as database,
        at(database),
        (folder / "errors.log").open("w") as errors,
    ):
        people = population(datetime.now().astimezone())
        connection.close()
        ports = free_ports(("https", "http"))
        redis = settings.BUNDLED.place.redis_url.replace("db=0", f"db={REDIS}")
        with Redis.from_url(redis) as queues:
            queues.flushdb()
        command = [sys.executable, "manage.py", "stack", f"--port={ports['https']}", f"--http-port={ports['http']}"]
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(folder, redis),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            until_it_answers(process)
            place = Place(checkout=Path(settings.BASE_DIR), data=folder, ports=ports)
            yield Office(place.address, f"http://localhost:{ports['http']}", place, process, people)
        finally:
            process.terminate()
            process.communicate(timeout=90)


def environment(folder: Path, redis: str) -> dict[str, str]:
    bundled, name = settings.BUNDLED.place, connection.settings_dict["NAME"]
    login = urlencode({"host": bundled.run, "port": PORT, "passfile": bundled.passfile})
    keys = ",".join(base64.b64encode(key).decode() for key in settings.FIELD_KEYS)
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith(("CASETRACK", "PYTEST"))}
    return {
        **passed_on,
        "DJANGO_SETTINGS_MODULE": "casetrack.settings",
        "CASETRACK_DATA_DIR": str(folder),
        "DATABASE_URL": f"postgresql://casetrack@/{name}?{login}",
        "REDIS_URL": redis,
        "CASETRACK_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789",
        "CASETRACK_FIELD_KEY": keys,
        "CASETRACK_LOG_LEVEL": "WARNING",
        "CASETRACK_DRAIN_SECONDS": str(DRAIN),
        "CASETRACK_REQUESTS_OF_TOKEN": "0",
        "PROXY_BODY_MEGABYTES": "3",
    }


def until_it_answers(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "服务已启动" in line:
            return
    raise AssertionError(f"the stack ended with {process.wait()} before it answered")

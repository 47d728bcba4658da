"""Every ```sh block of docs/api.md in its order, and the example of a client, against a running service.

A new block is run by itself. Its rows are those of the world of the examples; PASSWORD is that of the user `clerk`.
"""

import base64
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from jsonschema import Draft202012Validator
from pytest_django.live_server_helper import LiveServer

from casetrack.accounts.models import Token, User
from casetrack.accounts.token_scopes import EVERY_SCOPE
from casetrack.cases.models import Case, CaseEvent
from casetrack.organizations.models import Membership, Organization, Role
from tests.api.documented import curl, noting_curl
from tests.api.examples.world import build
from tests.api.published import published
from tests.workers.conftest import empty_queues

DOCS = Path(settings.BASE_DIR) / "docs"
LEDGER = Path(settings.BASE_DIR) / "samples" / "didao-2022" / "11人民调解案件台账.xlsx"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"(?:^|\$\()\s*curl ", re.MULTILINE)
WRITTEN = "http://127.0.0.1:8000"
PASSWORD = "Pai-Shui-Gou-2024"
NOT_LOGGED_IN_YET = ("GET", "/api/auth/session")  # answers 401, with what is still to be shown


@pytest.fixture
def clerk(transactional_db: None) -> User:
    """Who the lines speak of: `clerk` works in the committee, `auditor` checks the district, `bureau` closes it."""
    build()
    committee = Organization.objects.get(pk=1)
    clerk = User.objects.create_user("clerk", password=PASSWORD, display_name="李明")
    Membership.objects.create(user=clerk, role=Role.CLERK, organization=committee)
    Membership.objects.create(user=clerk, role=Role.CLERK, region_id=committee.region_id)
    auditor = User.objects.create_user("auditor", display_name="钱进")
    Membership.objects.create(user=auditor, role=Role.AUDITOR, region_id=committee.region_id)
    bureau = User.objects.create_user("bureau", display_name="周正")
    Membership.objects.create(user=bureau, role=Role.SUPERVISOR, region_id=committee.region_id)
    return clerk


@pytest.fixture(autouse=True)
def queues_left_empty() -> Iterator[None]:
    """What the lines ask for is asked of nobody: the rows go with the test."""
    yield
    empty_queues()


def environment() -> dict[str, str]:
    """What a command needs to find the database of the tests."""
    found = connection.settings_dict
    options = {name: value for name, value in found["OPTIONS"].items() if isinstance(value, str)}
    place = urlencode({"host": found["HOST"], "port": found["PORT"], **options}, quote_via=quote)
    login = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}"
    return os.environ | {
        "DATABASE_URL": f"postgresql://{login}@/{found['NAME']}?{place}",
        "REDIS_URL": settings.REDIS_URL,
        "CASETRACK_SECRET_KEY": settings.SECRET_KEY,
        "CASETRACK_FIELD_KEY": ",".join(base64.b64encode(key).decode() for key in settings.FIELD_KEYS),
        "DJANGO_SETTINGS_MODULE": "casetrack.settings",
        "PASSWORD": PASSWORD,
    }


def token_of(user: User, *scopes: str) -> str:
    return Token.issue(user=user, name="示例", now=user.date_joined, expires_at=None, scopes=scopes)[1]


def issuing(*usernames: str) -> str:
    """In place of the command that issues tokens: prints the one of the user that it is asked for."""
    tokens = {name: token_of(User.objects.get(username=name), *EVERY_SCOPE) for name in usernames}
    return f"case $3 in {' '.join(f'{name}) echo {token};;' for name, token in tokens.items())} esac"


def tool(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("real", "commands"),
    [
        pytest.param(shutil.which("curl"), True, id="as on a machine with curl"),
        # commands start slowly, and once is enough
        pytest.param(None, False, id="as on a machine without"),
    ],
)
def test_every_documented_line_does_what_it_says(
    clerk: User, live_server: LiveServer, tmp_path: Path, real: str | None, commands: bool
) -> None:
    blocks = BLOCK.findall((DOCS / "api.md").read_text(encoding="utf-8"))
    script = "\n".join(blocks).replace(WRITTEN, live_server.url)
    manage = f'exec "{sys.executable}" "{settings.BASE_DIR}/manage.py" "$@"'
    tool(tmp_path / "manage.py", manage if commands else issuing("auditor", "bureau", "clerk"))
    stands_for_curl = (noting_curl if real else curl).__file__
    tool(tmp_path / "curl", f'exec "{sys.executable}" "{stands_for_curl}" "$@"')
    tool(tmp_path / "uuidgen", f'exec "{sys.executable}" -c "import uuid; print(uuid.uuid4())"')
    (tmp_path / "ledger.xlsx").write_bytes(b"PK\x03\x04 a workbook")
    shutil.copy(LEDGER, tmp_path / "ledger.xlsx")
    notes = tmp_path / "notes"
    own = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "NOTES": str(notes), **({"CURL": real} if real else {})}

    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, env=environment() | own, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in notes.read_text().splitlines()]
    assert len(answers) >= len(CALL.findall(script)) >= 10
    assert [answer for answer in answers if not as_expected(answer)] == []
    assert CaseEvent.objects.filter(case=1, step="agree").exists()


def as_expected(answer: Mapping[str, Any]) -> bool:
    """A success; and where the contract says what its shape is, of that shape."""
    path = urlsplit(answer["url"]).path
    if (answer["method"], path) == NOT_LOGGED_IN_YET:
        return bool(answer["status"] == 401)
    if answer["status"] >= 300:
        return False
    content = declared(answer["method"].lower(), path, str(answer["status"]))
    return content is None or shaped(content, answer["body"])


def declared(method: str, path: str, status: str) -> dict[str, Any] | None:
    for address, operations in published()["paths"].items():
        if method in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", address), path):
            content: dict[str, Any] = operations[method]["responses"][status].get("content", {})
            return content.get("application/json")
    return None


def shaped(content: dict[str, Any], body: str) -> bool:
    schema = {**content["schema"], "components": published()["components"]}
    return bool(Draft202012Validator(schema).is_valid(json.loads(body)))


def test_the_example_of_a_client_does_what_it_says(clerk: User, live_server: LiveServer) -> None:
    token = token_of(clerk, "read", "write", "statistics")
    own = {"CASETRACK_API": f"{live_server.url}/api/v1", "CASETRACK_TOKEN": token}

    done = subprocess.run(
        [sys.executable, DOCS / "examples" / "client.py", "1"], env=os.environ | own, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    opened, refused, listed, received = done.stdout.splitlines()
    assert opened.split()[1] == Case.objects.latest("pk").number
    assert "不能“受理”" in refused
    assert "perform" in refused
    assert listed.split() == ["案件：", "3"]
    assert received.split() == ["收到：", "2"]

"""Every operation has an example; its request is accepted, and its answer is what the service says.

For a new operation write its `request` into the file of its resource in api/examples. Answers are recorded, there and
wherever they were meant to change, by: CASETRACK_RECORD_EXAMPLES=1 pytest tests/api/examples
"""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from jsonschema import Draft202012Validator
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

import api.examples
from api.examples import examples, in_address
from casetrack.accounts.models import Token
from tests.api.examples.world import NOW, ExampleWorld, build, number_rows_from
from tests.api.published import published
from tests.undoing import undone

pytestmark = pytest.mark.django_db

RECORD = os.environ.get("CASETRACK_RECORD_EXAMPLES") == "1"
FOLDER = Path(api.examples.__file__).parent
FIRST_NEW_ROW = 101
ROWS_SHOWN = 2
SECRETS = {
    "secret": "ct_这里是令牌本身，只显示一次",
    "password": "一次性密码本身，只显示一次",
    # others whenever an indicator is declared otherwise
    **dict.fromkeys(("definitions", "digest"), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
}


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Method, address and declaration by the id of the operation."""
    return {
        operation["operationId"]: (method, address, operation)
        for address, declared in published()["paths"].items()
        for method, operation in declared.items()
    }


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ExampleWorld]:
    """The world of the examples, at the moment that they were recorded; built once, as it takes longer than to ask."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched, undone():
        patched.setattr(timezone, "now", lambda: NOW)
        yield build()


@pytest.fixture
def example_world(built: ExampleWorld) -> Iterator[ExampleWorld]:
    """What one example changes of it, the next one doesn't see."""
    with undone():
        yield built


def test_every_operation_has_an_example_and_no_example_lacks_its_operation() -> None:
    assert set(operations()) - set(examples()) == set(), "write their requests into api/examples, and record"
    assert set(examples()) - set(operations()) == set(), "these operations are gone: take their examples out"


@pytest.mark.parametrize("name", examples())
def test_the_service_answers_as_the_example_says(example_world: ExampleWorld, name: str) -> None:
    method, address, _ = operations()[name]
    example = examples()[name]
    number_rows_from(FIRST_NEW_ROW)

    answer = ask(example_world, method, example["request"])

    assert in_address(address, example["request"]["path"]) is not None
    assert answer.status_code < 300, getattr(answer, "content", b"").decode()
    said = {"request": example["request"], "status": answer.status_code}
    if answer.get("Content-Type") == "application/json":
        said["response"] = shortened(answer.json())
    if RECORD:
        keep(name, said)
    else:
        assert said == example


def ask(world: ExampleWorld, method: str, asked: dict[str, Any]) -> Any:
    user = getattr(world, asked.get("by", "supervisor"))
    _, secret = Token.issue(user=user, name="示例", now=NOW, expires_at=NOW + timedelta(days=366))
    client = APIClient(headers={"Authorization": f"Bearer {secret}", **asked.get("headers", {})})
    if method == "get":
        return client.get(asked["path"], {name: as_written(value) for name, value in asked.get("query", {}).items()})
    if "files" in asked.get("body", {}):
        files = [SimpleUploadedFile(name, "案号,申请日期\n".encode()) for name in asked["body"]["files"]]
        return client.post(asked["path"], {**asked["body"], "files": files}, format="multipart")
    if "file" in asked.get("body", {}):
        file = SimpleUploadedFile(asked["body"]["file"], b"%PDF-1.4")
        return client.post(asked["path"], {**asked["body"], "file": file}, format="multipart")
    return getattr(client, method)(asked["path"], asked.get("body"), format="json")


def as_written(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def shortened(said: Any) -> Any:
    """Two rows show what a list of rows is; a secret is different every time."""
    if isinstance(said, list):
        rows = said[:ROWS_SHOWN] if any(isinstance(row, dict) for row in said) else said
        return [shortened(row) for row in rows]
    if isinstance(said, dict):
        return {name: SECRETS.get(name) or shortened(value) for name, value in said.items()}
    return said


def keep(name: str, example: dict[str, Any]) -> None:
    for file in FOLDER.glob("*.json"):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if name in kept:
            kept[name] = example
            file.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", examples())
def test_the_example_fits_the_schema_it_stands_beside(name: str) -> None:
    _, _, operation = operations()[name]

    found = [f"{place}: {error.message}" for place, error in misfits(operation)]

    assert found == []


def misfits(operation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    places = [(parameter["name"], parameter) for parameter in operation.get("parameters", [])]
    places += [("request", content) for content in operation.get("requestBody", {}).get("content", {}).values()]
    for status, answer in operation["responses"].items():
        places += [(status, content) for content in answer.get("content", {}).values()]
    for place, declared in places:
        if "example" in declared:
            schema = {**declared["schema"], "components": published()["components"]}
            validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
            yield from ((place, error) for error in validator.iter_errors(declared["example"]))


def test_examples_speak_chinese_where_people_do() -> None:
    case = examples()["cases_create"]["request"]["body"]

    assert all("一" <= party["name"][0] <= "鿿" for party in case["parties"])

"""docs/configuration.md: every variable that the service reads, and no other."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
DOCUMENT = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
ROWS: dict[str, tuple[str, str, str]] = {
    name: (usual, meaning, example) for name, usual, meaning, example in ROW.findall(DOCUMENT)
}
OURS = re.compile(r"(?:CASETRACK_[A-Z_]+|DATABASE_URL|REDIS_URL)")
SECRETS = {"envsecret", "envhidden"}
READERS = {"envstr", "envbool", "envint", "envlist", "envread", "get"} | SECRETS
DOORS = ("casetrack", "api", "workers", "reports")


def sources() -> Iterator[Path]:
    yield from (ROOT / "manage.py", ROOT / "gunicorn.conf.py")
    for door in DOORS:
        yield from (ROOT / door).rglob("*.py")


def read_in(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """Each variable that is asked for by its name, with what is usual instead, as far as it is written, and by what."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(name := node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in READERS and isinstance(name.value, str) and OURS.fullmatch(name.value):
                usual = node.args[1] if len(node.args) > 1 else None
                yield name.value, str(usual.value) if isinstance(usual, ast.Constant) else "", called


@cache
def found_in_the_sources() -> list[tuple[str, str, str]]:
    return [found for path in sources() for found in read_in(ast.parse(path.read_text(encoding="utf-8")))]


def read_by_the_service() -> dict[str, str]:
    return {name: usual for name, usual, _ in found_in_the_sources()}


def secrets() -> set[str]:
    return {name for name, _, called in found_in_the_sources() if called in SECRETS}


def test_the_table_lists_every_variable_that_is_read_and_no_other() -> None:
    assert set(ROWS) == set(read_by_the_service())


def test_each_has_a_meaning_and_an_example() -> None:
    assert all(len(meaning) > 10 and example.strip() for _, meaning, example in ROWS.values())


def test_what_is_usual_stands_there_as_in_the_code() -> None:
    found = {name: usual for name, usual in read_by_the_service().items() if usual}

    other = {
        name: (ROWS[name][0], usual)
        for name, usual in found.items()
        if not ROWS[name][0].replace("`", "").startswith(usual.lower() if usual in ("True", "False") else usual)
    }

    assert len(found) > 10
    assert other == {}


def test_the_secrets_that_a_file_may_hold_are_listed() -> None:
    by_file = DOCUMENT.partition("## Secrets by file")[2]

    assert set(re.findall(r"`([A-Z_]+)_FILE`", by_file)) == secrets()
    assert len(secrets()) == 10


def test_the_compose_file_sets_nothing_that_is_not_read() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    passed_on = set(re.findall(r"^ +((?:CASETRACK|DATABASE|REDIS)_[A-Z_]+):", compose, re.MULTILINE))

    assert passed_on - set(ROWS) - {f"{name}_FILE" for name in secrets()} == set()

"""Databases of a test's own beside the tests' one, on the same server, and going on with them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


def become(database: Mapping[str, object]) -> None:
    """Go on with another database."""
    connection.close()
    connection.settings_dict.update(database)


@contextmanager
def at(database: Mapping[str, object]) -> Iterator[None]:
    """Go on with another database, and come back."""
    ours = {name: connection.settings_dict[name] for name in database}
    become(database)
    try:
        yield
    finally:
        become(ours)


@contextmanager
def made(name: str, template: str = "template0") -> Iterator[dict[str, object]]:
    """A database on the same server."""
    database = f"{name_of_tests()}_{name}"
    with at({"NAME": "postgres"}), connection.cursor() as cursor:  # nobody may be connected to a template
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
    try:
        yield {"NAME": database}
    finally:
        with at({"NAME": "postgres"}), connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def name_of_tests() -> str:
    return str(settings.DATABASES["default"]["NAME"])

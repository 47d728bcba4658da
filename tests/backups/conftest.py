"""One record and one backup of it, for all tests of backups, which begin where the record is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.backups.world import all_rows, build, data_in
from tests.commands import said_by
from tests.databases import at, made, name_of_tests


@dataclass(frozen=True)
class Record:
    """The database and the data folder of an office."""

    database: dict[str, object]
    folder: Path

    @contextmanager
    def opened(self) -> Iterator[None]:
        with at(self.database), data_in(self.folder):
            yield


@dataclass(frozen=True)
class BackedUp:
    """A backup, its keys, what the command said, and what the tables held."""

    file: Path
    keys: Path
    said: str
    rows: dict[str, object]


@pytest.fixture(scope="package")
def record(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    with django_db_blocker.unblock(), made("record", name_of_tests()) as database:
        kept = Record(database, tmp_path_factory.mktemp("record"))
        with kept.opened():
            build()
        yield kept


@pytest.fixture(scope="package")
def backup(record: Record, tmp_path_factory: pytest.TempPathFactory) -> BackedUp:
    folder = tmp_path_factory.mktemp("backup")
    file, keys = folder / "casetrack.backup", folder / "keys"
    with record.opened():
        rows = all_rows()
        return BackedUp(file, keys, said_by("backup", file, "--keys", keys), rows)


@pytest.fixture(autouse=True)
def at_the_record(record: Record, transactional_db: None) -> Iterator[None]:
    with record.opened():
        yield

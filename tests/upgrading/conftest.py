"""The record of an earlier release, in a database of its own, upgraded as an office would."""

import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from casetrack.embedded.programs import shipped
from tests.databases import at, made

RECORD = Path(__file__).with_name("record_0_9")
ATTACHMENT = "79370862c6cb54e96ed3125464c11e4ce3e8b08fb5048723695b6b9e9728d701"
KEY = b64decode("i3JzEsQv+Fx88CRUgHsQ4WoaatAKCP+Sa3gL9Pg5vXA=")  # of this record alone


@pytest.fixture(scope="module")
def upgraded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The database and the folder of files as 0.9 left them, and `migrate` run on them."""
    folder = tmp_path_factory.mktemp("upgraded")
    kept = folder / "attachments" / ATTACHMENT[:2]
    kept.mkdir(parents=True)
    shutil.copyfile(RECORD / "attachment", kept / ATTACHMENT)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, made("upgraded") as database:
        patch.setattr("django.conf.settings.FIELD_KEYS", [KEY])
        patch.setattr("django.conf.settings.DATA_DIR", folder)
        with at(database):
            restore()
            call_command("migrate", verbosity=0)
            yield folder


def restore() -> None:
    given = connection.get_connection_params()
    subprocess.run(
        [
            shipped().postgres_bin / "pg_restore",
            f"--host={given['host']}",
            f"--port={given['port']}",
            f"--username={given['user']}",
            f"--dbname={given['dbname']}",
            "--no-owner",
            "--exit-on-error",
            RECORD / "record.dump",
        ],
        env=os.environ | {"PGPASSFILE": given["passfile"]},
        check=True,
    )

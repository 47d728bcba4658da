"""Back to the minute before a disaster, as docs/backup.md says: a base backup, archived WAL, and the folder of files.

On a server of its own, made from nothing by `restore`, with the settings of production.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from casetrack.cases.kept_files import content_of
from casetrack.cases.models import Attachment, Case
from casetrack.embedded import Bundled, account, programs
from casetrack.organizations.models import Organization
from tests.backups.conftest import BackedUp
from tests.backups.world import PDF, all_rows, attached, data_in, dispute
from tests.clusters import open_to_servers
from tests.commands import said_by
from tests.databases import at
from tests.test_embedded import ask, servers_of
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("backups")]
SUPERUSER = {"user": "postgres", "dbname": "postgres"}
DISASTER = "SET session_replication_role = replica; DELETE FROM cases_caseevent; DELETE FROM cases_case"


class Ground:
    """A server, and beside it the folder that its WAL is archived in and the base backup."""

    def __init__(self, folder: Path) -> None:
        self.servers: Bundled = replace(servers_of(folder / "var"), redis=False)
        self.archive, self.base, self.runs_as = folder / "wal", folder / "base", account.current()
        self.archive.mkdir()
        os.chown(self.archive, self.runs_as.uid, self.runs_as.gid)

    def start_archiving(self) -> None:
        """The settings of docs/backup.md, and a door for pg_basebackup."""
        hba = self.servers.place.run / "hba.conf"
        hba.write_text("local all,replication all scram-sha-256\n")
        os.chown(hba, self.runs_as.uid, self.runs_as.gid)
        command = f"test ! -f {self.archive}/%f && cp %p {self.archive}/.%f && mv {self.archive}/.%f {self.archive}/%f"
        wanted = {"archive_mode": "on", "archive_command": command, "hba_file": str(hba)}
        for name, value in wanted.items():
            ask(self.servers, f"ALTER SYSTEM SET {name} = '{value}'", **SUPERUSER)
        self.servers.stop()
        self.servers.ensure()

    def back_up_base(self) -> None:
        place = self.servers.place
        login = f"host={place.run} user=postgres passfile={place.passfile}"
        copy = programs.shipped().postgres_bin / "pg_basebackup"
        subprocess.run([copy, f"--dbname={login}", f"--pgdata={self.base}", "--checkpoint=fast"], check=True)
        for path in (self.base, *self.base.rglob("*")):
            os.chown(path, self.runs_as.uid, self.runs_as.gid)

    def recover(self, moment: str) -> None:
        """The base backup in place of the cluster, and WAL up to the moment."""
        self.servers.stop()
        shutil.rmtree(self.servers.place.cluster)
        self.base.rename(self.servers.place.cluster)
        with (self.servers.place.cluster / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"restore_command = 'cp {self.archive}/%f %p'\n")
            settings.write(f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n")
        (self.servers.place.cluster / "recovery.signal").touch()
        self.servers.ensure()
        until(lambda: ask(self.servers, "SELECT pg_is_in_recovery()") == [False], every=0.05)


@pytest.fixture
def ground() -> Iterator[Ground]:
    with open_to_servers() as folder:
        ground = Ground(folder)
        try:
            ground.servers.ensure()
            ground.start_archiving()
            yield ground
        finally:
            ground.servers.remove()


def test_what_was_entered_until_the_minute_is_there_after_a_disaster(
    backup: BackedUp, ground: Ground, tmp_path: Path
) -> None:
    with at(ground.servers.place.database), data_in(tmp_path):
        said_by("restore", backup.file)
        ground.back_up_base()
        kept = attached(dispute(Organization.objects.get()), None, PDF + b"later")
        moment, before = str(ask(ground.servers, "SELECT clock_timestamp()")[0]), all_rows()
        attached(dispute(Organization.objects.get()), None, PDF + b"after the moment")
        ask(ground.servers, DISASTER, user="postgres")
        assert not Case.objects.exists()
        connection.close()

        ground.recover(moment)

        now = all_rows()
        del before["next numbers"], now["next numbers"]  # recovery skips some
        assert now == before
        assert "核对3件案件，没有不一致" in said_by("verify")
        assert content_of(Attachment.objects.get(pk=kept.pk).file) == PDF + b"later"
        attached(dispute(Organization.objects.get()), None, PDF + b"after the moment")
        assert content_of(Attachment.objects.latest("pk").file) == PDF + b"after the moment"

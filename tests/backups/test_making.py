"""A backup while others write, without room, of what is not whole, and of an older release."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from casetrack import embedded
from casetrack.cases.models import Attachment, Case, KeptFile
from casetrack.organizations.models import Organization
from casetrack.stats.federation.statements import Address, joined
from tests.backups.conftest import BackedUp, Record
from tests.backups.world import PDF, attached, data_in, dispute, nowhere
from tests.commands import said_by
from tests.databases import at, made, name_of_tests
from tests.faults.room import disk_full
from tests.stats.test_settling import in_a_thread
from tests.test_embedded import ask
from workers.backups import programs, reading, writing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("backups")]


@contextmanager
def another(name: str, record: Record, folder: Path) -> Iterator[None]:
    """The same record once more, which a test may change."""
    shutil.copytree(record.folder, folder)
    with made(name, str(record.database["NAME"])) as database, at(database), data_in(folder):
        yield


def enter_a_case_with_a_file() -> None:
    attached(dispute(Organization.objects.get()), None, PDF + str(Case.objects.count()).encode())


def test_what_clerks_enter_during_a_backup_is_whole_in_the_next_one(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_out = programs.dump

    def dump_beside_clerks(snapshot: str) -> Iterator[bytes]:
        in_a_thread(enter_a_case_with_a_file)  # after the snapshot, before pg_dump looks
        yield from write_out(snapshot)
        in_a_thread(enter_a_case_with_a_file)  # after the rows, before the files

    monkeypatch.setattr(programs, "dump", dump_beside_clerks)
    with another("busy", record, tmp_path / "busy"):
        said_by("backup", tmp_path / "first")
        monkeypatch.setattr(programs, "dump", write_out)
        said_by("backup", tmp_path / "second")

        assert (Case.objects.count(), KeptFile.objects.count()) == (4, 3)
    with reading.opened(tmp_path / "second") as archive:
        assert (archive.manifest.counts["cases_case"], archive.manifest.entries) == (4, 4)
    with nowhere("first", tmp_path / "restored"):
        assert "核对2件案件，没有不一致" in said_by("restore", tmp_path / "first")
        assert (Case.objects.count(), KeptFile.objects.count(), Attachment.objects.count()) == (2, 1, 1)


def test_without_room_nothing_stands_under_the_name_and_nothing_is_left(tmp_path: Path) -> None:
    with disk_full(), pytest.raises(CommandError, match="备份没有写成：磁盘已满"):
        said_by("backup", tmp_path / "full")

    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_or_cannot_be_is_refused_before_anything_is_done(backup: BackedUp, tmp_path: Path) -> None:
    before = backup.file.read_bytes()

    with pytest.raises(CommandError, match="已经存在，备份从不覆盖"):
        said_by("backup", backup.file)
    (tmp_path / "keys").write_text("somebody's")
    with pytest.raises(CommandError, match="keys”已经存在"):
        said_by("backup", tmp_path / "fresh", "--keys", tmp_path / "keys")
    with pytest.raises(CommandError, match="文件夹“.*”不存在"):
        said_by("backup", tmp_path / "nowhere" / "fresh")
    odd = settings.REPORT_TEMPLATES / "a\\b.toml"
    odd.touch()
    with pytest.raises(CommandError, match="文件名或所在层级不能备份"):
        said_by("backup", tmp_path / "fresh")
    odd.unlink()

    assert backup.file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_what_a_killed_backup_left_goes_with_the_next_and_one_at_work_is_left_alone(tmp_path: Path) -> None:
    left, name = tmp_path / ".casetrack-0123456789abcdef.part", tmp_path / "other"
    left.write_bytes(b"half")

    with writing.drafted(name):
        at_work = [path for path in tmp_path.iterdir() if path != left]
        writing.forget_drafts(tmp_path)

        assert list(tmp_path.iterdir()) == at_work
    assert list(tmp_path.iterdir()) == [name]


def test_a_backup_of_an_older_release_and_of_a_lost_file_is_told_and_brought_up(record: Record, tmp_path: Path) -> None:
    with another("older", record, tmp_path / "older"):
        name = next((tmp_path / "older" / "attachments").rglob("*/*"))
        name.unlink()
        for app, last in (("cases", "0031"), ("accounts", "0011")):  # of 0.9
            call_command("migrate", app, last, verbosity=0)
        with pytest.raises(CommandError, match="备份已写成，但服务本身缺少") as told:
            said_by("backup", tmp_path / "lacking")
        assert told.value.returncode == 3

    with reading.opened(tmp_path / "lacking") as archive:
        assert archive.manifest.missing == [f"attachments/{name.parent.name}/{name.name}"]
        assert archive.manifest.migrations["accounts"] == ["0011_name_grams"]
        assert archive.manifest.newest["anchor"] is None
    with nowhere("upgraded", tmp_path / "upgraded"):
        said = said_by("restore", tmp_path / "lacking")

        assert "备份来自较旧的版本，已升级" in said
        assert f"备份时已经缺失的文件：attachments/{name.parent.name}" in said
        assert ("accounts", "0012_backup_actions") in MigrationRecorder(connection).applied_migrations()


def test_nodes_are_neither_asked_nor_taken_along(record: Record, tmp_path: Path) -> None:
    login = {"user": "postgres", "dbname": f"{name_of_tests()}_province"}
    address = Address({"host": "192.0.2.1", "port": "5432", "dbname": "away"}, "reader", "secret of the node")
    with another("province", record, tmp_path / "province"):
        ask(embedded.bundled(), "CREATE FOREIGN DATA WRAPPER postgres_fdw", **login)  # one that nobody can read by
        ask(embedded.bundled(), "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO casetrack", **login)
        with connection.cursor() as cursor:
            for statement in joined("620700000000", address):
                cursor.execute(statement)

        said_by("backup", tmp_path / "of_a_province")

    with nowhere("restored_province", tmp_path / "restored"):
        assert "核对2件案件，没有不一致" in said_by("restore", tmp_path / "of_a_province")
        with connection.cursor() as cursor:
            cursor.execute("SELECT (SELECT count(*) FROM pg_foreign_server), to_regclass('stats_nodeblock') IS NULL")
            assert cursor.fetchone() == (0, False)


def test_data_under_a_key_that_the_service_has_lost_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FIELD_KEYS", [b"k" * 32])

    with pytest.raises(CommandError, match="本身缺少"):
        said_by("backup", tmp_path / "lost")


def test_the_keys_are_not_written_where_the_backup_is_to_lie(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="不能是同一个文件"):
        said_by("backup", tmp_path / "both", "--keys", tmp_path / "both")

    assert list(tmp_path.iterdir()) == []

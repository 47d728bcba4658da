"""A backup restored where nothing was: the same rows, figures that open, files that open; and tried out beside."""

import base64
import os
import stat
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError
from django.db import connection

from casetrack.accounts.models import Action, AuditEntry
from casetrack.cases.kept_files import content_of
from casetrack.cases.models import Attachment, Case
from casetrack.lib.env import field_keys
from tests.backups.conftest import BackedUp
from tests.backups.world import PDF, TEMPLATE, all_rows, nowhere
from tests.commands import said_by
from workers.backups.drilling import drill
from workers.backups.keyring import read
from workers.backups.refusals import RestoreRefused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("backups")]


def test_everything_is_there_again_and_opens(backup: BackedUp, tmp_path: Path) -> None:
    with nowhere("restored", tmp_path):
        said = said_by("restore", backup.file)

        assert all_rows() == backup.rows
        assert "核对2件案件，没有不一致" in said
        assert content_of(Attachment.objects.get().file) == PDF
        assert (tmp_path / "templates" / TEMPLATE).read_text() == "报告模板"
        traced = said_by("trace", "mediation.received", "--region=620522", "--from=2024-03-01", "--to=2024-03-31")
        assert all(case.number in traced for case in Case.objects.all())
        assert not Session.objects.exists()
        assert "依法删除过的个人信息现在又在库中" in said
        assert AuditEntry.objects.filter(action=Action.RESTORED).count() == 1


def test_a_backup_says_what_is_in_it_and_which_keys_must_be_kept_elsewhere(backup: BackedUp) -> None:
    with tarfile.open(backup.file) as archive:
        names = archive.getnames()

    assert names[0] == "database.dump"
    assert [name.split("/")[0] for name in names[1:]] == [
        "attachments",
        "templates",
        "files.jsonl",
        "manifest.json",
        "seal.json",
    ]
    assert "2件案件" in backup.said
    assert f"已写入{backup.keys}，请与备份分开保管" in backup.said
    assert stat.S_IMODE(backup.file.stat().st_mode) == stat.S_IMODE(backup.keys.stat().st_mode) == 0o600
    secret = backup.keys.read_text().split("CASETRACK_FIELD_KEY=")[1].split("\n")[0]
    assert secret.encode() not in backup.file.read_bytes()
    entry = AuditEntry.objects.filter(action=Action.BACKED_UP).earliest("pk")
    assert (entry.details["file"], entry.details["missing"]) == ("casetrack.backup", 0)


def test_a_restore_that_was_killed_goes_on_when_it_is_run_again(backup: BackedUp, tmp_path: Path) -> None:
    with nowhere("killed", tmp_path):
        for step in ("programs.restore", "finished"):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(f"workers.backups.restoring.{step}", interrupted)
                with pytest.raises(CommandError, match="已中断"):
                    said_by("restore", backup.file)

        said = said_by("restore", backup.file)

        assert "2个文件（新放入0个）" in said
        assert all_rows() == backup.rows
        with pytest.raises(CommandError, match="2件案件"):
            said_by("restore", backup.file)


def interrupted(*_: object) -> object:
    raise KeyboardInterrupt


def test_the_drill_restores_beside_and_leaves_nothing(backup: BackedUp) -> None:
    said = said_by("backup", "--check", backup.file, "--keys", backup.keys)

    assert "核对2件案件，没有不一致" in said
    assert "演练通过" in said
    assert "依法删除" not in said
    assert not list(Path(settings.DATA_DIR).glob("casetrack_drill_*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname ~ '^casetrack_drill_'")
        assert cursor.fetchone() == (0,)


def test_the_drill_is_one_of_the_keys_in_the_envelope_as_well(backup: BackedUp, tmp_path: Path) -> None:
    envelope = tmp_path / "envelope"
    envelope.write_text(f"CASETRACK_FIELD_KEY={base64.b64encode(bytes(32)).decode()}\n")

    said: list[str] = []
    with pytest.raises(RestoreRefused, match="演练没有通过"):
        drill(path=backup.file, keys=read(envelope), say=said.append)

    assert "缺少密钥" in "".join(said)


def test_keys_of_the_backup_take_the_place_of_those_that_a_new_data_folder_made(
    backup: BackedUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, fresh = settings.FIELD_KEYS, os.urandom(32)
    monkeypatch.setattr(settings, "FIELD_KEYS", [fresh])
    (tmp_path / "secrets").mkdir()
    for name in ("field_key", "signing_key"):
        (tmp_path / "secrets" / name).write_text("made when the folder was new")
    with nowhere("keyed", tmp_path):
        with pytest.raises(CommandError, match="缺少密钥.*--keys"):
            said_by("restore", backup.file)

        said_by("restore", backup.file, "--keys", backup.keys)

    held = field_keys((tmp_path / "secrets" / "field_key").read_text())
    assert held == [*given, fresh]
    assert (tmp_path / "secrets" / "signing_key").read_text().strip() == settings.SIGNING_KEY

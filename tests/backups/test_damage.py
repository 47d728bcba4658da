"""A backup that is not as it was written, or was made by somebody else, is refused before anything is touched."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from tests.backups.conftest import BackedUp
from tests.backups.world import data_in, nowhere
from tests.commands import said_by
from workers.backups import reading
from workers.backups.layout import TAIL, Member, header
from workers.backups.manifest import Manifest
from workers.backups.refusals import ArchiveRefused, RestoreRefused
from workers.backups.writing import Writer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("backups")]


def checked(path: Path) -> None:
    with reading.opened(path) as archive:
        archive.vouched_for(settings.FIELD_KEYS)
        archive.check(lambda _: None)


@pytest.fixture
def copied(backup: BackedUp, tmp_path: Path) -> Path:
    copied = tmp_path / "copied"
    shutil.copyfile(backup.file, copied)
    checked(copied)
    return copied


def flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        was = file.read(1)[0]
        file.seek(place)
        file.write(bytes([was ^ 1]))


def test_one_flipped_bit_is_found_wherever_it_is(copied: Path) -> None:
    size = copied.stat().st_size
    with tarfile.open(copied) as archive:
        begins = [member.offset for member in archive] + [member.offset_data for member in archive]
    for place in {0, *range(257, size, size // 40), *begins, *range(size - TAIL - 9, size, 97), size - 1}:
        flip(copied, place)
        with pytest.raises(RestoreRefused):
            checked(copied)
        flip(copied, place)

    checked(copied)


@pytest.mark.parametrize("left", [0, 1, 512, 20_480, -512, -1])
def test_a_file_that_was_cut_off_is_refused_and_nothing_is_touched(copied: Path, tmp_path: Path, left: int) -> None:
    os.truncate(copied, left if left >= 0 else copied.stat().st_size + left)

    with data_in(tmp_path / "data"), pytest.raises(CommandError, match="不是完整的 Casetrack 备份文件"):
        said_by("restore", copied)

    assert not (tmp_path / "data").exists()


def test_without_the_key_it_is_said_which_is_missing(
    backup: BackedUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FIELD_KEYS", [os.urandom(32)])

    with pytest.raises(CommandError, match=r"缺少密钥[0-9a-f]{8}，备份中的数据无法打开"):
        said_by("restore", backup.file)
    (tmp_path / "keys").write_text("CASETRACK_FIELD_KEY=short\n")
    with pytest.raises(CommandError, match="密钥文件.*不能用"):
        said_by("restore", backup.file, "--keys", tmp_path / "keys")


def test_a_database_that_holds_something_is_left_alone(backup: BackedUp) -> None:
    with pytest.raises(CommandError, match="2件案件、1个账号.*没有恢复任何内容.*createdb"):
        said_by("restore", backup.file)


def test_a_file_that_is_there_with_other_content_stays(backup: BackedUp, tmp_path: Path) -> None:
    with nowhere("meets_a_file", tmp_path):
        (tmp_path / "templates").mkdir()
        mine = tmp_path / "templates" / "annual-620522000000.toml"
        mine.write_text("我的")

        with pytest.raises(CommandError, match="内容与备份中的不同，没有恢复任何内容"):
            said_by("restore", backup.file)

        assert mine.read_text() == "我的"
        assert connection.introspection.table_names() == []


def forged(backup: BackedUp, path: Path, *names: str, key: bytes | None = None, **changed: object) -> Path:
    """A backup with the dump of ours, files of the forger's, and other things said of it."""
    with reading.opened(backup.file) as archive, path.open("w+b") as file, tempfile.TemporaryFile() as listing:
        known, writer = archive.manifest, Writer(file, listing)
        writer.dump(archive.dump())
        for name in names:
            writer.add(name, [b"* * * * * root sh"])
        fields = {each: getattr(known, each) for each in Manifest.__slots__} | changed

        def manifest(files: Member, entries: int) -> Manifest:
            return Manifest(**(fields | {"files": files, "entries": entries}))

        writer.finish(manifest, key or settings.FIELD_KEYS[0])
    return path


@pytest.mark.parametrize(
    "name",
    [
        "attachments/../../../etc/cron.d/x",
        "/etc/cron.d/x",
        "templates/../secrets/field_key",
        "templates/.hidden",
        "secrets/field_key",
        "attachments/ab/" + "cd" * 32,
    ],
)
def test_a_file_that_would_lie_elsewhere_is_refused_even_under_our_seal(
    backup: BackedUp, tmp_path: Path, name: str
) -> None:
    hostile = forged(backup, tmp_path / "hostile", name)

    with data_in(tmp_path / "data"), pytest.raises(CommandError, match="不属于备份的文件名"):
        said_by("restore", hostile)

    assert not (tmp_path / "data").exists()


def test_a_backup_that_somebody_else_made_is_refused(backup: BackedUp, tmp_path: Path) -> None:
    name = "attachments/ab/ab" + "cd" * 31

    theirs = forged(backup, tmp_path / "theirs", name, key=os.urandom(32))
    with pytest.raises(CommandError, match="缺少密钥"):
        said_by("restore", theirs)

    ours = forged(backup, tmp_path / "ours", name)
    stamp = reading.Archive(ours.open("rb"), ours).seal["stamp"]
    ours.write_bytes(ours.read_bytes().replace(str(stamp).encode(), b"0" * 64))
    with pytest.raises(CommandError, match="封记不是用这个密钥做的"):
        said_by("restore", ours)


def test_a_link_in_place_of_a_file_is_refused(copied: Path) -> None:
    with tarfile.open(copied) as archive:
        member = archive.getmembers()[1]
    link = tarfile.TarInfo(member.name)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with copied.open("r+b") as file:
        file.seek(member.offset)
        file.write(link.tobuf(tarfile.GNU_FORMAT))

    with pytest.raises(ArchiveRefused, match="的位置不符"):
        checked(copied)


def test_a_link_in_the_data_folder_leads_nothing_out_of_it(backup: BackedUp, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with reading.opened(backup.file) as archive:
        shelf = next(member.name for member, _ in archive.members()).split("/")[1]
    with nowhere("meets_a_link", tmp_path / "data"):
        (tmp_path / "data" / "attachments").mkdir(parents=True)
        (tmp_path / "data" / "attachments" / shelf).symlink_to(tmp_path / "elsewhere")

        with pytest.raises(CommandError, match="请移开这个链接"):
            said_by("restore", backup.file)

    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"migrations": {"cases": ["9999_later"]}}, "比本程序（.*）新（cases.9999_later）"),
        ({"postgresql": 99}, "备份来自 PostgreSQL 99"),
    ],
    ids=["release", "server"],
)
def test_a_backup_of_a_newer_release_or_server_is_refused(
    backup: BackedUp, tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    newer = forged(backup, tmp_path / "newer", **changed)

    with pytest.raises(CommandError, match=said):
        said_by("restore", newer)


def test_headers_are_those_that_tar_writes(backup: BackedUp) -> None:
    assert header("database.dump", 5)[257:265] == b"ustar  \0"
    with tarfile.open(backup.file) as archive:
        assert all(member.isreg() and member.mode == 0o600 for member in archive)

"""Files of a case: what is taken, how it is kept, what is told of it, and what a scanner may stop."""

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from pytest_django import Settings

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.attachments import (
    AttachmentRefused,
    attach,
    clean_name,
    read_attachment,
    remove_attachment,
)
from casetrack.cases.kept_files import path_of
from casetrack.cases.models import Attachment, Case, KeptFile
from casetrack.lib.file_types import type_of
from tests.api.conftest import World, dispute, log_dispute, world

__all__ = ["dispute", "world"]
pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 \xe5\xbc\xa0\xe4\xb8\x89"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "attachments"


def packed(*members: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return made.getvalue()


def attached(case: Case, actor: User, content: bytes = PDF, name: str = "申请书.pdf") -> Attachment:
    return attach(case_id=case.pk, name=name, content=content, sort="application", actor=actor, now=timezone.now())


def test_a_file_is_kept_sealed_under_its_digest_and_read_with_a_line_in_the_log(
    world: World, dispute: Case, folder: Path
) -> None:
    kept = attached(dispute, world.clerk_east)

    attachment, content = read_attachment(attachment_id=kept.pk, actor=world.supervisor, now=timezone.now())

    assert content == PDF
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [attachment.file.digest]
    on_disk = path_of(attachment.file.digest)
    assert "张三".encode() not in on_disk.read_bytes()
    assert stat.S_IMODE(on_disk.stat().st_mode) == 0o600
    entry = AuditEntry.objects.get(action="read_personal")
    assert (entry.actor, entry.case_id, entry.purpose) == (world.supervisor, dispute.pk, "查阅附件")
    assert "申请书" not in str(entry.details)


def test_one_content_is_written_once_for_all_cases(world: World, dispute: Case, folder: Path) -> None:
    other = log_dispute(world.west)

    kept = [attached(dispute, world.clerk_east), attached(other, world.clerk_west, name="另一份.pdf")]

    assert KeptFile.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    assert [read_attachment(attachment_id=each.pk, actor=world.supervisor, now=timezone.now())[1] for each in kept] == [
        PDF,
        PDF,
    ]


def test_a_case_takes_a_content_once_and_again_when_it_was_removed(world: World, dispute: Case) -> None:
    kept = attached(dispute, world.clerk_east)

    with pytest.raises(AttachmentRefused, match="已有内容相同的附件：申请书.pdf（申请书、来信，"):
        attached(dispute, world.clerk_east, name="另一个名称.pdf")
    remove_attachment(attachment_id=kept.pk, reason="误传他案材料", actor=world.clerk_east, now=timezone.now())

    assert attached(dispute, world.clerk_east).pk != kept.pk


def test_a_file_whose_row_was_rolled_back_is_written_anew(world: World, dispute: Case) -> None:
    from_before = attached(dispute, world.clerk_east)
    Attachment.objects.all().delete()
    KeptFile.objects.all().delete()  # as a rollback does, which leaves the file with a lost key

    kept = attached(dispute, world.clerk_east)

    assert from_before.file.digest == kept.file.digest
    assert read_attachment(attachment_id=kept.pk, actor=world.clerk_east, now=timezone.now())[1] == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("程序.exe", b"MZ"),
        ("网页.html", b"<script>"),
        ("冒充.pdf", b"MZ\x90"),
        ("冒充.png", PDF),
        ("宏.docx", packed("word/document.xml", "word/vbaProject.bin")),
        ("压缩.docx", packed("a.txt")),
        ("坏.xlsx", b"PK\x03\x04 and nothing more"),
        ("二进制.txt", b"\x00\x01"),
        ("没有扩展名", PDF),
        ("空.pdf", b""),
    ],
)
def test_what_is_not_what_it_says_is_not_taken(
    world: World, dispute: Case, folder: Path, name: str, content: bytes
) -> None:
    with pytest.raises(AttachmentRefused):
        attached(dispute, world.clerk_east, content, name)

    assert not Attachment.objects.exists()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        (
            "a.docx",
            packed("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.xlsx", packed("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        ("a.txt", "笔录".encode("gb18030"), "text/plain"),
    ],
)
def test_what_offices_send_is_known(name: str, content: bytes, media_type: str) -> None:
    found = type_of(name, content)

    assert found is not None
    assert found.media_type == media_type


def test_a_file_that_is_too_large_is_told_how_large(world: World, dispute: Case, settings: Settings) -> None:
    settings.ATTACHMENT_MEGABYTES = 1

    with pytest.raises(AttachmentRefused, match="文件为1.5MB，超过每个附件1MB的上限"):
        attached(dispute, world.clerk_east, PDF + b" " * (3 * 2**19 - len(PDF)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\案卷\\申请书.pdf", "申请书.pdf"),
        ("申请\u202e书\x00.pdf", "申请书.pdf"),
        (' <b>"x".pdf', "bx.pdf"),
        (f"{'长' * 300}.docx", f"{'长' * 115}.docx"),
        (".pdf", "附件.pdf"),
    ],
)
def test_a_name_keeps_what_a_person_reads(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["sh", "-c", "cat >/dev/null; echo Eicar-Test; exit 1"], "病毒扫描发现问题（Eicar-Test）"),
        (["sh", "-c", "exit 2"], "病毒扫描没有完成"),
        (["/no/such/scanner"], "病毒扫描没有完成"),
    ],
)
def test_nothing_passes_that_the_scanner_did_not_call_clean(
    world: World, dispute: Case, folder: Path, settings: Settings, command: list[str], said: str
) -> None:
    settings.SCAN_COMMAND = command

    with pytest.raises(AttachmentRefused, match=said):
        attached(dispute, world.clerk_east)

    assert not folder.exists()


def test_a_scanner_reads_the_file_itself(world: World, dispute: Case, settings: Settings) -> None:
    settings.SCAN_COMMAND = ["grep", "-q", "-v", "PDF"]  # ends with 1 for one line that has it

    with pytest.raises(AttachmentRefused, match="病毒扫描发现问题"):
        attached(dispute, world.clerk_east)
    settings.SCAN_COMMAND = ["grep", "-q", "PDF"]

    assert attached(dispute, world.clerk_east).scanned


def test_a_removed_file_is_served_no_more_and_stays_on_record(world: World, dispute: Case) -> None:
    kept = attached(dispute, world.clerk_east)

    remove_attachment(attachment_id=kept.pk, reason="误传他案材料", actor=world.clerk_east, now=timezone.now())

    removed = Attachment.objects.get()
    assert (removed.removed_by, removed.removal_reason) == (world.clerk_east, "误传他案材料")
    with pytest.raises(AttachmentRefused, match="已移除"):
        read_attachment(attachment_id=kept.pk, actor=world.clerk_east, now=timezone.now())
    assert "误传" not in str(AuditEntry.objects.get(action="remove").details)


def test_a_damaged_file_is_not_served(world: World, dispute: Case) -> None:
    kept = attached(dispute, world.clerk_east)
    path = path_of(kept.file.digest)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    with pytest.raises(AttachmentRefused, match="已丢失或损坏"):
        read_attachment(attachment_id=kept.pk, actor=world.clerk_east, now=timezone.now())

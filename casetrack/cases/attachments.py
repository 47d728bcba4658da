"""Files of a case: taken in after a look at what they are, read with a line in the audit log, removed with a reason.

Like the people of a case they stand beside the chain of events. The log never says what a file is called.
"""

import logging
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localtime

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases import kept_files
from casetrack.cases.auditing import about
from casetrack.cases.holding import locked
from casetrack.cases.models import Attachment, Case
from casetrack.kinds.refusals import Refused
from casetrack.lib.crypto import SealBroken
from casetrack.lib.file_types import ENDINGS, FileType, type_of
from casetrack.lib.scanning import Infected, NotScanned, scan

logger = logging.getLogger(__name__)

MEGABYTE = 2**20
MOST = 200
LONGEST_NAME, LONGEST_REASON = 120, 200
UNNAMED = "附件"
READ_FOR = "查阅附件"


class AttachmentRefused(Refused):
    """The file can't be taken, read or removed; the message says why and what to do."""

    code = "attachment_refused"


def largest() -> int:
    """The most bytes that a file may have."""
    return int(settings.ATTACHMENT_MEGABYTES) * MEGABYTE


def refuse_larger(size: int) -> None:
    if size > largest():
        raise AttachmentRefused(
            f"文件为{size / MEGABYTE:.1f}MB，超过每个附件{settings.ATTACHMENT_MEGABYTES}MB的上限；请压缩或分成几个文件"
        )


def read_whole(file: "UploadedFile[bytes]") -> bytes:
    """The bytes of what was sent, which are not read where there are too many."""
    refuse_larger(file.size or 0)
    return b"".join(file.chunks())


def clean_name(name: str) -> str:
    """The last part of a name, without what is unseen or means something to a disk; its ending stays."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*/').strip().rstrip(".")
    stem, dot, ending = kept.rpartition(".")
    stem, ending = (stem, f".{ending}") if dot else (kept, "")
    return f"{stem[: LONGEST_NAME - len(ending)].strip(' .') or UNNAMED}{ending}"


def attach(*, case_id: int, name: str, content: bytes, sort: str, actor: User | None, now: datetime) -> Attachment:
    """Keep a file with a case. It is looked at before anything waits for it."""
    called, given = clean_name(name), said_type(name, content)
    if sort not in Attachment.Sort.values:
        raise AttachmentRefused("请选择材料种类")
    scanned = found_clean(content)
    with transaction.atomic():
        case = locked(case_id)
        if case.attachments.standing().count() >= MOST:
            raise AttachmentRefused(f"一个案件最多保存{MOST}个附件，请合并后再上传")
        refuse_twice(case, content)
        attachment = Attachment.objects.create(
            case=case,
            file=kept_files.keep(content),
            sort=sort,
            name=called,
            media_type=given.media_type,
            size=len(content),
            scanned=scanned,
            uploaded_by=actor,
            uploaded_at=now,
        )
        details = {"attachment": attachment.pk, "sort": sort, "digest": attachment.file.digest}
        record(action=Action.CREATE, actor=actor, now=now, about=about(case), details=details)
    return attachment


def refuse_twice(case: Case, content: bytes) -> None:
    """Refuse what the case has already, under whatever name: a form sent twice, a scan picked twice."""
    same = case.attachments.standing().filter(file__digest=kept_files.digest_of(content)).first()
    if same is not None:
        known = f"{same.name}（{same.get_sort_display()}，{localtime(same.uploaded_at):%Y-%m-%d %H:%M}上传）"
        raise AttachmentRefused(f"这个案件已有内容相同的附件：{known}，没有再次保存")


def said_type(name: str, content: bytes) -> FileType:
    if not content:
        raise AttachmentRefused("文件是空的，请核对后重新选择")
    refuse_larger(len(content))
    given = type_of(name, content)
    if given is None:
        raise AttachmentRefused(
            f"不能接收这个文件：可以上传{'、'.join(ENDINGS)}，内容须与扩展名一致，不含宏、嵌入对象和指向外部的内容；请另存为其中一种再上传"
        )
    return given


def found_clean(content: bytes) -> bool:
    """Whether a scanner found it clean; False where the service has none. Nothing passes for want of an answer."""
    if not settings.SCAN_COMMAND:
        return False
    try:
        scan(content, settings.SCAN_COMMAND)
    except Infected as found:
        words = f"（{found}）" if str(found) else ""
        raise AttachmentRefused(f"病毒扫描发现问题{words}，文件没有保存；请清除病毒后再上传") from found
    except NotScanned as problem:
        logger.error("a file could not be scanned and was not kept: %s", problem)
        raise AttachmentRefused("病毒扫描没有完成，文件没有保存；请稍后再试，仍不成的请联系管理员") from problem
    return True


def read_attachment(
    *, attachment_id: int, actor: User, now: datetime, purpose: str = READ_FOR
) -> tuple[Attachment, bytes]:
    """A file whole. That it was read is logged, or it is not read."""
    attachment = Attachment.objects.select_related("case", "file").get(pk=attachment_id)
    if attachment.removed_at is not None:
        raise AttachmentRefused("这一附件已移除，不再提供；如需核对，请向移除人了解")
    with transaction.atomic():
        details = {"attachment": attachment.pk, "sort": attachment.sort}
        subject = about(attachment.case)
        record(action=Action.READ_PERSONAL, actor=actor, now=now, about=subject, purpose=purpose, details=details)
        try:
            return attachment, kept_files.content_of(attachment.file)
        except (FileNotFoundError, SealBroken) as problem:
            logger.error("the file of attachment %s can't be read: %s", attachment.pk, type(problem).__name__)
            raise AttachmentRefused("这一附件的文件已丢失或损坏，请联系管理员从备份恢复") from problem


@transaction.atomic
def remove_attachment(*, attachment_id: int, reason: str, actor: User, now: datetime) -> Attachment:
    """Serve a file no more. What it was, and why it went, stays."""
    case_id = Attachment.objects.values_list("case_id", flat=True).get(pk=attachment_id)
    case = locked(case_id)
    attachment = Attachment.objects.get(pk=attachment_id)
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise AttachmentRefused(f"请说明移除的理由，{LONGEST_REASON}字以内")
    if attachment.removed_at is not None:
        raise AttachmentRefused("这一附件已经移除")
    attachment.removed_at, attachment.removed_by, attachment.removal_reason = now, actor, words
    attachment.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    details = {"attachment": attachment.pk, "sort": attachment.sort}
    record(action=Action.REMOVE, actor=actor, now=now, about=about(case), details=details)
    return attachment

"""Files that belong to a case."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Length

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.cases.models.record import Case


class KeptFileQuerySet(models.QuerySet["KeptFile"]):
    """Questions about contents."""

    def readable(self) -> Self:
        """Those that have their keys: what was erased has none, and no file."""
        return self.annotate(held=Length("key")).filter(held__gt=0)


class KeptFile(models.Model):
    """The bytes of one content, kept once under their digest and sealed with a key of their own.

    That key is sealed like any other personal data, so that changing the service's key leaves the files as they are.
    """

    digest = models.CharField("SHA-256 摘要", max_length=64, unique=True)
    key = EncryptedTextField("文件密钥")

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.digest


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Questions about attachments."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the cases that the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """A file of a case, as it was handed in. One that was removed is listed with its reason, and not served."""

    class Sort(models.TextChoices):
        APPLICATION = "application", "申请书、来信"
        IDENTITY = "identity", "身份证明、授权委托书"
        EVIDENCE = "evidence", "证据材料"
        NOTICE = "notice", "受理、告知文书"
        RECORD = "record", "调查、调解、听证笔录"
        AGREEMENT = "agreement", "协议书"
        REPLY = "reply", "处理意见、答复"
        DECISION = "decision", "决定书"
        SERVICE = "service", "送达回证"
        OTHER = "other", "其他"

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(KeptFile, verbose_name="文件", on_delete=models.PROTECT, related_name="attachments")
    sort = models.CharField("材料种类", max_length=16, choices=Sort.choices)
    name = EncryptedTextField("文件名")  # people put names of people into it
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    scanned = models.BooleanField("经病毒扫描")
    uploaded_by = models.ForeignKey(
        User, verbose_name="上传人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    uploaded_at = models.DateTimeField("上传时间")
    removed_by = models.ForeignKey(
        User, verbose_name="移除人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField("移除时间", null=True)
    removal_reason = EncryptedTextField("移除理由", blank=True, default="")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.pk}"

"""Files that belong to a case, and the numbers that its printed papers were given."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.cases.models.record import Case
from casetrack.organizations.models import Organization


class KeptFile(models.Model):
    """The bytes of one content, kept once under their digest and sealed with a key of their own.

    That key is sealed like any other personal data, so that changing the service's key leaves the files as they are.
    """

    digest = models.CharField("SHA-256 摘要", max_length=64, unique=True)
    key = EncryptedTextField("文件密钥")

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


class PaperSeries(models.Model):
    """The last number that an office gave to a paper in a year; locked while the next is given, so without gaps."""

    organization = models.ForeignKey(Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    paper = models.CharField("文书", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = "文书编号"
        verbose_name_plural = "文书编号"
        constraints = [
            models.UniqueConstraint(name="paper_series_unique", fields=["organization", "paper", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.year} {self.last}"


class PaperIssued(models.Model):
    """That a paper of a case was printed, under which number: printed again, it bears the same."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="papers")
    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    paper = models.CharField("文书", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号")
    issued_by = models.ForeignKey(
        User, verbose_name="制作人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    issued_at = models.DateTimeField("制作时间")

    class Meta:
        verbose_name = "已制作的文书"
        verbose_name_plural = "已制作的文书"
        constraints = [
            models.UniqueConstraint(name="paper_once_in_a_case", fields=["case", "paper"]),
            models.UniqueConstraint(name="paper_number_unique", fields=["organization", "paper", "year", "number"]),
            models.CheckConstraint(name="paper_numbered_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.year} {self.number}"

"""Files that offices sent in, row by row."""

from django.db import models
from django.db.models import Q

from casetrack.accounts.models import User
from casetrack.cases.models.jobs import Job
from casetrack.cases.models.record import Case
from casetrack.organizations.models import Region


class ImportBatch(models.Model):
    """One file sent in: what it was, who sent it, and how its rows fared."""

    class State(models.TextChoices):
        RUNNING = "running", "导入中"
        DONE = "done", "已导入"
        UNDONE = "undone", "已撤销"

    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.PROTECT)
    file_name = models.CharField("文件名", max_length=255)
    file_digest = models.CharField("文件摘要", max_length=64)
    ledger = models.CharField("台账", max_length=64)
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.RUNNING)
    counts = models.JSONField("各类行数", default=dict)
    job = models.ForeignKey(
        Job, verbose_name="任务", on_delete=models.PROTECT, null=True, related_name="batches", db_index=False
    )
    actor = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, null=True)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "台账导入"
        verbose_name_plural = "台账导入"
        indexes = [models.Index(name="import_of_job", fields=["job"], condition=Q(job__isnull=False))]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """How one row of an imported file fared, and the case it became."""

    class Verdict(models.TextChoices):
        CREATED = "created", "新增"
        CHANGED = "changed", "更正"
        UNCHANGED = "unchanged", "未变"
        REJECTED = "rejected", "拒收"

    batch = models.ForeignKey(ImportBatch, verbose_name="批次", on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField("结果", max_length=16, choices=Verdict.choices)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField("原因", blank=True)

    class Meta:
        verbose_name = "导入行"
        verbose_name_plural = "导入行"
        indexes = [models.Index(name="import_row_in_file", fields=["batch", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.get_verdict_display()}"

"""Who looked at what, or changed what: lines that are only ever added. A trigger refuses any change."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from casetrack.accounts.models.users import User

LOOKED_THROUGH = 500_000  # lines for what happened of late: a week of a province


class Action(models.TextChoices):
    """What was done."""

    READ_PERSONAL = "read_personal", "查看个人信息"
    EXPORT = "export", "导出"
    IMPORT = "import", "导入"
    CREATE = "create", "新增"
    CHANGE = "change", "修改"
    REMOVE = "remove", "移除"
    LOG_IN = "log_in", "登录"
    LOG_IN_FAILED = "log_in_failed", "登录失败"
    LOCKED_OUT = "locked_out", "登录锁定"
    UNLOCKED = "unlocked", "解除登录锁定"
    LOG_OUT = "log_out", "退出"
    PASSWORD_CHANGED = "password_changed", "修改密码"
    PASSWORD_RESET = "password_reset", "重设一次性密码"
    ACCESS_ENDED = "access_ended", "结束会话和令牌"
    SECOND_FACTOR = "second_factor", "变更第二因素"
    TOKEN_ISSUED = "token_issued", "签发令牌"
    TOKEN_REVOKED = "token_revoked", "吊销令牌"
    MONTH_REPORT = "month_report", "月报确认、退回、催报"
    MONTH_CLOSED = "month_closed", "结账或重述"
    ERASURE = "erasure", "提出、撤回或驳回依法删除"
    ERASED = "erased", "依法删除个人信息"
    KEYS_ROTATED = "keys_rotated", "轮换密钥"
    BACKED_UP = "backed_up", "备份"
    RESTORED = "restored", "从备份恢复"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Questions about the audit log."""

    def within(self, scope: Q) -> Self:
        """Those about places that a scope's predicate opens."""
        return self.filter(scope)

    def of_case(self, case_id: int) -> Self:
        return self.filter(case_id=case_id)

    def last_backup_at(self) -> datetime | None:
        """Of the last lines, which are soon read where none of them tells of a backup."""
        newest = self.aggregate(last=models.Max("pk"))["last"] or 0
        recent = self.filter(pk__gt=newest - LOOKED_THROUGH, action=Action.BACKED_UP)
        return recent.order_by("-pk").values_list("at", flat=True).first()


class AuditEntry(models.Model):
    """One act of one user. What it was about is copied, not referred to: the line outlives the row."""

    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        User, verbose_name="操作人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    action = models.CharField("操作", max_length=24, choices=Action.choices)
    region_code = models.CharField("区划代码", max_length=12, blank=True, default="")
    organization_id = models.BigIntegerField("机构编号", null=True)
    kind = models.CharField("案件种类", max_length=32, blank=True, default="")
    case_id = models.BigIntegerField("案件编号", null=True)
    restricted = models.BooleanField("限制知悉", default=False)
    purpose = models.CharField("目的", max_length=200, blank=True, default="")
    details = models.JSONField("详情", default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        indexes = [
            models.Index(name="audit_by_region", fields=["region_code", "-id"]),
            models.Index(name="audit_by_actor", fields=["actor", "-id"]),
            models.Index(name="audit_by_case", fields=["case_id", "-id"], condition=Q(case_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%Y-%m-%d %H:%M}"

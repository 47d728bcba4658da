"""What members are reminded of: how each wishes it, each reminder once, and the messages that leave the house."""

from datetime import date, datetime, time
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.cases.models.record import Case
from casetrack.organizations.scope import Scope

OVERDUE = -1
"""The step of a reminder that the last day has passed; the others are how many days ahead it was."""


class Channel(models.TextChoices):
    """Where reminders go beside the pages."""

    PAGE = "page", "只在页面上"
    MAIL = "mail", "电子邮件"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    JSON = "json", "其他系统（JSON）"


class ReminderChoice(models.Model):
    """How a member wishes to be reminded. Who has none is not.

    The address of a robot is its password, so it is sealed.
    """

    user = models.OneToOneField(User, verbose_name="用户", on_delete=models.CASCADE, related_name="reminder_choice")
    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name="提前天数", default=list)
    overdue = models.BooleanField("超期提醒", default=True)
    kinds = ArrayField(models.CharField(max_length=32), verbose_name="案件种类", default=list, help_text="空：全部")
    channel = models.CharField("方式", max_length=8, choices=Channel.choices, default=Channel.PAGE)
    address = EncryptedTextField("机器人地址", default="")
    quiet_from = models.TimeField("免打扰自", default=time(20))
    quiet_until = models.TimeField("免打扰至", default=time(8))
    quiet_on_rest_days = models.BooleanField("休息日免打扰", default=False)

    class Meta:
        verbose_name = "提醒设置"
        verbose_name_plural = "提醒设置"

    def __str__(self) -> str:
        return f"{self.user} {self.get_channel_display()}"


class ReminderMessageQuerySet(models.QuerySet["ReminderMessage"]):
    """Questions about messages."""

    def due(self, now: datetime) -> Self:
        """Those to be sent, or to be sent again."""
        return self.filter(ended_at=None, next_at__lte=now)


class ReminderMessage(models.Model):
    """A member's reminders that go out together. What it says is written when it is sent, from what then still runs.

    `next_at` is when it may be tried: after a failure later each time, and while somebody is sending it not at all.
    """

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="reminder_messages")
    created_at = models.DateTimeField("生成时间")
    next_at = models.DateTimeField("下次发送时间")
    attempts = models.PositiveSmallIntegerField("发送次数", default=0)
    sent_at = models.DateTimeField("送出时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    failure = models.CharField("未送出的原因", max_length=200, default="", blank=True)

    objects = ReminderMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒消息"
        verbose_name_plural = "提醒消息"
        indexes = [
            models.Index(name="reminder_message_due", fields=["next_at"], condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d %H:%M}"


class DueReminderQuerySet(models.QuerySet["DueReminder"]):
    """Questions about reminders."""

    def shown_to(self, user: User, scope: Scope) -> Self:
        """One's own, of cases that one may see now; the newest first."""
        seen = scope.on(
            region_field="case__region_code",
            organization_field="case__organization_id",
            kind_field="case__kind",
            restricted_field="case__restricted",
        )
        return self.filter(seen, user=user).select_related("case", "message").order_by("-raised_on", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def waiting(self) -> Self:
        """Those that are to leave the house and are in no message yet."""
        return self.filter(to_send=True, message=None)

    def raised_before(self, day: date) -> Self:
        return self.filter(raised_on__lt=day)


class DueReminder(models.Model):
    """That a clock ends so many days ahead, told to one member once: the database itself refuses a second."""

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="+")
    duty = models.CharField("职责", max_length=64)
    label = models.CharField("期限", max_length=100)
    act_by = models.DateField("应办结日")
    step = models.SmallIntegerField("提前天数")
    raised_on = models.DateField("提醒日期")
    to_send = models.BooleanField("须送出", default=False)
    message = models.ForeignKey(
        ReminderMessage, verbose_name="消息", on_delete=models.SET_NULL, null=True, related_name="reminders"
    )
    read_at = models.DateTimeField("已读时间", null=True)

    objects = DueReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "到期提醒"
        verbose_name_plural = "到期提醒"
        constraints = [
            models.UniqueConstraint(name="due_reminder_once", fields=["user", "case", "duty", "act_by", "step"])
        ]
        indexes = [
            models.Index(name="due_reminder_listed", fields=["user", "-raised_on", "-id"]),
            models.Index(name="due_reminder_waiting", fields=["user"], condition=Q(to_send=True, message=None)),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.act_by}"

"""What a user asked for that takes longer than a request: imports, their undoing, exports, checks, impacts."""

import json
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import Token, User
from casetrack.organizations.scope import nothing, whole_regions_to_write


def asked_by(user: User) -> Q:
    """A user's own jobs; a token that is limited to a place or kind knows only those asked for with it."""
    return Q(owner=user) & (Q(token=user.narrowing.token_id) if user.narrowing else Q())


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about jobs."""

    def imports_visible_to(self, user: User | AnonymousUser) -> Self:
        """A user's own imports, and those for regions of which the user may write the whole."""
        if not isinstance(user, User):
            return self.none()
        there = nothing()
        for first, beyond in whole_regions_to_write(user):
            there |= Q(region_code__gte=first, region_code__lt=beyond)
        return self.filter(asked_by(user) | there, kind__in=(Job.Kind.IMPORT, Job.Kind.UNDO))

    def exports_of(self, user: User | AnonymousUser) -> Self:
        """Nobody's but one's own: what an export holds is what its owner may see."""
        own = asked_by(user) if isinstance(user, User) else nothing()
        return self.filter(own, kind=Job.Kind.EXPORT)

    def checks_of(self, user: User | AnonymousUser) -> Self:
        """Nobody's but one's own: a report that is checked is not yet published."""
        own = asked_by(user) if isinstance(user, User) else nothing()
        return self.filter(own, kind=Job.Kind.CHECK)

    def impacts_of(self, user: User | AnonymousUser) -> Self:
        """Nobody's but one's own: what one tells is what its owner may see."""
        own = asked_by(user) if isinstance(user, User) else nothing()
        return self.filter(own, kind=Job.Kind.IMPACT)

    def unfinished(self) -> Self:
        return self.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING))

    def to_run(self, *, now: datetime, silent: timedelta) -> Self:
        """Those that nobody has begun, and those whose worker has been silent for so long that it must be gone.

        One that was heard of in the future was so before the clock was set back: if its worker lives, it says so anew.
        """
        heard = Q(beat_at__gte=now - silent, beat_at__lte=now + silent)
        return self.filter(Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING) & ~heard)

    def with_files_past(self, moment: datetime) -> Self:
        """Those whose result was to be fetched by then."""
        return self.filter(~Q(result_file=""), expires_at__lte=moment)


class Job(models.Model):
    """One piece of work, from the wish to its result. The row is what counts; the queue only hurries it.

    `run` names the attempt that holds the job: whoever writes states it, so that a worker which was taken for dead
    changes nothing any more. What was asked for is sealed: a filter may name the telephone of a party.
    """

    class Kind(models.TextChoices):
        IMPORT = "import", "导入"
        UNDO = "undo", "撤销导入"
        EXPORT = "export", "导出"
        CHECK = "check", "核对报告"
        IMPACT = "impact", "规则变更影响"

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未能完成"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    owner = models.ForeignKey(User, verbose_name="提交人", on_delete=models.PROTECT, related_name="+", db_index=False)
    token = models.ForeignKey(
        Token, verbose_name="收窄其范围的令牌", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    region_code = models.CharField("区划代码", max_length=12, blank=True, default="")
    asked = EncryptedTextField("所求")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.QUEUED)
    run = models.UUIDField("执行", null=True)
    attempts = models.PositiveSmallIntegerField("执行次数", default=0)
    beat_at = models.DateTimeField("最近的动静", null=True)
    cancel_asked = models.BooleanField("要求取消", default=False)
    done = models.PositiveBigIntegerField("已处理", default=0)
    total = models.PositiveBigIntegerField("共计", null=True)
    doing = models.CharField("正在处理", max_length=255, blank=True, default="")
    counts = models.JSONField("计数", default=dict)
    result = models.JSONField("结果", default=dict)
    error = models.CharField("原因", max_length=1000, blank=True, default="")
    error_code = models.CharField("原因代码", max_length=40, blank=True, default="")
    result_file = models.CharField("结果文件", max_length=64, blank=True, default="")
    expires_at = models.DateTimeField("结果保留至", null=True)
    created_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        constraints = [
            models.CheckConstraint(
                name="job_running_has_its_run",
                condition=~Q(state="running") | Q(run__isnull=False, beat_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="job_of_owner", fields=["owner", "-id"]),
            models.Index(name="job_of_region", fields=["region_code", "-id"], condition=~Q(region_code="")),
            models.Index(name="job_by_state", fields=["state", "-id"]),
            models.Index(name="job_unfinished", fields=["id"], condition=Q(state__in=("queued", "running"))),
            models.Index(name="job_expiring", fields=["expires_at"], condition=~Q(result_file="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        parameters: dict[str, Any] = json.loads(self.asked)
        return parameters

    def is_of(self, user: User) -> bool:
        """Whether the user asked for it, and by what they are asking with now."""
        limited = user.narrowing is not None and self.token_id != user.narrowing.token_id
        return self.owner_id == user.pk and not limited

    @property
    def is_finished(self) -> bool:
        return self.state not in (Job.State.QUEUED, Job.State.RUNNING)

"""What is folded from the events and kept beside them: milestones, clocks, and marks for the counting of figures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from casetrack.cases.models.record import Case, CaseEvent
from casetrack.cases.querysets import DeadlineQuerySet, MilestoneQuerySet
from casetrack.organizations.models import Organization


class Milestone(models.Model):
    """One statistical mark of a case, folded from its events: the row that every figure counts.

    `received_on` groups cases into cohorts; `cents` are whole 分; `persons` is at least the one who came.
    """

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="milestones")
    event = models.ForeignKey(
        CaseEvent, verbose_name="事件", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organization = models.ForeignKey(
        Organization, verbose_name="承办机构", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    region_code = models.CharField("区划代码", max_length=12)
    kind = models.CharField("案件种类", max_length=32)
    restricted = models.BooleanField("限制知悉", default=False)
    name = models.CharField("指标事件", max_length=40)
    happened_on = models.DateField("发生日期")
    received_on = models.DateField("收到日期")
    dimensions = models.JSONField("维度", default=dict)
    persons = models.PositiveIntegerField("人数", default=1)
    cents = models.BigIntegerField("金额（分）", default=0)
    in_time = models.BooleanField("按期", default=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "指标事件"
        verbose_name_plural = "指标事件"
        indexes = [
            models.Index(name="milestone_by_region", fields=["kind", "name", "region_code", "happened_on"]),
            models.Index(name="milestone_by_organization", fields=["organization", "kind", "happened_on", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.happened_on}"


class Deadline(models.Model):
    """A clock of a case with the date it gives, the article that gave it, and how every day was counted.

    `governed_on`, `shape` and `basis` are what the date rests on beside `counted_from` and the place, as
    `casetrack.cases.footing` writes and reads them: with them a date is counted anew without folding its case.

    Overdue is `act_by` before today while the office's clock runs: a question, never a flag. A clock that stands still
    since `paused_on` has no date until it runs again; those of parties and of other bodies are shown only.
    """

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="deadlines")
    organization = models.ForeignKey(
        Organization, verbose_name="承办机构", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    region_code = models.CharField("区划代码", max_length=12)
    kind = models.CharField("案件种类", max_length=32)
    restricted = models.BooleanField("限制知悉", default=False)
    duty = models.CharField("职责", max_length=64)
    whose = models.CharField(
        "谁的期限", max_length=8, default="office", help_text="office：承办机构；party：当事人；other：他人"
    )
    label = models.CharField("期限", max_length=100)
    rule = models.CharField("规则", max_length=32)
    article = models.CharField("依据", max_length=200)
    counted_from = models.DateField("起算日")
    due_on = models.DateField("届满日")
    rolled_on = models.DateField("顺延后的届满日", null=True)
    act_by = models.DateField("应办结日")
    yellow_on = models.DateField("黄灯日")
    red_on = models.DateField("红灯日")
    verified = models.BooleanField("依据已核实", default=True)
    provisional = models.BooleanField("暂定", default=False)
    receipt = models.JSONField("计算过程", default=list)
    started_by = models.ForeignKey(
        CaseEvent, verbose_name="起算事件", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_by = models.ForeignKey(
        CaseEvent, verbose_name="终结事件", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_on = models.DateField("终结日", null=True)
    dropped = models.BooleanField("不再计算", default=False)
    paused_on = models.DateField("中止日", null=True)
    governed_on = models.DateField("适用何日的法律", null=True)
    shape = models.CharField("规则的起算和扣除", max_length=250, default="", blank=True)
    basis = models.JSONField("延长、扣除和指定", default=dict)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = "期限"
        indexes = [
            models.Index(name="deadline_running", fields=["act_by", "region_code"], condition=Q(ended_on__isnull=True)),
            models.Index(name="deadline_provisional", fields=["case"], condition=Q(provisional=True)),
            models.Index(  # those past their day are counted every minute: without a look at the rows
                name="deadline_overdue",
                fields=["act_by", "kind"],
                condition=Q(ended_on__isnull=True, paused_on__isnull=True, whose="office"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.act_by}"


class Reminder(models.Model):
    """A light that a running clock reached, raised once, however often and however late the sweep runs."""

    class Light(models.TextChoices):
        YELLOW = "yellow", "黄灯"
        RED = "red", "红灯"
        OVERDUE = "overdue", "超期"

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="reminders")
    duty = models.CharField("职责", max_length=64)
    act_by = models.DateField("应办结日")
    light = models.CharField("灯", max_length=8, choices=Light.choices)
    raised_on = models.DateField("提示日期")

    class Meta:
        verbose_name = "期限提示"
        verbose_name_plural = "期限提示"
        constraints = [models.UniqueConstraint(name="reminder_raised_once", fields=["case", "duty", "act_by", "light"])]

    def __str__(self) -> str:
        return f"{self.get_light_display()} {self.act_by}"


class Unsettled(models.Model):
    """“This month of this office has changed since anyone counted it”: one row a change, never a shared one.

    `names` are those of the milestones that changed; null where any may have.
    The database itself notes when: what writes marks by the many then need not, and no clock of a worker matters.
    """

    organization = models.ForeignKey(Organization, verbose_name="机构", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("案件种类", max_length=32)
    month = models.DateField("月份")
    names = ArrayField(models.TextField(), verbose_name="指标事件", null=True)
    marked_at = models.DateTimeField("标记时间", db_default=Now())

    class Meta:
        verbose_name = "待结算"
        verbose_name_plural = "待结算"

    def __str__(self) -> str:
        return f"{self.kind} {self.month:%Y-%m}"

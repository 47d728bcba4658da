"""Reported figures and their versions: a correction is a further version, and neither table is ever changed."""

from django.db import models
from django.db.models import F, Q

from casetrack.accounts.models import User
from casetrack.organizations.reported.choices import Qualifier
from casetrack.organizations.reported.querysets import ReportedFigureQuerySet, ReportedVersionQuerySet

SHA256 = r"^[0-9a-f]{64}$"


class ReportedFigure(models.Model):
    """What one body reports of one number for one period; its versions say how much.

    A `whole_region` figure is stated for the body's region with all below it (up to the code `beyond`) and takes the
    place of what the bodies there report themselves; otherwise the figure is the body's own.
    """

    organization = models.ForeignKey(
        "organizations.Organization", verbose_name="报送单位", on_delete=models.PROTECT, related_name="reported_figures"
    )
    region_code = models.CharField("区划代码", max_length=12, help_text="报送时单位所在的区划")
    beyond = models.CharField("下级区划止于", max_length=12, blank=True, default="", editable=False)
    whole_region = models.BooleanField("全地区汇总数", default=False)
    subject = models.CharField("统计主题", max_length=32)
    measure = models.CharField("指标", max_length=40)
    dimensions = models.JSONField("维度", default=dict)
    first = models.DateField("报送期的开始日")
    last = models.DateField("报送期的结束日")

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "报送数字"
        verbose_name_plural = "报送数字"
        constraints = [
            models.UniqueConstraint(
                name="reported_once",
                fields=["organization", "subject", "measure", "first", "last", "whole_region", "dimensions"],
            ),
            models.CheckConstraint(name="reported_period_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="reported_beyond_iff_whole_region", condition=Q(whole_region=True) ^ Q(beyond="")
            ),
        ]
        indexes = [models.Index(name="reported_in_region", fields=["region_code", "subject", "measure", "first"])]

    def __str__(self) -> str:
        return f"{self.subject}.{self.measure} {self.first} – {self.last}"


class ReportedVersion(models.Model):
    """How much, on whose word: the value as it was entered, by whom and when. Without a value it is withdrawn."""

    figure = models.ForeignKey(
        ReportedFigure, verbose_name="报送数字", on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField("版本")
    value = models.DecimalField("数值", max_digits=16, decimal_places=4, null=True, help_text="空：已撤回")
    qualifier = models.CharField("数值的限定", max_length=16, choices=Qualifier.choices, blank=True, default="")
    source = models.CharField("数据来源", max_length=200)
    evidence = models.TextField("依据", blank=True, default="")
    evidence_digest = models.CharField("依据附件的摘要", max_length=64, blank=True, default="", help_text="sha256")
    reason = models.CharField("更正原因", max_length=500, blank=True, default="")
    entered_by = models.ForeignKey(
        User, verbose_name="填报人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField("填报时间")

    objects = ReportedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "报送数字的版本"
        verbose_name_plural = "报送数字的版本"
        constraints = [
            models.UniqueConstraint(name="reported_version_unique", fields=["figure", "number"]),
            models.CheckConstraint(name="reported_value_not_negative", condition=Q(value=None) | Q(value__gte=0)),
            models.CheckConstraint(name="reported_first_has_value", condition=Q(number__gt=1) | Q(value__isnull=False)),
            models.CheckConstraint(name="reported_later_has_reason", condition=Q(number=1) | ~Q(reason="")),
            models.CheckConstraint(
                name="reported_digest_is_sha256", condition=Q(evidence_digest="") | Q(evidence_digest__regex=SHA256)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure_id} v{self.number}"

"""Reports of months, editions and their figures: rows that are only ever added. Triggers refuse any change."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from casetrack.accounts.models import User
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import Scope, scope_of


class MonthReport(models.Model):
    """What was done about an organization's month: it was confirmed, sent back, or asked for. The latest counts.

    `counts` are the figures confirmed: for all cases, and for those open to readers who are not cleared, by kind;
    `digests` likewise tell whether anything in the month has moved since.
    """

    class Act(models.TextChoices):
        CONFIRMED = "confirmed", "确认"
        RETURNED = "returned", "退回"
        REMINDED = "reminded", "催报"

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField("月份")
    act = models.CharField("事项", max_length=12, choices=Act.choices)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        User, verbose_name="操作人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField("理由", max_length=500, blank=True, default="")
    zero = models.BooleanField("零报告", default=False)
    counts = models.JSONField("确认的件数", default=dict)
    digests = models.JSONField("确认的内容摘要", default=dict)

    class Meta:
        verbose_name = "月报事项"
        verbose_name_plural = "月报事项"
        constraints = [
            models.CheckConstraint(name="month_returned_with_reason", condition=~Q(act="returned") | ~Q(reason="")),
        ]
        indexes = [models.Index(name="month_report_of", fields=["organization", "month", "-id"])]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.get_act_display()}"


class Definitions(models.Model):
    """The catalogue of indicators by which editions were made, whole: what they mean stays readable for ever."""

    digest = models.CharField("摘要", max_length=64, primary_key=True)
    catalogue = models.JSONField("指标的定义")

    class Meta:
        verbose_name = "指标定义"
        verbose_name_plural = "指标定义"

    def __str__(self) -> str:
        return self.digest[:12]


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions about editions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of regions that are open to a user with all below them."""
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(scope.on(region_field="region", organization_field=None, kind_field=None))

    def under(self, code: str) -> Self:
        return self.filter(within("region", code))

    def latest_of_months(self) -> Self:
        """Of each region and month the one that stands."""
        further = Edition.objects.filter(region=OuterRef("region"), month=OuterRef("month"))
        return self.filter(~Exists(further.filter(number__gt=OuterRef("number"))))

    def of(self, region: str, month: date) -> Self:
        return self.filter(region=region, month=month).order_by("-number")


class Edition(models.Model):
    """A month of a region as it was published. A later one restates it, with a reason; there is no reopening.

    `mark` is the last event that was known (see `casetrack.cases.marks`), `value_mark` the last value that a body had
    reported (editions made before there was such a mark have none), `days` are what the month meant for each
    subject. `heads` is the digest over the heads of all chains there, `previous` that of the edition restated.
    `anchor` is the digest of the latest anchor of the whole record by then, that of the day `anchored_on`; with an
    edition it leaves the database, and what is rewritten later is held against it.
    """

    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField("月份")
    number = models.PositiveSmallIntegerField("版次")
    reason = models.CharField("理由", max_length=500, blank=True, default="")
    unconfirmed_reason = models.CharField("未全部确认而结账的理由", max_length=500, blank=True, default="")
    unconfirmed = models.JSONField("未确认的机构", default=list)
    published_at = models.DateTimeField("公布时间")
    closed_by = models.ForeignKey(
        User, verbose_name="结账人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    mark = models.BigIntegerField("所知的最后事件")
    value_mark = models.BigIntegerField("所知的最后报送记录", null=True)
    days = models.JSONField("各主题的起止日")
    definitions = models.ForeignKey(
        Definitions, verbose_name="指标定义", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cases = models.PositiveIntegerField("案件数")
    heads = models.CharField("事件链头摘要", max_length=64)
    previous = models.CharField("上一版摘要", max_length=64, blank=True, default="")
    anchored_on = models.DateField("锚定日期", null=True)
    anchor = models.CharField("锚定摘要", max_length=64, blank=True, default="")
    digest = models.CharField("摘要", max_length=64)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "结账版次"
        verbose_name_plural = "结账版次"
        constraints = [
            models.UniqueConstraint(name="edition_number_unique", fields=["region", "month", "number"]),
            models.CheckConstraint(name="edition_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="edition_restated_with_reason", condition=Q(number=1) | ~Q(reason="")),
        ]
        indexes = [models.Index(name="edition_by_month", fields=["-month", "region"])]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m} 第{self.number}版"

    @property
    def offices_unconfirmed(self) -> int:
        return len(self.unconfirmed)


class PublishedFigures(models.Model):
    """The figures of an edition for one place, subject and breakdown: a row, so that millions of them stay few.

    The place is the region, one just below it, or one of its offices. What is not listed was nothing. Each entry of
    `figures` holds the values of the dimensions, the measure, the value with its parts, and the digest of the list of
    its cases, for all of them and, where that differs, for those open to readers who are not cleared.
    """

    edition = models.ForeignKey(
        Edition, verbose_name="版次", on_delete=models.PROTECT, related_name="rows", db_index=False
    )
    region_code = models.CharField("区划代码", max_length=12)
    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    subject = models.CharField("统计主题", max_length=32)
    breakdown = models.CharField("分组", max_length=100, blank=True)
    figures = models.JSONField("数字")

    class Meta:
        verbose_name = "公布的数字"
        verbose_name_plural = "公布的数字"
        constraints = [
            models.UniqueConstraint(
                name="published_once",
                fields=["edition", "region_code", "organization", "subject", "breakdown"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.subject} [{self.breakdown}]"

"""Cells: how many, a month at a time, as counted now; and the marks of the regions whose cells are behind."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from casetrack.organizations.models import Organization, Region
from casetrack.stats.closing.models import Definitions as Definitions
from casetrack.stats.closing.models import Edition as Edition
from casetrack.stats.closing.models import MonthReport as MonthReport
from casetrack.stats.closing.models import PublishedFigures as PublishedFigures
from casetrack.stats.federation.models import Node as Node
from casetrack.stats.federation.models import NodeBlock as NodeBlock
from casetrack.stats.federation.models import NodeDurations as NodeDurations
from casetrack.stats.federation.models import NodeStanding as NodeStanding
from casetrack.stats.shapes import BlockShape, DurationsShape, OfMonth


class CellBlock(BlockShape):
    """The cells of one place, kind of case, month and breakdown, side by side: the n-th of each list is one cell.

    A table with a row for each cell would have about as many rows as milestones, each with its own place in every
    index; a block is read, written and replaced whole, as settling does anyway. `Cell` shows them one by one.
    """

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "统计单元块"
        verbose_name_plural = "统计单元块"
        indexes = [
            models.Index(
                name="block_of_region",
                fields=["region_code", "kind", "month", "breakdown"],
                condition=Q(organization__isnull=True),
            ),
            models.Index(
                name="block_of_organization",
                fields=["organization", "kind", "month"],
                condition=Q(organization__isnull=False),
            ),
            models.Index(
                name="block_in_region",
                fields=["region_code", "kind", "month"],
                condition=Q(organization__isnull=False),
            ),
        ]


class Cell(OfMonth):
    """How many milestones of one name fell in a month, of the cases received in a month, broken down one way.

    With an `organization` it counts that office's own cases where the office then stood; without one it is the sum
    for the region and all below it. `breakdown` names the dimensions ("" is the total), `dimensions` their values.
    Restricted cases have cells of their own, so that whoever may not see them gets the sums without them.
    A view of the blocks, for reading; `block_id` is no key: a block has many cells.
    """

    block_id = models.BigIntegerField("单元块", primary_key=True)
    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.DO_NOTHING, null=True, related_name="+"
    )
    name = models.CharField("指标事件", max_length=40)
    received_month = models.DateField("收到月份")
    breakdown = models.CharField("分组", max_length=100)
    dimensions = models.JSONField("维度", default=dict)
    cases = models.IntegerField("件数")
    persons = models.BigIntegerField("人数")
    cents = models.BigIntegerField("金额（分）")
    in_time = models.IntegerField("按期件数")

    class Meta:
        verbose_name = "统计单元"
        verbose_name_plural = "统计单元"
        managed = False
        db_table = "stats_cell"

    def __str__(self) -> str:
        return f"{self.region_code} {self.kind}.{self.name} {self.month:%Y-%m}"


class Durations(DurationsShape):
    """How many cases took how many days from receipt to a milestone: of a place, a kind of case and a month.

    The n-th of `cases` is the number of those that took the n-th of `days`. With an `organization` they are that
    office's own; without one, those of the region and all below it.
    """

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "办理天数"
        verbose_name_plural = "办理天数"
        indexes = [
            models.Index(
                name="durations_of_region",
                fields=["region_code", "kind", "month"],
                condition=Q(organization__isnull=True),
            ),
            models.Index(
                name="durations_of_organization",
                fields=["organization", "kind", "month"],
                condition=Q(organization__isnull=False),
            ),
            models.Index(
                name="durations_in_region",
                fields=["region_code", "kind", "month"],
                condition=Q(organization__isnull=False),
            ),
        ]


class Seat(models.Model):
    """That an office has, or once had, cells in a region: the one it lies in, and those it has moved away from."""

    organization = models.ForeignKey(Organization, verbose_name="机构", on_delete=models.CASCADE, related_name="+")
    region_code = models.CharField("区划代码", max_length=12)

    class Meta:
        verbose_name = "机构所在"
        verbose_name_plural = "机构所在"
        constraints = [models.UniqueConstraint(name="seat_unique", fields=["organization", "region_code"])]
        indexes = [models.Index(name="seat_in_region", fields=["region_code"])]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.region_code}"


class UnsettledRegion(models.Model):
    """“What lies under this region has changed in this month since it was added up”: one row a change.

    `names` are those of the milestones that changed; null where any may have.
    """

    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("案件种类", max_length=32)
    month = models.DateField("月份")
    names = ArrayField(models.TextField(), verbose_name="指标事件", null=True)
    marked_at = models.DateTimeField("标记时间", db_default=Now())

    class Meta:
        verbose_name = "待汇总"
        verbose_name_plural = "待汇总"

    def __str__(self) -> str:
        return f"{self.region_id} {self.kind} {self.month:%Y-%m}"

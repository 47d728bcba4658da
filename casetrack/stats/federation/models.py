"""The nodes that a database reads, and their cells as if they lay here."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from casetrack.organizations.divisions import ancestors_of
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.querysets import within
from casetrack.stats.shapes import BlockShape, DurationsShape


class NodeQuerySet(models.QuerySet["Node"]):
    """Questions about nodes."""

    def touching(self, code: str) -> Self:
        """Those whose region lies in a region, is it, or holds it."""
        return self.filter(within("region", code) | Q(region__in=ancestors_of(code)))


class Node(models.Model):
    """A region whose cases lie in a database of their own, with everything below it."""

    region = models.OneToOneField(
        Region, verbose_name="地区", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    added_at = models.DateTimeField("加入时间")

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = "节点"
        verbose_name_plural = "节点"

    def __str__(self) -> str:
        return self.region_id


class NodeBlock(BlockShape):
    """`CellBlock` of nodes: those of regions, partitioned by the node that holds them."""

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.DO_NOTHING, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "节点的统计单元块"
        verbose_name_plural = "节点的统计单元块"
        managed = False


class NodeDurations(DurationsShape):
    """`Durations` of nodes, those of regions."""

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.DO_NOTHING, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "节点的办理天数"
        verbose_name_plural = "节点的办理天数"
        managed = False


class NodeStanding(models.Model):
    """Of a node and a kind of case: under which breakdowns its cells are kept, and since when what waits is waiting.

    `waiting_from` is the first month of which something waits to be counted there; null where nothing does.
    """

    region_code = models.CharField("区划代码", max_length=12)
    kind = models.CharField("案件种类", max_length=32, primary_key=True)
    breakdowns = ArrayField(models.TextField(), verbose_name="分组")
    waiting_from = models.DateField("待汇总的最早月份", null=True)

    class Meta:
        verbose_name = "节点的状况"
        verbose_name_plural = "节点的状况"
        managed = False

    def __str__(self) -> str:
        return f"{self.region_code} {self.kind}"

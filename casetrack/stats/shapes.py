"""What is kept of a place, whether it was counted here or is read from a node."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class OfMonth(models.Model):
    """What is kept of a place, a kind of case and a month; of cases that are for few to know, by itself."""

    region_code = models.CharField("区划代码", max_length=12)
    kind = models.CharField("案件种类", max_length=32)
    month = models.DateField("发生月份")
    restricted = models.BooleanField("限制知悉", default=False)

    class Meta:
        abstract = True


class BlockShape(OfMonth):
    """The cells of one place, kind of case, month and breakdown, side by side: the n-th of each list is one cell."""

    breakdown = models.CharField("分组", max_length=100)
    dims = ArrayField(models.TextField(), verbose_name="维度名", default=list)
    names = ArrayField(models.TextField(), verbose_name="指标事件")
    received_months = ArrayField(models.DateField(), verbose_name="收到月份")
    keys = ArrayField(models.TextField(), verbose_name="维度值")
    cases = ArrayField(models.IntegerField(), verbose_name="件数")
    persons = ArrayField(models.BigIntegerField(), verbose_name="人数")
    cents = ArrayField(models.BigIntegerField(), verbose_name="金额（分）")
    in_time = ArrayField(models.IntegerField(), verbose_name="按期件数")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.region_code} {self.kind} {self.month:%Y-%m} [{self.breakdown}]"


class DurationsShape(OfMonth):
    """How many cases took how many days from receipt to a milestone: the n-th number those that took the n-th days."""

    name = models.CharField("指标事件", max_length=40)
    days = ArrayField(models.IntegerField(), verbose_name="天数")
    cases = ArrayField(models.IntegerField(), verbose_name="件数")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.region_code} {self.kind}.{self.name} {self.month:%Y-%m}"

"""Anchors: what a day's digest of the whole record was, so that a past rewritten later is found. Only ever added."""

from django.db import models


class AnchorBlock(models.Model):
    """Some rows that follow one another in an append-only table, and their digest on top of that of the rows before.

    `leaves` is the same in short, a line a row, packed: by it what was changed is named, and not only known of.
    `total` and `cases` count all rows, and all cases begun, up to and with this block.
    """

    class Source(models.TextChoices):
        EVENT = "event", "案件事件"
        AUDIT = "audit", "审计记录"

    source = models.CharField("来源", max_length=8, choices=Source.choices)
    first = models.BigIntegerField("第一行的编号")
    last = models.BigIntegerField("最后一行的编号")
    number = models.PositiveIntegerField("行数")
    total = models.BigIntegerField("累计行数")
    cases = models.BigIntegerField("累计案件数")
    previous = models.CharField("前一分块的摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    leaves = models.BinaryField("各行的简要")

    class Meta:
        verbose_name = "锚定分块"
        verbose_name_plural = "锚定分块"
        constraints = [models.UniqueConstraint(name="anchor_block_unique", fields=["source", "last"])]

    def __str__(self) -> str:
        return f"{self.get_source_display()}至第{self.last}号"


class Anchor(models.Model):
    """One digest over the record as a day left it, and over the anchor before.

    `heads` says of each source the last row of its last block, how many rows there were by then, and that block's
    digest. Compared with what was printed in an edition, or kept elsewhere, an anchor tells whether the past is the
    same.
    """

    day = models.DateField("日期", unique=True)
    made_at = models.DateTimeField("锚定时间")
    events = models.BigIntegerField("事件数")
    cases = models.BigIntegerField("案件数")
    heads = models.JSONField("各来源的最后分块")
    previous = models.CharField("前一锚定的摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    public_key = models.CharField("签署的公钥", max_length=64, blank=True)
    signature = models.CharField("签名", max_length=128, blank=True)

    class Meta:
        verbose_name = "锚定"
        verbose_name_plural = "锚定"

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"

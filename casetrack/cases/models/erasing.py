"""Erasures of personal data: asked for by one, carried out by another; and what was left of the events they touched."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from casetrack.accounts.models import User
from casetrack.cases.models.record import Case, CaseEvent, Party


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Questions about erasures."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the cases that the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def waiting(self) -> Self:
        return self.filter(state=Erasure.State.ASKED)

    def done(self) -> Self:
        return self.filter(state=Erasure.State.DONE)


class Erasure(models.Model):
    """That the personal data of a case, or of one party, are to go, or went: who asked why, and who carried it out."""

    class Ground(models.TextChoices):
        RETENTION = "retention", "保管期限届满，处理目的已实现"
        WRONG_PERSON = "wrong_person", "误录了与本案无关的人"
        UNLAWFUL = "unlawful", "违反法律、行政法规处理的个人信息"
        ORDERED = "ordered", "法律、行政法规规定或者有权机关决定删除"

    class State(models.TextChoices):
        ASKED = "asked", "待另一人核准"
        DONE = "done", "已删除"
        WITHDRAWN = "withdrawn", "已撤回"
        DECLINED = "declined", "未予核准"

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="erasures")
    party = models.ForeignKey(  # the wish outlives the row: a case that was never registered loses its parties
        Party,
        verbose_name="当事人",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        db_index=False,
    )
    ground = models.CharField("法定事由", max_length=16, choices=Ground.choices)
    reason = models.CharField("说明", max_length=500)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        User, verbose_name="提出人", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField("提出时间")
    ended_by = models.ForeignKey(
        User, verbose_name="核准人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField("办结时间", null=True)
    counts = models.JSONField("删除的项数", default=dict)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = "依法删除"
        verbose_name_plural = "依法删除"
        constraints = [
            models.UniqueConstraint(
                name="erasure_asked_once", fields=["case", "party"], condition=Q(state="asked"), nulls_distinct=False
            ),
            models.CheckConstraint(
                name="erasure_done_by_another", condition=~Q(state="done") | ~Q(ended_by=models.F("asked_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} {self.get_state_display()}"


class ErasedEvent(models.Model):
    """An event whose words were erased: it keeps its place and its digest, and `left` is the digest of what is left."""

    event = models.OneToOneField(CaseEvent, verbose_name="事件", on_delete=models.PROTECT, related_name="erased")
    erasure = models.ForeignKey(Erasure, verbose_name="依法删除", on_delete=models.PROTECT, related_name="events")
    left = models.CharField("余下内容的摘要", max_length=64)

    class Meta:
        verbose_name = "已删除文字的事件"
        verbose_name_plural = "已删除文字的事件"

    def __str__(self) -> str:
        return f"{self.event_id} {self.left[:12]}"

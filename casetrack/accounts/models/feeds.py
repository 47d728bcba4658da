"""Addresses that a calendar reads by itself: whoever has one sees the deadlines of its user, and nothing else."""

from typing import Self

from django.db import models
from django.db.models import Q

from casetrack.accounts.models.users import User, digest_of


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Questions about calendar addresses."""

    def standing(self) -> Self:
        return self.filter(revoked_at=None, user__is_active=True)

    def find(self, secret: str) -> "CalendarFeed | None":
        return self.standing().filter(digest=digest_of(secret)).select_related("user").first()


class CalendarFeed(models.Model):
    """The secret part of such an address, of which only the digest is kept. No program's log-in: it opens no API."""

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField("摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"
        constraints = [
            models.UniqueConstraint(name="calendar_feed_one_standing", fields=["user"], condition=Q(revoked_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"

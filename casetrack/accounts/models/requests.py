"""Requests already answered under a key, so that a client may repeat one without doing it twice."""

from datetime import datetime
from typing import Self

from django.db import models

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models.users import User


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    """Questions about answered requests."""

    def older_than(self, moment: datetime) -> Self:
        """Those that may be forgotten."""
        return self.filter(created_at__lt=moment)


class IdempotencyKey(models.Model):
    """A request that was answered under a key, with its answer. Committed together with what the request did.

    The answer is sealed: it repeats personal facts of the case.
    """

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField("幂等键", max_length=255)
    digest = models.CharField("请求摘要", max_length=64)
    status = models.PositiveSmallIntegerField("响应状态", default=0)
    headers = models.JSONField("响应头", default=dict)
    body = EncryptedTextField("响应内容", blank=True, default="")
    created_at = models.DateTimeField("时间", db_index=True)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "幂等键"
        verbose_name_plural = "幂等键"
        db_table = "api_idempotencykey"  # it once stood with the API, where the workers that forget it can't reach
        constraints = [models.UniqueConstraint(name="idempotency_key_unique", fields=["user", "key"])]

    def __str__(self) -> str:
        return self.key

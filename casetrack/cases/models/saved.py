"""Lists that somebody asks for again and again, kept under a name."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User


class SavedListQuerySet(models.QuerySet["SavedList"]):
    """Questions about saved lists."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Nobody's but one's own."""
        return self.filter(owner=user) if isinstance(user, User) else self.none()


class SavedList(models.Model):
    """The filters of a list of cases as its address says them. Sealed: one may hold the telephone of a party."""

    owner = models.ForeignKey(User, verbose_name="所有人", on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField("名称", max_length=40)
    query = EncryptedTextField("条件")
    saved_at = models.DateTimeField("保存时间")

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = "常用筛选"
        verbose_name_plural = "常用筛选"
        constraints = [models.UniqueConstraint(name="saved_list_named_once", fields=["owner", "name"])]

    def __str__(self) -> str:
        return self.name

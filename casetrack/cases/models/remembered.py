"""How a region's sheets of certain headings are to be read, as somebody who sent one once said."""

import json
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.organizations.scope import nothing, whole_regions_to_write


class RememberedMappingQuerySet(models.QuerySet["RememberedMapping"]):
    """Questions about remembered mappings."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of regions of which the user may write the whole: they are read by there."""
        if not isinstance(user, User):
            return self.none()
        there = nothing()
        for first, beyond in whole_regions_to_write(user):
            there |= Q(region_code__gte=first, region_code__lt=beyond)
        return self.filter(there)


class RememberedMapping(models.Model):
    """The mapping of sheets with these headings, the last one that was chosen. Sealed: it holds what a file said."""

    region_code = models.CharField("区划代码", max_length=12)
    headings = models.CharField("表头的摘要", max_length=64)
    said = EncryptedTextField("对照")
    sheet = models.CharField("来自", max_length=300)
    chosen_by = models.ForeignKey(
        User, verbose_name="选定人", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    chosen_at = models.DateTimeField("选定时间")

    objects = RememberedMappingQuerySet.as_manager()

    class Meta:
        verbose_name = "记住的对照"
        verbose_name_plural = "记住的对照"
        constraints = [
            models.UniqueConstraint(name="mapping_remembered_once", fields=["region_code", "headings"]),
        ]

    def __str__(self) -> str:
        return self.sheet

    @property
    def mapping(self) -> dict[str, Any]:
        """What was said, as programs say it."""
        mapping: dict[str, Any] = json.loads(self.said)
        return mapping

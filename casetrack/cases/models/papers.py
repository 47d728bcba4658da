"""The numbers that printed papers were given, and the templates of their own that offices use for them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.cases.models.attachments import KeptFile
from casetrack.cases.models.record import Case, Party
from casetrack.organizations.divisions import ancestors_of
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope


class PaperSeries(models.Model):
    """The last number that an office gave to a paper in a year; locked while the next is given, so without gaps."""

    organization = models.ForeignKey(Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    paper = models.CharField("文书", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = "文书编号"
        verbose_name_plural = "文书编号"
        constraints = [
            models.UniqueConstraint(name="paper_series_unique", fields=["organization", "paper", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.year} {self.last}"


class PaperIssued(models.Model):
    """That a paper of a case was printed, under which number: printed again, it bears the same.

    A slip of service is one paper for each that was served, `served`, and each who was served, `party`.
    """

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="papers")
    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    paper = models.CharField("文书", max_length=40)
    served = models.CharField("送达的文书", max_length=40, blank=True, default="")
    party = models.ForeignKey(
        Party, verbose_name="受送达人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号")
    issued_by = models.ForeignKey(
        User, verbose_name="制作人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    issued_at = models.DateTimeField("制作时间")

    class Meta:
        verbose_name = "已制作的文书"
        verbose_name_plural = "已制作的文书"
        constraints = [
            models.UniqueConstraint(
                name="paper_once_for_each_service",
                fields=["case", "paper", "served", "party"],
                nulls_distinct=False,
            ),
            models.UniqueConstraint(name="paper_number_unique", fields=["organization", "paper", "year", "number"]),
            models.CheckConstraint(name="paper_numbered_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.year} {self.number}"


class PaperTemplateQuerySet(models.QuerySet["PaperTemplate"]):
    """Questions about templates."""

    def in_scope(self, scope: Scope) -> Self:
        """Those of the places within a scope, with all below them."""
        of_regions = scope.on(region_field="region", organization_field=None, kind_field=None)
        of_offices = scope.on(region_field="organization__region", organization_field="organization", kind_field=None)
        return self.filter(of_regions | of_offices)

    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def for_paper(self, paper: str, since: date) -> Self:
        return self.filter(paper=paper, since=since)

    def reaching(self, office: Organization) -> Self:
        """Those that an office may use: its own, its committee's, and those of the regions that it lies in."""
        offices = [office.pk, *([office.parent_id] if office.parent_id else [])]
        return self.filter(
            Q(organization__in=offices) | Q(region__in=[office.region_id, *ancestors_of(office.region_id)])
        )


class PaperTemplate(models.Model):
    """A Word file that an office, or all offices of a region, use for a paper; one that was replaced stays on record.

    `since` tells the version of the paper: the day from which the law that it follows is in force.
    """

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, null=True, related_name="+"
    )
    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.CharField("文书", max_length=40)
    since = models.DateField("适用法律的施行日")
    file = models.ForeignKey(KeptFile, verbose_name="文件", on_delete=models.PROTECT, related_name="templates")
    name = EncryptedTextField("文件名")
    size = models.PositiveIntegerField("大小（字节）")
    uploaded_by = models.ForeignKey(
        User, verbose_name="上传人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    uploaded_at = models.DateTimeField("上传时间")
    removed_by = models.ForeignKey(
        User, verbose_name="停用人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField("停用时间", null=True)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "文书模板"
        verbose_name_plural = "文书模板"
        constraints = [
            models.UniqueConstraint(
                name="paper_template_one_stands",
                fields=["organization", "region", "paper", "since"],
                nulls_distinct=False,
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(
                name="paper_template_of_one_place",
                condition=Q(organization=None, region__isnull=False) | Q(organization__isnull=False, region=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.pk}"

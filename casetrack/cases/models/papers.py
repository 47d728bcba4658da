"""The numbers that printed papers were given."""

from django.db import models
from django.db.models import Q

from casetrack.accounts.models import User
from casetrack.cases.models.record import Case, Party
from casetrack.organizations.models import Organization


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

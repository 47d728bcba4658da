"""Regions, the organizations in them, their people and trainings, and who may see which branch."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.lib.grams import Grams
from casetrack.organizations import divisions
from casetrack.organizations.choices import CommitteeKind as CommitteeKind
from casetrack.organizations.choices import OrganizationKind as OrganizationKind
from casetrack.organizations.choices import Role as Role
from casetrack.organizations.choices import Sex as Sex
from casetrack.organizations.divisions import Level as Level
from casetrack.organizations.querysets import (
    FormerRegionQuerySet,
    MediatorQuerySet,
    OrganizationQuerySet,
    RegionQuerySet,
    TrainingQuerySet,
)
from casetrack.organizations.reported.models import ReportedFigure as ReportedFigure
from casetrack.organizations.reported.models import ReportedVersion as ReportedVersion

CODE = r"^[0-9]{12}$"


class Region(models.Model):
    """A division of the country, by its code."""

    code = models.CharField("区划代码", max_length=divisions.DIGITS, primary_key=True)
    name = models.CharField("名称", max_length=100)
    named = models.BooleanField("名称已知", default=True, help_text="否：尚无名册给出名称，暂以代码代替")
    level = models.CharField("级别", max_length=16, choices=Level.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "行政区划"
        verbose_name_plural = "行政区划"
        constraints = [
            models.CheckConstraint(name="region_code_is_twelve_digits", condition=Q(code__regex=CODE)),
            models.CheckConstraint(
                name="region_only_nation_has_no_parent",
                condition=Q(level=Level.NATION, parent=None) | (~Q(level=Level.NATION) & Q(parent__isnull=False)),
            ),
        ]
        indexes = [GinIndex(Grams("name"), name="region_grams", fastupdate=False)]

    def __str__(self) -> str:
        return self.name


class Organization(models.Model):
    """An office or committee that takes cases. Its name is unique in its county's register, not in the country."""

    region = models.ForeignKey(Region, verbose_name="所在区划", on_delete=models.PROTECT, related_name="organizations")
    county = models.ForeignKey(
        Region,
        verbose_name="登记地区",
        on_delete=models.PROTECT,
        related_name="registered_organizations",
        help_text="名册所属的地区，机构名称在其中唯一",
    )
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("机构类型", max_length=32, choices=OrganizationKind.choices)
    committee_kind = models.CharField("调委会类型", max_length=16, choices=CommitteeKind.choices, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="上级机构", on_delete=models.PROTECT, null=True, blank=True, related_name="rooms"
    )
    active_from = models.DateField("成立日期", null=True, blank=True)
    active_to = models.DateField("撤销日期", null=True, blank=True, help_text="自该日起不再存续")
    settled_on = models.DateField("迁入现区划的日期", null=True, blank=True, editable=False, help_text="空：从未迁移")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        constraints = [
            models.UniqueConstraint(name="organization_name_unique_in_county", fields=["county", "name"]),
            models.CheckConstraint(
                name="organization_committee_kind_iff_committee",
                condition=Q(kind=OrganizationKind.MEDIATION_COMMITTEE, committee_kind__in=CommitteeKind.values)
                | (~Q(kind=OrganizationKind.MEDIATION_COMMITTEE) & Q(committee_kind="")),
            ),
            models.CheckConstraint(
                name="organization_ends_after_it_begins",
                condition=Q(active_to=None) | Q(active_from=None) | Q(active_to__gt=F("active_from")),
            ),
        ]
        indexes = [GinIndex(Grams("name"), name="organization_grams", fastupdate=False)]

    def __str__(self) -> str:
        return self.name


class FormerRegion(models.Model):
    """Where an organization lay before it moved: from `since` (empty: from the first) up to, not including, `until`.

    Each is added by the move that ended it, and a trigger refuses any change. Its `mark` is a key given in the order of
    events, so that what was published knows which moves it knew of.
    """

    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="former_regions", db_index=False
    )
    region = models.ForeignKey(Region, verbose_name="曾在区划", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("自该日起", null=True, help_text="空：自始")
    until = models.DateField("至该日止", help_text="自该日起已迁出")
    mark = models.BigIntegerField("在各项记录中的次序")
    entered_by = models.ForeignKey(
        User, verbose_name="登记人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField("登记时间")

    objects = FormerRegionQuerySet.as_manager()

    class Meta:
        verbose_name = "机构曾在的区划"
        verbose_name_plural = "机构曾在的区划"
        ordering = ("until",)
        constraints = [
            models.UniqueConstraint(name="former_region_unique", fields=["organization", "until"]),
            models.CheckConstraint(name="former_region_in_order", condition=Q(since=None) | Q(until__gt=F("since"))),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} – {self.until}"


class Mediator(models.Model):
    """A people's mediator. Registers mask names, so the telephone tells two 许某 of one committee apart."""

    organization = models.ForeignKey(
        Organization, verbose_name="所属调解组织", on_delete=models.PROTECT, related_name="mediators"
    )
    name = models.CharField("姓名", max_length=64)
    sex = models.CharField("性别", max_length=8, choices=Sex.choices, blank=True)
    full_time = models.BooleanField("专职", default=False)
    education = models.CharField("文化程度", max_length=32, blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_index = models.CharField("联系电话索引", max_length=64, blank=True, editable=False)
    active_from = models.DateField("聘任日期", null=True, blank=True)
    active_to = models.DateField("解聘日期", null=True, blank=True, help_text="自该日起不再任职")

    objects = MediatorQuerySet.as_manager()

    class Meta:
        verbose_name = "人民调解员"
        verbose_name_plural = "人民调解员"
        constraints = [
            models.UniqueConstraint(
                name="mediator_unique_by_phone",
                fields=["organization", "name", "phone_index"],
                condition=~Q(phone_index=""),
            ),
            models.CheckConstraint(
                name="mediator_ends_after_beginning",
                condition=Q(active_to=None) | Q(active_from=None) | Q(active_to__gt=F("active_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Training(models.Model):
    """A course held for the mediators of a region."""

    region = models.ForeignKey(Region, verbose_name="地区", on_delete=models.PROTECT, related_name="trainings")
    held_on = models.DateField("培训日期")
    name = models.CharField("培训名称", max_length=200)
    attendance = models.PositiveIntegerField("参加人次")
    organizer = models.CharField("举办单位", max_length=200, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "培训"
        verbose_name_plural = "培训"
        constraints = [models.UniqueConstraint(name="training_unique", fields=["region", "held_on", "name"])]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a user may see and does there: a region with all below it, or one organization with its rooms."""

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    region = models.ForeignKey(
        Region, verbose_name="地区", on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="机构", on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    kinds = ArrayField(
        models.CharField(max_length=32), verbose_name="案件类型", default=list, blank=True, help_text="空：全部类型"
    )
    cleared = models.BooleanField("可知悉限制知悉的案件", default=False, help_text="检举控告类信访")

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        constraints = [
            models.CheckConstraint(
                name="membership_of_region_or_organization",
                condition=Q(region__isnull=True, organization__isnull=False)
                | Q(region__isnull=False, organization__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"

"""Regions, the organizations in them, their people and trainings, and who may see which branch."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.organizations import divisions
from casetrack.organizations.divisions import Level as Level
from casetrack.organizations.scope import scope_of

CODE = r"^[0-9]{12}$"


class OrganizationKind(models.TextChoices):
    """What an organization is for."""

    MEDIATION_COMMITTEE = "mediation_committee", "人民调解委员会"
    MEDIATION_ROOM = "mediation_room", "派驻调解室、个人调解工作室"
    PETITION_OFFICE = "petition_office", "信访局"
    RECONSIDERATION_OFFICE = "reconsideration_office", "行政复议机构"
    LITIGATION_OFFICE = "litigation_office", "行政应诉机构"
    LEGAL_AID_CENTRE = "legal_aid_centre", "法律援助中心"
    JUSTICE_BUREAU = "justice_bureau", "司法局"
    RESPONSIBLE_BODY = "responsible_body", "责任单位"


class CommitteeKind(models.TextChoices):
    """The kinds of mediation committee that the official form counts apart."""

    TOWNSHIP = "township", "乡镇街道"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    ENTERPRISE = "enterprise", "企事业单位"
    SOCIAL = "social", "社会团体和其他组织"
    PROFESSIONAL = "professional", "行业性专业性"
    COUNTY_CENTRE = "county_centre", "县级调解中心"


class Sex(models.TextChoices):
    """As registers write it."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Role(models.TextChoices):
    """What a member does; what each role may do is decided at the door."""

    CLERK = "clerk", "经办人"
    HANDLER = "handler", "承办人"
    SUPERVISOR = "supervisor", "主管"
    STATISTICIAN = "statistician", "统计员"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"


def active_on(day: date, prefix: str = "") -> Q:
    """Begun by the day and not ended on it: the end is the first day no longer active."""
    begun = Q(**{f"{prefix}active_from": None}) | Q(**{f"{prefix}active_from__lte": day})
    return begun & (Q(**{f"{prefix}active_to": None}) | Q(**{f"{prefix}active_to__gt": day}))


def within(field: str, code: str) -> Q:
    """The subtree of a region, as a range that an index answers."""
    first, beyond = divisions.code_range(code)
    return Q(**{f"{field}__gte": first, f"{field}__lt": beyond})


class RegionQuerySet(models.QuerySet["Region"]):
    """Questions about regions."""

    def under(self, code: str) -> Self:
        return self.filter(within("code", code))

    def at(self, level: Level) -> Self:
        return self.filter(level=level)

    def ancestors_of(self, code: str) -> Self:
        return self.filter(code__in=divisions.ancestors_of(code))


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

    def __str__(self) -> str:
        return self.name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Questions about organizations."""

    def under(self, code: str) -> Self:
        return self.filter(within("region", code))

    def active_on(self, day: date) -> Self:
        return self.filter(active_on(day))

    def named(self, name: str, within: str) -> Self:
        """Those of a name whose register lies within a region."""
        first, beyond = divisions.code_range(within)
        return self.filter(name=name, county__gte=first, county__lt=beyond)

    def committees_on(self, day: date) -> Self:
        return self.active_on(day).filter(kind=OrganizationKind.MEDIATION_COMMITTEE)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(scope_of(user).on(region_field="region", organization_field="pk", kind_field=None))


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

    def __str__(self) -> str:
        return self.name


class MediatorQuerySet(models.QuerySet["Mediator"]):
    """Questions about mediators."""

    def under(self, code: str) -> Self:
        return self.filter(within("organization__region", code))

    def serving_on(self, day: date) -> Self:
        """Nobody serves in a committee that is not there."""
        return self.filter(active_on(day) & active_on(day, "organization__"))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        scope = scope_of(user)
        return self.filter(scope.on(region_field="organization__region", kind_field=None))


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


class TrainingQuerySet(models.QuerySet["Training"]):
    """Questions about trainings."""

    def under(self, code: str) -> Self:
        return self.filter(within("region", code))

    def held_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(held_on__range=(first, last))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(scope_of(user).on(region_field="region", organization_field=None, kind_field=None))


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

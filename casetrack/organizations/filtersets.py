"""What lists of regions, organizations and people can be narrowed by, in the API and on the pages alike."""

from datetime import date, timedelta
from typing import Any

from django_filters import filters

from casetrack.accounts.models import Action, AuditEntry
from casetrack.accounts.models.audit import AuditEntryQuerySet
from casetrack.organizations.choices import CommitteeKind, OrganizationKind
from casetrack.organizations.divisions import Level
from casetrack.organizations.filters import (
    UNDER,
    DayFilter,
    FilterSet,
    IdFilter,
    OrderFilter,
    RegionCodeFilter,
    YesNoFilter,
    midnight,
)
from casetrack.organizations.models import Mediator, Organization, Region, Training
from casetrack.organizations.querysets import (
    MediatorQuerySet,
    OrganizationQuerySet,
    RegionQuerySet,
    TrainingQuerySet,
    within,
)


class RegionFilterSet(FilterSet):
    """Regions by their place in the tree, by name, or by the first digits of their code."""

    search = filters.CharFilter(label="名称中的字，或代码的前几位", max_length=100, method="search_name_or_code")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    level = filters.ChoiceFilter(label="级别", choices=Level.choices)
    ordering = OrderFilter("code")

    class Meta:
        model = Region
        fields: list[str] = []

    def search_name_or_code(self, regions: RegionQuerySet, name: str, text: str) -> RegionQuerySet:
        return regions.matching(text)

    def narrow_to_branch(self, regions: RegionQuerySet, name: str, code: str) -> RegionQuerySet:
        return regions.under(code)


class OrganizationFilterSet(FilterSet):
    """Organizations by place, kind, and whether they are there on a day."""

    search = filters.CharFilter(label="名称中的字", max_length=100, method="search_name")
    kind = filters.ChoiceFilter(label="机构类型", choices=OrganizationKind.choices)
    committee_kind = filters.ChoiceFilter(label="调委会类型", choices=CommitteeKind.choices)
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    active_on = DayFilter(label="在该日存续", method="narrow_to_active")
    ordering = OrderFilter("id", region="region_id")

    class Meta:
        model = Organization
        fields: list[str] = []

    def search_name(self, organizations: OrganizationQuerySet, name: str, text: str) -> OrganizationQuerySet:
        return organizations.matching(text)

    def narrow_to_branch(self, organizations: OrganizationQuerySet, name: str, code: str) -> OrganizationQuerySet:
        return organizations.under(code)

    def narrow_to_active(self, organizations: OrganizationQuerySet, name: str, day: date) -> OrganizationQuerySet:
        return organizations.active_on(day)


class MediatorFilterSet(FilterSet):
    """Mediators by committee and place."""

    search = filters.CharFilter(label="姓名中的字", field_name="name", lookup_expr="contains", max_length=64)
    organization = IdFilter(label="所属调解组织编号", field_name="organization_id")
    full_time = YesNoFilter(label="专职")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    serving_on = DayFilter(label="在该日任职", method="narrow_to_serving")
    ordering = OrderFilter("id", organization="organization_id")

    class Meta:
        model = Mediator
        fields: list[str] = []

    def narrow_to_branch(self, mediators: MediatorQuerySet, name: str, code: str) -> MediatorQuerySet:
        return mediators.under(code)

    def narrow_to_serving(self, mediators: MediatorQuerySet, name: str, day: date) -> MediatorQuerySet:
        return mediators.serving_on(day)


class TrainingFilterSet(FilterSet):
    """Trainings by place and time."""

    search = filters.CharFilter(label="培训名称或举办单位中的字", max_length=100, method="search_name_or_organizer")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    held_from = DayFilter(label="培训日期不早于", field_name="held_on", lookup_expr="gte")
    held_to = DayFilter(label="培训日期不晚于", field_name="held_on", lookup_expr="lte")
    ordering = OrderFilter("held_on", "id")

    class Meta:
        model = Training
        fields: list[str] = []

    def search_name_or_organizer(self, trainings: TrainingQuerySet, name: str, text: str) -> TrainingQuerySet:
        return trainings.matching(text)

    def narrow_to_branch(self, trainings: TrainingQuerySet, name: str, code: str) -> TrainingQuerySet:
        return trainings.under(code)


class AuditFilterSet(FilterSet):
    """The audit log by what was done, by whom, when, and where."""

    case = IdFilter(label="案件编号", field_name="case_id")
    actor = IdFilter(label="操作人的用户编号", field_name="actor_id")
    action = filters.ChoiceFilter(label="操作", choices=Action.choices)
    from_ = DayFilter(label="不早于该日", method="narrow_to_later")
    to = DayFilter(label="不晚于该日", method="narrow_to_earlier")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """`from` is no name that Python lets anyone declare."""
        return {name.rstrip("_"): each for name, each in super().get_filters().items()}

    def narrow_to_later(self, entries: AuditEntryQuerySet, name: str, day: date) -> AuditEntryQuerySet:
        return entries.filter(at__gte=midnight(day))

    def narrow_to_earlier(self, entries: AuditEntryQuerySet, name: str, day: date) -> AuditEntryQuerySet:
        return entries if day == date.max else entries.filter(at__lt=midnight(day + timedelta(days=1)))

    def narrow_to_branch(self, entries: AuditEntryQuerySet, name: str, code: str) -> AuditEntryQuerySet:
        return entries.filter(within("region_code", code))

"""What the list of reported figures can be narrowed by."""

from typing import Any

from django_filters import filters

from casetrack.organizations.filters import (
    UNDER,
    DayFilter,
    FilterSet,
    IdFilter,
    RegionCodeFilter,
    YesNoFilter,
)
from casetrack.organizations.models import ReportedVersion
from casetrack.organizations.reported.catalog import DIMENSIONS, REPORTABLES
from casetrack.organizations.reported.querysets import ReportedVersionQuerySet

SUBJECTS = tuple(dict.fromkeys((each.subject, each.subject) for each in REPORTABLES))
NAMED = {each.measure: [one.label for one in REPORTABLES if one.measure == each.measure] for each in REPORTABLES}
MEASURES = tuple((measure, "、".join(labels)) for measure, labels in NAMED.items())
ORIGINS = tuple((choice.code, choice.label) for choice in DIMENSIONS["origin"])


class ReportedFilterSet(FilterSet):
    """Reported figures by what they are of, who reported them, and for which days."""

    subject = filters.ChoiceFilter(label="统计主题", field_name="figure__subject", choices=SUBJECTS)
    measure = filters.ChoiceFilter(label="指标", field_name="figure__measure", choices=MEASURES)
    origin = filters.ChoiceFilter(label="议案提案的来源", field_name="figure__dimensions__origin", choices=ORIGINS)
    organization = IdFilter(label="报送单位编号", field_name="figure__organization_id")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    whole_region = YesNoFilter(label="全地区汇总数", field_name="figure__whole_region")
    from_ = DayFilter(label="报送期不早于该日", field_name="figure__first", lookup_expr="gte")
    to = DayFilter(label="报送期不晚于该日", field_name="figure__last", lookup_expr="lte")
    withdrawn = YesNoFilter(label="已撤回", field_name="value", lookup_expr="isnull")

    class Meta:
        model = ReportedVersion
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """`from` is no name that Python lets anyone declare."""
        return {name.rstrip("_"): each for name, each in super().get_filters().items()}

    def narrow_to_branch(self, rows: ReportedVersionQuerySet, name: str, code: str) -> ReportedVersionQuerySet:
        return rows.under(code)

"""What every question about figures names: a place, the days, and the subjects that the caller may see there."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from api.errors import ParametersRefused
from api.filtering import refuse_unknown
from casetrack.kinds import KINDS
from casetrack.organizations.filters import LARGEST_ID, DayField, RegionCodeField
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Organized

NAMES = {"first": "from", "last": "to"}
EARLIEST, LATEST = date(1949, 10, 1), date(2200, 12, 31)


class PeriodForm(forms.Form):
    """A place and its days, by the names that the command has for them."""

    region = RegionCodeField(required=False)
    organization = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    first = DayField(error_messages={"required": "须填写统计期的开始日（from），写作2024-01-01"})
    last = DayField(error_messages={"required": "须填写统计期的结束日（to），写作2024-12-31"})
    as_of = DayField(required=False)
    known_on = DayField(required=False)
    organized = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in Organized])

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if not self.errors and not asked["region"] and asked["organization"] is None:
            self.add_error("region", "须填写区划代码（region）或机构编号（organization）")
        for name in ("first", "last", "as_of", "known_on"):
            if asked.get(name) and not EARLIEST <= asked[name] <= LATEST:
                self.add_error(name, f"日期应在{EARLIEST}和{LATEST}之间")
        return asked


def asked_of(request: Request, form: forms.Form, further: Iterable[str] = ()) -> dict[str, Any]:
    """What the form makes of the request; `further` are parameters that it may have beside the form's."""
    refuse_unknown(request, [*(form.add_prefix(name) for name in form.fields), *further])
    if not form.is_valid():
        raise ParametersRefused(
            {form.add_prefix(name): "；".join(map(str, said)) for name, said in form.errors.items()}
        )
    return form.cleaned_data


def subjects_open(scope: Scope, *, region: str, organization: int | None) -> list[str]:
    """The subjects whose figures of this place the caller may see. What is outside the scope is not there."""
    code = region
    if organization is not None:
        open_to = scope.on(region_field="region", organization_field="pk", kind_field=None)
        found = Organization.objects.filter(open_to, pk=organization).first()
        if found is None:
            raise Http404(organization)
        code = found.region_id
    found_open = [
        subject
        for subject in SUBJECTS
        if scope.allows(region_code=code, organization_id=organization, kind=subject if subject in KINDS else None)
    ]
    if not found_open:
        raise Http404(code)
    return found_open


def chosen(asked: Sequence[str], found_open: Sequence[str]) -> list[str]:
    if not set(asked) <= set(found_open):
        raise Http404
    return list(asked or found_open)


def chosen_known(asked: Sequence[str], found_open: Sequence[str]) -> list[str]:
    """What can be told as it was known once: of what the caller sees all but the registers, which keep no history."""
    found = chosen(asked, found_open) if asked else [code for code in found_open if SUBJECTS[code].keeps_history]
    if not found:
        raise Http404
    return found


def parameter(name: str, kind: Any, said: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=said, **more)


OF_A_PERIOD = [
    parameter("region", str, "区划代码：该区划及其所有下级；与 organization 至少填一项"),
    parameter("organization", int, "机构编号"),
    parameter("from", date, "统计期的开始日", required=True),
    parameter("to", date, "统计期的结束日", required=True),
    parameter("as_of", date, "截止日，默认为统计期的结束日"),
    parameter("known_on", date, "只按该日终了前已录入的记录统计；名册和培训不能这样查询"),
    parameter(
        "organized",
        str,
        "迁移过的机构，案件计入当时所在的地区（then，默认）或现在所在的地区（now）",
        enum=list(Organized),
    ),
]

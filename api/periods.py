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
from casetrack.organizations.scope import Scope
from casetrack.stats import access
from casetrack.stats.forms import names_in, refusals_of
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Organized


def asked_of(request: Request, form: forms.Form, further: Iterable[str] = ()) -> dict[str, Any]:
    """What the form makes of the request; `further` are parameters that it may have beside the form's."""
    refuse_unknown(request, [*names_in(form), *further])
    if not form.is_valid():
        raise ParametersRefused(refusals_of(form))
    return form.cleaned_data


def subjects_open(scope: Scope, *, region: str, organization: int | None) -> list[str]:
    """The subjects whose figures of this place the caller may see. What is outside the scope is not there."""
    found_open = access.subjects_open(scope, region=region, organization=organization)
    if not found_open:
        raise Http404(organization or region)
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

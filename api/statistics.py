"""/statistics/ and /indicators/: figures of a region or an organization, and what each of them means."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import ParametersRefused
from api.filtering import refuse_unknown
from api.permissions import user_of
from api.serializers import Plain
from casetrack.accounts.token_scopes import STATISTICS
from casetrack.kinds import KINDS
from casetrack.organizations.filtersets import LARGEST_ID, DayField, RegionCodeField
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Clearance, Scope, scope_of
from casetrack.stats.answering import statistics
from casetrack.stats.indicators import SUBJECTS

NAMES = {"first": "from", "last": "to"}
EARLIEST, LATEST = date(1949, 10, 1), date(2200, 12, 31)
MOST_BREAKDOWNS = 20
MOST_DIMENSIONS = 3


class BreakdownsField(forms.Field):
    """by=channel&by=channel,outcome: each a combination of dimensions."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[tuple[str, ...]]:
        asked = [tuple(filter(None, (name.strip() for name in text.split(",")))) for text in value or []]
        if len(asked) > MOST_BREAKDOWNS or any(len(names) > MOST_DIMENSIONS for names in asked):
            raise ValidationError(f"最多{MOST_BREAKDOWNS}种分组，每种最多{MOST_DIMENSIONS}个维度")
        return [names for names in asked if names]


class QuestionForm(forms.Form):
    """The parameters of the command, by the same names."""

    region = RegionCodeField(required=False)
    organization = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    first = DayField(error_messages={"required": "须填写统计期的开始日（from），写作2024-01-01"})
    last = DayField(error_messages={"required": "须填写统计期的结束日（to），写作2024-12-31"})
    as_of = DayField(required=False)
    subject = forms.MultipleChoiceField(
        required=False,
        choices=[(code, code) for code in SUBJECTS],
        error_messages={"invalid_choice": f"没有“%(value)s”这一统计主题，可用的有：{'、'.join(SUBJECTS)}"},
    )
    by = BreakdownsField(required=False)

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if not self.errors and not asked["region"] and asked["organization"] is None:
            self.add_error("region", "须填写区划代码（region）或机构编号（organization）")
        for name in ("first", "last", "as_of"):
            if asked.get(name) and not EARLIEST <= asked[name] <= LATEST:
                self.add_error(name, f"日期应在{EARLIEST}和{LATEST}之间")
        return asked


def question_of(request: Request) -> dict[str, Any]:
    form = QuestionForm(request.query_params)
    refuse_unknown(request, [form.add_prefix(name) for name in form.fields])
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


class FigureSerializer(Plain):
    """A figure."""

    subject = serializers.CharField(label="统计主题")
    measure = serializers.CharField(label="指标")
    label_ = serializers.CharField(label="指标名称")
    unit = serializers.CharField(label="单位")
    dimensions = serializers.DictField(child=serializers.CharField(), label="维度的取值；空：合计")
    value = serializers.FloatField(allow_null=True, label="数值；空：没有可计算的案件")
    numerator = serializers.IntegerField(allow_null=True, label="分子")
    denominator = serializers.IntegerField(allow_null=True, label="分母")


class StatisticsSerializer(Plain):
    """The answer, as the command prints it."""

    region = serializers.CharField(label="区划代码")
    region_name = serializers.CharField(label="地区名称")
    organization = serializers.IntegerField(required=False, label="机构编号")
    organization_name = serializers.CharField(required=False, label="机构名称")
    from_ = serializers.DateField(label="统计期的开始日")
    to = serializers.DateField(label="统计期的结束日")
    as_of = serializers.DateField(label="截止日")
    basis = serializers.CharField(label="依据：cells 月度汇总，events 逐案事件")
    restricted = serializers.ChoiceField(
        choices=[Clearance.NONE.value, Clearance.PARTLY.value],
        required=False,
        label="您无权知悉的检举控告件全部（left_out）或部分（partly_left_out）未计入；没有这一项：全部计入",
    )
    figures = FigureSerializer(many=True, label="数字")


class IndicatorSerializer(Plain):
    """What a figure means."""

    subject = serializers.CharField(label="统计主题")
    measure = serializers.CharField(label="指标")
    label_ = serializers.CharField(label="指标名称")
    unit = serializers.CharField(label="单位")
    definition = serializers.CharField(label="定义")
    version = serializers.CharField(label="定义的版本；空：只有一种通行的定义")
    is_rate = serializers.BooleanField(label="是比率，附分子和分母")


class IndicatorPageSerializer(Plain):
    """All indicators: one page."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = IndicatorSerializer(many=True)


def parameter(name: str, kind: Any, said: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=said, **more)


class StatisticsView(APIView):
    """统计数字，与命令行 statistics 一致。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="查询统计数字",
        responses=StatisticsSerializer,
        parameters=[
            parameter("region", str, "区划代码：该区划及其所有下级；与 organization 至少填一项"),
            parameter("organization", int, "机构编号"),
            parameter("from", date, "统计期的开始日", required=True),
            parameter("to", date, "统计期的结束日", required=True),
            parameter("as_of", date, "截止日，默认为统计期的结束日"),
            parameter("subject", str, "统计主题，可重复；默认全部", many=True, enum=list(SUBJECTS)),
            parameter("by", str, "分组的维度，以逗号组合，可重复，如 by=channel&by=channel,outcome", many=True),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = question_of(request)
        region, organization = asked["region"], asked["organization"]
        scope = scope_of(user_of(request))
        found_open = subjects_open(scope, region=region, organization=organization)
        answer = statistics(
            region=region,
            organization=organization,
            first=asked["first"],
            last=asked["last"],
            as_of=asked["as_of"],
            subjects=chosen(asked["subject"], found_open),
            by=asked["by"],
            scope=scope,
        )
        return Response(answer.as_dict())


class IndicatorsView(APIView):
    """指标的含义。"""

    @extend_schema(summary="列出指标", responses=IndicatorPageSerializer)
    def get(self, request: Request) -> Response:
        declared = [indicator for subject in SUBJECTS.values() for indicator in subject.indicators]
        shown = IndicatorSerializer(declared, many=True).data
        return Response({"next": None, "previous": None, "results": shown})

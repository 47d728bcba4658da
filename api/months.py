"""/months/: which organizations have confirmed a month; /months/reports/: what was done about it, and doing it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import ParametersRefused
from api.filtering import refuse_repeated, refuse_unknown
from api.idempotency import Answer, answer_once
from api.pagination import KeysetPagination
from api.periods import parameter
from api.permissions import CapabilityMissing, scope_able, user_of
from api.serializers import OfModel, Page, Plain
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import STATISTICS, WRITE
from casetrack.lib.months import parse_month
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.divisions import NATION
from casetrack.organizations.filters import LARGEST_ID, RegionCodeField
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import scope_of
from casetrack.stats.closing.models import MonthReport
from casetrack.stats.closing.overview import months_of
from casetrack.stats.closing.reporting import NOTHING, Act, confirm, remind, send_back, standing_at, who_report
from casetrack.stats.closing.rights import may_report

STATES = {NOTHING: "尚未确认", Act.CONFIRMED.value: "已确认", Act.RETURNED.value: "已退回"}
STATE_CHOICES = list(STATES.items())
LIGHT_CHOICES = [("green", "绿灯"), ("yellow", "黄灯"), ("red", "红灯")]
MONTH = "月份，写作2024-03，以该月的结束日所在的月份命名"
COUNTS = "各类案件的收到（received）、办结（closed）、未办结（pending）件数；只列有案件的种类"


class MonthField(forms.CharField):
    """2024-03."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_month(text) if text else None
        except ValueError as error:
            raise ValidationError(f"“{text}”不是月份，应写作2024-03") from error


class MonthsForm(forms.Form):
    """Which month, where, and whose standing."""

    month = MonthField(error_messages={"required": "须填写月份（month），写作2024-03"})
    region = RegionCodeField(required=False)
    state = forms.MultipleChoiceField(
        required=False,
        choices=STATE_CHOICES,
        error_messages={"invalid_choice": f"没有“%(value)s”这一状态，可用的有：{'、'.join(STATES)}"},
    )


class ReportsForm(forms.Form):
    """The reports of one organization, or of one month of it."""

    organization = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    month = forms.CharField(required=False)

    def clean_month(self) -> date | None:
        given = self.cleaned_data["month"]
        found: date | None = MonthField().clean(given) if given else None
        return found


def read(
    request: Request, form: forms.Form, *, repeatable: tuple[str, ...] = (), further: Sequence[str] = ()
) -> dict[str, Any]:
    """What the parameters mean; what can't be meant comes back by name. `further` may be there beside the form's."""
    refuse_unknown(request, [*form.fields, *further])
    refuse_repeated(request, repeatable)
    if not form.is_valid():
        raise ParametersRefused({name: "；".join(map(str, said)) for name, said in form.errors.items()})
    return form.cleaned_data


class MonthOfficeSerializer(Plain):
    """An organization."""

    id = serializers.IntegerField(label="编号")
    name = serializers.CharField(label="名称")
    region = serializers.CharField(source="region_id", label="区划代码")


class CountsField(serializers.DictField):
    """Numbers by kind of case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.DictField(child=serializers.IntegerField()), **kwargs)


class MonthSerializer(Plain):
    """How the month of an organization stands."""

    organization = MonthOfficeSerializer(label="机构")
    month = serializers.SerializerMethodField(label="月份")
    state = serializers.ChoiceField(choices=STATE_CHOICES, label="状态")
    light = serializers.ChoiceField(
        choices=LIGHT_CHOICES, label="灯：green 已确认；yellow 待确认，或确认后又有变动；red 已退回，或逾期未确认"
    )
    due_on = serializers.DateField(label="应确认的最后一天")
    counts = CountsField(label=f"现在的数：{COUNTS}")
    confirmed = CountsField(allow_null=True, label="确认的数；空：尚未确认")
    zero = serializers.BooleanField(label="零报告")
    changed = serializers.BooleanField(label="确认后又有变动")
    at = serializers.DateTimeField(allow_null=True, label="确认或退回的时间")
    by = serializers.CharField(allow_null=True, label="确认或退回的人")
    reason = serializers.CharField(label="退回的理由")
    reminders = serializers.IntegerField(label="催报次数")

    def get_month(self, row: Any) -> str:
        return f"{row.month:%Y-%m}"


class MonthPageSerializer(Page):
    """A page of organizations."""

    results = MonthSerializer(many=True)


class MonthReportSerializer(OfModel[MonthReport]):
    """Something done about an organization's month. The numbers confirmed are in /months/."""

    organization = serializers.IntegerField(source="organization_id", label="机构编号")
    month = serializers.SerializerMethodField(label="月份")
    by = serializers.CharField(source="actor", allow_null=True, label="操作人")

    class Meta:
        model = MonthReport
        fields = ("id", "organization", "month", "act", "zero", "reason", "at", "by")

    def get_month(self, report: MonthReport) -> str:
        return f"{report.month:%Y-%m}"


class MonthReportPageSerializer(Page):
    """A page of reports."""

    results = MonthReportSerializer(many=True)


class NewMonthReportSerializer(Plain):
    """What to do about an organization's month."""

    organization = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="机构编号")
    month = serializers.CharField(max_length=7, label=MONTH)
    act = serializers.ChoiceField(choices=Act.choices, label="confirmed 确认，returned 退回，reminded 催报")
    zero = serializers.BooleanField(default=False, label="零报告：没有收到和办结的案件")
    reason = serializers.CharField(max_length=500, allow_blank=True, default="", label="退回的理由，或催报的附言")

    def validate_organization(self, pk: int) -> Organization:
        organization = Organization.objects.visible_to(self.context["user"]).filter(pk=pk).first()
        if organization is None:
            raise serializers.ValidationError("没有这一机构，或不在您的管辖范围内")
        return organization

    def validate_month(self, text: str) -> date:
        try:
            return parse_month(text)
        except ValueError:
            raise serializers.ValidationError(f"“{text}”不是月份，应写作2024-03") from None


class MonthsView(APIView):
    """各机构某月的确认情况。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="查询各机构的月报",
        description="谁已确认，谁尚未确认。数字不含您无权知悉的检举控告件。",
        responses=MonthPageSerializer,
        parameters=[
            parameter("month", str, MONTH, required=True),
            parameter("region", str, "区划代码：该区划及其所有下级"),
            parameter("state", str, "状态，可重复", many=True, enum=list(STATES)),
            parameter("cursor", str, "上一次响应中 next 或 previous 所带的位置"),
            parameter("page_size", int, "每页条数，最多200"),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = read(request, MonthsForm(request.query_params), repeatable=("state",))
        user, month = user_of(request), asked["month"]
        offices = who_report(month, region=asked["region"] or NATION).filter(
            pk__in=Organization.objects.visible_to(user).values("pk")
        )
        if asked["state"]:
            offices = standing_at(offices, month, asked["state"])
        pages = KeysetPagination()
        page = pages.paginate_queryset(offices.order_by("pk"), request, self)
        rows = months_of(page, month, scope=scope_of(user), today=timezone.localdate())
        return pages.get_paginated_response(MonthSerializer(rows, many=True).data)


class MonthReportsView(APIView):
    """月报的确认、退回和催报，只增不改。"""

    token_scopes = {"GET": STATISTICS.name, "POST": WRITE.name}

    @extend_schema(
        summary="列出月报的确认、退回和催报",
        description="最近的在前。",
        responses=MonthReportPageSerializer,
        parameters=[
            parameter("organization", int, "机构编号"),
            parameter("month", str, MONTH),
            parameter("cursor", str, "上一次响应中 next 或 previous 所带的位置"),
            parameter("page_size", int, "每页条数，最多200"),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = read(request, ReportsForm(request.query_params))
        seen = Organization.objects.visible_to(user_of(request)).values("pk")
        reports = MonthReport.objects.filter(organization__in=seen).select_related("actor").order_by("-id")
        narrowed = {name: value for name, value in asked.items() if value is not None}
        pages = KeysetPagination()
        page = pages.paginate_queryset(reports.filter(**narrowed), request, self)
        return pages.get_paginated_response(MonthReportSerializer(page, many=True).data)

    @extend_schema(
        summary="确认、退回或催报一个机构的月报",
        description="机构的经办人、承办人、主管确认本机构的月份（没有案件的也须作零报告）；上级主管、管理员退回或催报。",
        request=NewMonthReportSerializer,
        responses={201: MonthReportSerializer},
    )
    def post(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        scope_able(user, Capability.WRITE_CASES)

        def reported() -> Answer:
            form = NewMonthReportSerializer(data=request.data, context={"user": user})
            form.is_valid(raise_exception=True)
            return Answer(MonthReportSerializer(done(form.validated_data, user)).data, 201)

        def done(asked: Mapping[str, Any], user: User) -> MonthReport:
            refuse_unless_theirs(user, asked["organization"], asked["act"])
            about: dict[str, Any] = {"organization_id": asked["organization"].pk, "month": asked["month"]}
            if asked["act"] == Act.CONFIRMED:
                return confirm(**about, zero=asked["zero"], actor=user, now=now)
            ask = send_back if asked["act"] == Act.RETURNED else remind
            return ask(**about, reason=asked["reason"], actor=user, now=now)

        return answer_once(request, now=now, act=reported)


def refuse_unless_theirs(user: User, office: Organization, act: str) -> None:
    """An office confirms its own month; the bureau above it asks for it and sends it back."""
    scope_able(user, Capability.WRITE_CASES if act == Act.CONFIRMED else Capability.CLOSE_MONTHS)
    if not may_report(scope_of(user), office, act):
        raise CapabilityMissing(f"您可以查看“{office.name}”的月报，但无权确认、退回或催报；请由该机构或其上级主管办理")

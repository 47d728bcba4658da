"""/kinds/: what each kind of case is, read from its declaration: fields, lifecycle, clocks, dimensions."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.serializers import Page, Plain
from casetrack.kinds import KINDS
from casetrack.kinds.base import FieldType, Kind, Step
from casetrack.kinds.retention import RETENTION
from casetrack.law.statutes import duty
from casetrack.law.terms import Duty


class ChoiceSerializer(Plain):
    """A value of a coded field."""

    code = serializers.CharField()
    label_ = serializers.CharField(label="名称")


class FieldSerializer(Plain):
    """A typed fact."""

    name = serializers.CharField(label="字段")
    label_ = serializers.CharField(label="名称")
    type = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in FieldType], label="类型（金额以分计）")
    choices = ChoiceSerializer(many=True, label="可选项")
    personal = serializers.BooleanField(label="涉及个人，不进入事件链")
    dimension = serializers.BooleanField(label="统计维度")
    most = serializers.IntegerField(allow_null=True, label="最大值")


class StateSerializer(Plain):
    """A state of the lifecycle."""

    code = serializers.CharField()
    label_ = serializers.CharField(label="名称")
    open = serializers.BooleanField(label="未办结")


class StepSerializer(Plain):
    """A step of the lifecycle."""

    name = serializers.CharField(label="步骤（事件的 type）")
    label_ = serializers.CharField(label="名称")
    sources = serializers.ListField(child=serializers.CharField(), label="可由哪些状态进行；空：立案")
    target = serializers.CharField(allow_null=True, label="进入的状态；空：状态不变")
    basis = serializers.CharField(label="依据")
    records = serializers.ListField(child=serializers.CharField(), label="可填写的字段")
    needs = serializers.ListField(child=serializers.CharField(), label="必须填写的字段")
    starts = serializers.SerializerMethodField(label="开始计算的期限")
    ends = serializers.ListField(child=serializers.CharField(), label="终结的期限")
    drops = serializers.ListField(child=serializers.CharField(), label="不再计算的期限")
    extends = serializers.SerializerMethodField(label="延长的期限")
    pauses = serializers.SerializerMethodField(label="中止的期限")
    resumes = serializers.ListField(child=serializers.CharField(), label="恢复计算的期限")

    def get_starts(self, step: Step) -> list[str]:
        return list(dict.fromkeys(start.duty for start in step.starts))

    def get_extends(self, step: Step) -> list[str]:
        return [name for name, _ in step.extends]

    def get_pauses(self, step: Step) -> list[str]:
        return list(dict.fromkeys(name for pause in step.pauses for name in pause.duties))


class DutySerializer(Plain):
    """A clock of the kind, and the rules that may govern it."""

    name = serializers.CharField(label="期限事项")
    label_ = serializers.CharField(label="名称")
    rules = serializers.SerializerMethodField(label="规则编号")

    def get_rules(self, found: Duty) -> list[str]:
        return [rule.id for rule in found.rules]


class RetentionSerializer(Plain):
    """How long the files of a closed case are kept, as declared; a place may have decided otherwise."""

    years = serializers.IntegerField(allow_null=True, label="自办结起的年数；空：永久")
    basis = serializers.CharField(source="source", label="依据")
    verified = serializers.BooleanField(label="已核实")


class KindSerializer(Plain):
    """A kind of case, whole."""

    code = serializers.CharField(label="案件种类")
    label_ = serializers.CharField(label="名称")
    statute = serializers.CharField(label="法律依据")
    opening = serializers.CharField(source="opening.name", label="立案的步骤")
    fields_ = FieldSerializer(many=True, label="字段")
    states = StateSerializer(many=True, label="状态")
    steps = StepSerializer(many=True, label="步骤")
    roles = ChoiceSerializer(many=True, label="当事人身份")
    dimensions = FieldSerializer(many=True, label="统计维度")
    breakdowns = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), label="统计所备的维度组合"
    )
    retention = serializers.SerializerMethodField(label="案卷保管期限")
    duties = serializers.SerializerMethodField(label="期限")

    @extend_schema_field(RetentionSerializer)
    def get_retention(self, kind: Kind) -> dict[str, Any]:
        return dict(RetentionSerializer(RETENTION[kind.code]).data)

    @extend_schema(responses=DutySerializer(many=True))
    def get_duties(self, kind: Kind) -> list[dict[str, Any]]:
        names = dict.fromkeys(start.duty for step in kind.steps for start in step.starts)
        return [dict(DutySerializer(duty(name)).data) for name in names]


@extend_schema_serializer(many=False)
class KindPageSerializer(Page):
    """All kinds: one page."""

    results = KindSerializer(many=True)


CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description="案件种类", enum=list(KINDS))


class KindViewSet(ViewSet):
    """案件种类：声明的字段、流程、期限和统计维度。"""

    lookup_field = "code"
    lookup_value_regex = "[a-z_]{1,32}"

    @extend_schema(summary="列出案件种类", responses=KindPageSerializer)
    def list(self, request: Request) -> Response:
        kinds = KindSerializer(list(KINDS.values()), many=True).data
        return Response({"next": None, "previous": None, "results": kinds})

    @extend_schema(summary="读取一个案件种类", parameters=[CODE], responses=KindSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        if code not in KINDS:
            raise Http404(code)
        return Response(KindSerializer(KINDS[code]).data)

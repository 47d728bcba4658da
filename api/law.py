"""/law/rules/ and /law/due-date/: the rules with their versions, and one due date with every counted day explained."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import ParametersRefused
from api.filtering import refuse_unknown
from api.serializers import Page, Plain
from casetrack.kinds.facts import EARLIEST_YEAR, LATEST_YEAR
from casetrack.law.arithmetic import Due, DueDateRefused
from casetrack.law.calendar import calendar_for
from casetrack.law.receipts import explain
from casetrack.law.statutes import DUTIES, RULES
from casetrack.law.terms import NoTermInForce, Rule
from casetrack.organizations.filters import DayField, RegionCodeField

LONGEST_EXTENSION = 3650


class ExtensionSerializer(Plain):
    """By how much a term may be lengthened, and who approves it."""

    most = serializers.IntegerField(allow_null=True, label="合计最多；空：没有规定上限")
    unit = serializers.CharField(label="单位")
    approver = serializers.CharField(label="批准人")
    notice = serializers.CharField(label="须告知什么")


class TermSerializer(Plain):
    """One version of a rule."""

    since = serializers.DateField(label="自何日起有效")
    until = serializers.DateField(allow_null=True, label="至何日前有效；空：现行")
    length = serializers.IntegerField(allow_null=True, label="期限长度；空：由他人指定")
    unit = serializers.CharField(label="单位")
    article = serializers.CharField(label="条文")
    quote = serializers.CharField(label="条文中的期限用语")
    first_day_counts = serializers.BooleanField(label="起算当日计入")
    extension = ExtensionSerializer(allow_null=True, label="延长；空：没有规定可以延长")
    roll = serializers.CharField(label="末日为休息日：rolls 顺延，stays 不顺延，silent 没有规定")
    verified = serializers.BooleanField(label="已对照官方文本核实")
    note = serializers.CharField(label="疑点或说明")


class RuleSerializer(Plain):
    """A rule with all its versions."""

    id = serializers.CharField(label="规则编号")
    label_ = serializers.CharField(label="名称")
    kind = serializers.CharField(label="所属领域")
    counted_from = serializers.CharField(label="起算的事实在案件中的名称")
    trigger = serializers.CharField(label="起算的事实")
    consequence = serializers.CharField(label="逾期的后果")
    jurisdiction = serializers.CharField(label="适用地区的区划代码前缀；空：全国")
    pauses = serializers.ListField(child=serializers.CharField(), label="不计入期限的事由")
    verified = serializers.BooleanField(label="已核实")
    gap = serializers.CharField(label="尚缺的规定")
    terms = TermSerializer(many=True, label="各时期的规定")


class RulePageSerializer(Page):
    """All rules: one page."""

    results = RuleSerializer(many=True)


class CountedLineSerializer(Plain):
    """One step of the way to the date."""

    code = serializers.CharField(label="种类")
    text = serializers.CharField(label="说明")
    start = serializers.DateField(allow_null=True, label="涉及的日期或首日")
    end = serializers.DateField(allow_null=True, label="末日")


class DueDateSerializer(Plain):
    """A due date and what it rests on."""

    rule = serializers.CharField(source="rule_id", label="规则编号")
    start = serializers.DateField(label="起算日")
    due_on = serializers.DateField(label="届满日")
    rolled_on = serializers.DateField(allow_null=True, label="顺延后的届满日")
    act_by = serializers.DateField(label="应办结日")
    article = serializers.CharField(label="条文")
    quote = serializers.CharField(label="条文中的期限用语")
    verified = serializers.BooleanField(label="依据已核实")
    provisional = serializers.BooleanField(label="暂定：放假安排尚未公布")
    receipt = CountedLineSerializer(many=True, label="逐日说明")


class RuleFilterForm(forms.Form):
    """What the list of rules can be narrowed by."""

    kind = forms.CharField(required=False, max_length=32)
    duty = forms.CharField(required=False, max_length=64)
    verified = forms.TypedChoiceField(
        required=False, choices=(("true", "是"), ("false", "否")), coerce="true".__eq__, empty_value=None
    )
    region = RegionCodeField(required=False)


class DueDateForm(forms.Form):
    """A rule or a duty, and the day its clock starts."""

    rule = forms.CharField(required=False, max_length=64)
    duty = forms.CharField(required=False, max_length=64)
    on = DayField(error_messages={"required": "须填写起算日（on），写作2024-03-01"})
    governed_on = DayField(required=False)
    region = RegionCodeField(required=False)
    extended_by = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_EXTENSION)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if bool(asked.get("rule")) == bool(asked.get("duty")):
            self.add_error("rule", "规则编号（rule）和职责（duty）须填写其一")
        for name in ("on", "governed_on"):
            if asked.get(name) and not EARLIEST_YEAR <= asked[name].year <= LATEST_YEAR:
                self.add_error(name, f"年份应在{EARLIEST_YEAR}年至{LATEST_YEAR}年之间")
        return asked


def asked_of(request: Request, form: forms.Form) -> dict[str, Any]:
    refuse_unknown(request, list(form.fields))
    if not form.is_valid():
        raise ParametersRefused({name: "；".join(map(str, said)) for name, said in form.errors.items()})
    return form.cleaned_data


class RulesView(APIView):
    """期限规则：各时期的长度、条文、延长和疑点。"""

    @extend_schema(
        summary="列出期限规则",
        operation_id="law_rules_list",
        responses=RulePageSerializer,
        parameters=[
            OpenApiParameter("kind", str, description="所属领域，如 petition"),
            OpenApiParameter("duty", str, description="职责，如 petition.conclude", enum=list(DUTIES)),
            OpenApiParameter("verified", bool, description="是否已核实"),
            OpenApiParameter("region", str, description="区划代码：只列适用于当地的规则"),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = asked_of(request, RuleFilterForm(request.query_params))
        found = [rule for rule in rules_of(asked["duty"]) if asked["kind"] in ("", rule.kind)]
        if asked["verified"] is not None:
            found = [rule for rule in found if rule.verified is asked["verified"]]
        if asked["region"]:
            found = [rule for rule in found if rule.applies_in(asked["region"])]
        return Response({"next": None, "previous": None, "results": RuleSerializer(found, many=True).data})


def rules_of(duty: str) -> list[Rule]:
    if not duty:
        return list(RULES.values())
    if duty not in DUTIES:
        raise ParametersRefused({"duty": f"没有“{duty}”这一职责，全部职责见期限规则说明"})
    return list(DUTIES[duty].rules)


class RuleView(APIView):
    """一条期限规则。"""

    @extend_schema(summary="读取一条期限规则", operation_id="law_rule_retrieve", responses=RuleSerializer)
    def get(self, request: Request, rule_id: str) -> Response:
        if rule_id not in RULES:
            raise Http404(rule_id)
        return Response(RuleSerializer(RULES[rule_id]).data)


class DueDateView(APIView):
    """计算一个期限，逐日说明理由。"""

    @extend_schema(
        summary="计算期限",
        responses=DueDateSerializer,
        parameters=[
            OpenApiParameter("rule", str, description="规则编号；与 duty 填写其一"),
            OpenApiParameter(
                "duty", str, description="职责：按 governed_on（默认起算日）有效的规则", enum=list(DUTIES)
            ),
            OpenApiParameter("on", date, required=True, description="起算日"),
            OpenApiParameter("governed_on", date, description="适用何日有效的法律；默认起算日"),
            OpenApiParameter("region", str, description="区划代码：地方规则和当地休息日"),
            OpenApiParameter("extended_by", int, description="延长的天数"),
        ],
    )
    def get(self, request: Request) -> Response:
        return Response(DueDateSerializer(due_date(asked_of(request, DueDateForm(request.query_params)))).data)


def due_date(asked: dict[str, Any]) -> Due:
    region, governed_on = asked["region"] or "", asked["governed_on"] or asked["on"]
    try:
        return explain(
            rule_asked(asked, governed_on, region),
            asked["on"],
            calendar=calendar_for(region),
            governed_on=governed_on,
            extended_by=asked["extended_by"] or 0,
        )
    except NoTermInForce as gap:
        raise ParametersRefused({"governed_on" if asked["governed_on"] else "on": str(gap)}) from gap
    except DueDateRefused as refused:
        raise ParametersRefused({"extended_by" if asked["extended_by"] else "rule": str(refused)}) from refused


def rule_asked(asked: dict[str, Any], day: date, region: str) -> Rule:
    if asked["duty"]:
        rules_of(asked["duty"])
        return DUTIES[asked["duty"]].rule_on(day, region)
    if asked["rule"] not in RULES:
        raise ParametersRefused({"rule": f"没有编号为“{asked['rule']}”的规则，全部规则见期限规则列表"})
    return RULES[asked["rule"]]

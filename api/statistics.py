"""/statistics/ and /indicators/: figures of a region or an organization, and what each of them means."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.periods import OF_A_PERIOD, asked_of, chosen, chosen_known, parameter, subjects_open
from api.permissions import user_of
from api.serializers import Page, Plain
from api.tracing import lists_for
from casetrack.accounts.token_scopes import STATISTICS
from casetrack.organizations.reported.choices import Qualifier
from casetrack.organizations.scope import Clearance, scope_of
from casetrack.stats.answering import statistics
from casetrack.stats.comparing import Compare
from casetrack.stats.dimensions import applies
from casetrack.stats.disclosure import for_public
from casetrack.stats.forms import PeriodForm
from casetrack.stats.indicators import INDICATORS, SUBJECTS, Form, Indicator
from casetrack.stats.questions import Organized

MOST_BREAKDOWNS = 20
MOST_DIMENSIONS = 3
PUBLIC = "public"
AUDIENCES = ("internal", PUBLIC)


class BreakdownsField(forms.Field):
    """by=channel&by=channel,outcome: each a combination of dimensions."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[tuple[str, ...]]:
        asked = [tuple(filter(None, (name.strip() for name in text.split(",")))) for text in value or []]
        if len(asked) > MOST_BREAKDOWNS or any(len(names) > MOST_DIMENSIONS for names in asked):
            raise ValidationError(f"最多{MOST_BREAKDOWNS}种分组，每种最多{MOST_DIMENSIONS}个维度")
        return [names for names in asked if names]


class QuestionForm(PeriodForm):
    """What the command is asked for, too."""

    subject = forms.MultipleChoiceField(
        required=False,
        choices=[(code, code) for code in SUBJECTS],
        error_messages={"invalid_choice": f"没有“%(value)s”这一统计主题，可用的有：{'、'.join(SUBJECTS)}"},
    )
    by = BreakdownsField(required=False)
    compare = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in Compare])
    audience = forms.ChoiceField(required=False, choices=[(name, name) for name in AUDIENCES])


class CatalogueForm(forms.Form):
    """Which indicators to list."""

    subject = forms.MultipleChoiceField(required=False, choices=[(code, code) for code in SUBJECTS])
    form = forms.MultipleChoiceField(required=False, choices=[(each.value, each.value) for each in Form])

    def add_prefix(self, field_name: str) -> str:
        return field_name


class CoverageSerializer(Plain):
    """How much of the period a reported figure is made of."""

    complete = serializers.BooleanField(label="报送过的单位各期均已报齐")
    months = serializers.IntegerField(allow_null=True, label="各单位已报月数之和；空：不是整月")
    expected_months = serializers.IntegerField(allow_null=True, label="各单位应报月数之和")


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
    suppressed = serializers.BooleanField(required=False, label="true：数目过小（或可推算出过小的数目），不对外公布")
    base = serializers.FloatField(required=False, allow_null=True, label="比较期的数值")
    change = serializers.FloatField(required=False, allow_null=True, label="增减")
    change_unit = serializers.CharField(required=False, label="增减的单位；比率为百分点")
    change_percent = serializers.FloatField(required=False, allow_null=True, label="增减的百分比；比率没有这一项")
    comparable = serializers.BooleanField(required=False, label="false：比较期为0或没有数值，无可比")
    qualifier = serializers.ChoiceField(
        choices=Qualifier.choices,
        required=False,
        label="报送单位所作的限定：at_least 不少于，approximate 约数；没有这一项：准确数",
    )
    reported = CoverageSerializer(required=False, label="报送数字才有：报齐了没有")
    cases = serializers.CharField(
        allow_null=True,
        label="数字背后的案件（报送数字：报送记录；取自名册的：名册）的网址，比率为分子的，改 part 为 denominator "
        "即分母的；空：供对外公布",
    )


class ComparedSerializer(Plain):
    """With what the figures are compared."""

    with_ = serializers.ChoiceField(choices=[each.value for each in Compare], label="year 同比，month 环比")
    from_ = serializers.DateField(label="比较期的开始日")
    to = serializers.DateField(label="比较期的结束日")
    as_of = serializers.DateField(label="比较期的截止日")


class StatisticsSerializer(Plain):
    """The answer, as the command prints it."""

    region = serializers.CharField(label="区划代码")
    region_name = serializers.CharField(label="地区名称")
    organization = serializers.IntegerField(required=False, label="机构编号")
    organization_name = serializers.CharField(required=False, label="机构名称")
    from_ = serializers.DateField(label="统计期的开始日")
    to = serializers.DateField(label="统计期的结束日")
    as_of = serializers.DateField(label="截止日")
    known_on = serializers.DateField(required=False, label="按该日终了前已录入的记录统计；没有这一项：按现在的记录")
    basis = serializers.CharField(
        label="依据：cells 月度汇总，events 逐案事件，cells_and_events 整月按月度汇总、其余各日逐案，"
        "nodes 各节点的月度汇总"
    )
    restricted = serializers.ChoiceField(
        choices=[Clearance.NONE.value, Clearance.PARTLY.value],
        required=False,
        label="您无权知悉的检举控告件全部（left_out）或部分（partly_left_out）未计入；没有这一项：全部计入",
    )
    organized = serializers.CharField(required=False, label="now：按机构现在所在的地区统计；没有这一项：按当时的")
    compare = ComparedSerializer(required=False, label="比较的对象；没有这一项：没有要求比较")
    figures = FigureSerializer(many=True, label="数字")
    not_reported = serializers.ListField(
        child=serializers.CharField(), label="应由单位报送而该期间没有报送的指标：没有数字，不是零"
    )


class IndicatorSerializer(Plain):
    """What a figure means."""

    subject = serializers.CharField(label="统计主题")
    measure = serializers.CharField(label="指标")
    label_ = serializers.CharField(label="指标名称")
    unit = serializers.CharField(label="单位")
    definition = serializers.CharField(label="定义")
    form = serializers.ChoiceField(choices=[each.value for each in Form], label="形式：件数、金额、比率、平均数等")
    numerator = serializers.CharField(label="分子是什么；空：不是比率")
    denominator = serializers.CharField(label="分母是什么；空：不是比率")
    decimals = serializers.IntegerField(label="四舍五入保留的小数位")
    version = serializers.CharField(label="定义的版本；空：只有一种通行的定义")
    column = serializers.CharField(label="对应的官方报表和栏；空：没有")
    since = serializers.DateField(allow_null=True, label="自何日起有此项；空：自有案件记录起")
    is_rate = serializers.BooleanField(label="是比率，附分子和分母")
    dimensions = serializers.SerializerMethodField(label="可以按哪些维度分组")

    def get_dimensions(self, indicator: Indicator) -> list[str]:
        return [each.name for each in SUBJECTS[indicator.subject].dimensions if applies(indicator, (each.name,))]


class IndicatorPageSerializer(Page):
    """All indicators: one page."""

    results = IndicatorSerializer(many=True)


class StatisticsView(APIView):
    """统计数字，与命令行 statistics 一致。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="查询统计数字",
        responses=StatisticsSerializer,
        parameters=[
            *OF_A_PERIOD,
            parameter("subject", str, "统计主题，可重复；默认全部", many=True, enum=list(SUBJECTS)),
            parameter("by", str, "分组的维度，以逗号组合，可重复，如 by=channel&by=channel,outcome", many=True),
            parameter(
                "compare",
                str,
                "year：与上年同期比较（同比），month：与上月比较（环比，统计期须在一个月之内）",
                enum=list(Compare),
            ),
            parameter(
                "audience",
                str,
                "public：供对外公布，分组中1至4的数目及可据以推算的不显示；默认 internal",
                enum=AUDIENCES,
            ),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = asked_of(request, QuestionForm(request.query_params, today=timezone.localdate()))
        region, organization = asked["region"], asked["organization"]
        scope = scope_of(user_of(request))
        found_open = subjects_open(scope, region=region, organization=organization)
        answer = statistics(
            region=region,
            organization=organization,
            first=asked["first"],
            last=asked["last"],
            as_of=asked["as_of"],
            known_on=asked["known_on"],
            subjects=(chosen_known if asked["known_on"] else chosen)(asked["subject"], found_open),
            by=asked["by"],
            scope=scope,
            organized=Organized(asked["organized"] or Organized.THEN),
            compare=Compare(asked["compare"]) if asked["compare"] else None,
        )
        public = asked["audience"] == PUBLIC
        answer = for_public(answer) if public else answer
        shown = answer.as_dict()
        lists = lists_for(request)
        for figure, row in zip(answer.figures, shown["figures"], strict=True):
            row["cases"] = None if public else lists.behind(figure)
        return Response(shown)


class IndicatorsView(APIView):
    """指标的含义。"""

    @extend_schema(
        summary="列出指标",
        responses=IndicatorPageSerializer,
        parameters=[
            parameter("subject", str, "统计主题，可重复；默认全部", many=True, enum=list(SUBJECTS)),
            parameter("form", str, "形式，可重复；默认全部", many=True, enum=list(Form)),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = asked_of(request, CatalogueForm(request.query_params))
        subjects, forms_asked = asked["subject"] or list(SUBJECTS), asked["form"] or list(Form)
        declared = [each for each in INDICATORS if each.subject in subjects and each.form in forms_asked]
        shown = IndicatorSerializer(declared, many=True).data
        return Response({"next": None, "previous": None, "results": shown})

"""/reports/draft/: a year's report or a month's bulletin as far as the record can write it; and as a file."""

from io import BytesIO
from typing import Any

from django import forms
from django.http import FileResponse, Http404
from django.utils.timezone import localdate
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.files import file_answer
from api.jobs import AnyRenderer
from api.months import MONTH, MonthField
from api.periods import asked_of, parameter, subjects_open
from api.permissions import user_of
from api.serializers import Plain
from casetrack.accounts.token_scopes import STATISTICS
from casetrack.lib.months import EARLIEST, Period
from casetrack.organizations.filters import DayField, RegionCodeField
from casetrack.organizations.scope import scope_of
from casetrack.stats.asking import LATEST
from casetrack.stats.closing.models import Edition
from casetrack.stats.comparing import plain
from reports.books.editions import edition_named
from reports.drafting.appendix import Row, rows_of
from reports.drafting.drafting import Wish, draft
from reports.drafting.formats import FORMATS, MEDIA_TYPES, writer_for
from reports.drafting.texts import numbered
from reports.drafting.writing import Citation, Draft, Fragment


class DraftForm(forms.Form):
    """Which report, and of which state of the record."""

    region = RegionCodeField(error_messages={"required": "须填写区划代码（region）"})
    year = forms.IntegerField(required=False, min_value=EARLIEST.year, max_value=LATEST.year)
    month = MonthField(required=False)
    as_of = DayField(required=False)
    known_on = DayField(required=False)
    edition = forms.CharField(required=False)

    def add_prefix(self, field_name: str) -> str:
        return field_name

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if not self.errors and bool(asked["year"]) == bool(asked["month"]):
            self.add_error("year", "须填写年度（year）或月份（month）之一")
        return asked


class DraftFileForm(DraftForm):
    """The same as a file."""

    format = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in FORMATS],
        error_messages={"invalid_choice": f"format 应为{'、'.join(FORMATS)}之一"},
    )


class FragmentSerializer(Plain):
    """A piece of a paragraph: words, or a figure as written there."""

    text = serializers.CharField(label="文字")
    figure = serializers.IntegerField(allow_null=True, label="文中数字的序号；空：不是数字")


class ChapterSerializer(Plain):
    """A section."""

    level = serializers.IntegerField(label="标题的级别")
    heading = serializers.CharField(label="标题，带序号")
    fragments = FragmentSerializer(many=True)


class CitedSerializer(Plain):
    """A figure in the draft."""

    number = serializers.IntegerField(label="序号")
    subject = serializers.CharField(label="统计主题")
    measure = serializers.CharField(label="指标")
    dimensions = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), label="各维度的取值")
    value = serializers.FloatField(allow_null=True, label="数值")
    unit = serializers.CharField(label="单位")
    numerator = serializers.IntegerField(allow_null=True, label="分子")
    denominator = serializers.IntegerField(allow_null=True, label="分母")
    shown = serializers.CharField(label="写法")
    name = serializers.CharField(label="名称")
    definition = serializers.CharField(label="定义")
    rounding = serializers.CharField(label="取整、一位、两位小数各是多少，截尾不同的一并注明")
    cases = serializers.ListField(child=serializers.CharField(), label="案件清单的网址")


class DraftSerializer(Plain):
    """A draft."""

    title = serializers.CharField(label="标题")
    facts = serializers.DictField(child=serializers.CharField(), label="统计期、截止日、版次")
    chapters = ChapterSerializer(many=True)
    figures = CitedSerializer(many=True)


OF_A_DRAFT = [
    parameter("region", str, "区划代码：该区划及其所有下级", required=True),
    parameter("year", int, "年度：起草年度报告的矛盾纠纷部分"),
    parameter("month", str, f"{MONTH}：起草月度情况通报"),
    parameter("as_of", OpenApiTypes.DATE, "截止日，默认为期末，未到时为今天"),
    parameter("known_on", OpenApiTypes.DATE, "按该日终了时所知的记录计算"),
    parameter("edition", str, "该月结账的第几版，latest 为最后一版"),
]


def drafted(request: Request, asked: dict[str, Any]) -> Draft:
    """What the caller may see of it: subjects outside the scope are not told."""
    scope = scope_of(user_of(request))
    found_open = subjects_open(scope, region=asked["region"], organization=None)
    if asked["edition"] and not Edition.objects.visible_to(user_of(request)).filter(region=asked["region"]).exists():
        raise Http404(asked["region"])
    wish = Wish(
        region=asked["region"],
        period=Period.of_year(asked["year"]) if asked["year"] else Period.of_month(asked["month"]),
        root=request.build_absolute_uri("/"),
        as_of=asked["as_of"],
        known_on=asked["known_on"],
        edition=edition_named(asked["edition"]) if asked["edition"] else None,
        scope=scope,
        subjects=frozenset(found_open),
    )
    return draft(wish, today=localdate())


class ReportDraftView(APIView):
    """报告草稿。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="起草报告",
        description="只写记录中有的事项；每个数字都列出定义、分子、分母和案件清单。",
        responses=DraftSerializer,
        parameters=OF_A_DRAFT,
    )
    def get(self, request: Request) -> Response:
        made = drafted(request, asked_of(request, DraftForm(request.query_params)))
        rows = rows_of(made)
        places = {cited.reference: number for number, cited in enumerate(made.cited, start=1)}

        def piece(fragment: Fragment) -> dict[str, Any]:
            if isinstance(fragment, Citation):
                return {"text": fragment.text, "figure": places[fragment.cited.reference]}
            return {"text": fragment, "figure": None}

        chapters = [
            {"level": chapter.level, "heading": heading, "fragments": list(map(piece, chapter.body))}
            for heading, chapter in numbered(made)
        ]
        figures = [figure_row(row) for row in rows]
        return Response({"title": made.title, "facts": made.facts, "chapters": chapters, "figures": figures})


def figure_row(row: Row) -> dict[str, Any]:
    cited = row.cited
    return {
        "number": row.number,
        "subject": cited.reference.subject,
        "measure": cited.reference.measure,
        "dimensions": {name: list(values) for name, values in cited.reference.where},
        "value": plain(cited.value),
        "unit": cited.unit,
        "numerator": cited.numerator,
        "denominator": cited.denominator,
        "shown": row.shown,
        "name": row.label,
        "definition": row.definition,
        "rounding": row.rounding,
        "cases": list(cited.links),
    }


class ReportDraftFileView(APIView):
    """报告草稿的文件。"""

    token_scopes = {"GET": STATISTICS.name}
    renderer_classes = [AnyRenderer]

    @extend_schema(
        summary="取报告草稿的文件",
        description="Word（docx，默认）、Markdown（md）或纯文本（txt）；与 draft_report 所写的相同。",
        responses={(200, content_type): OpenApiTypes.BINARY for content_type in MEDIA_TYPES.values()},
        parameters=[*OF_A_DRAFT, parameter("format", str, "文件的格式，默认 docx", enum=list(FORMATS))],
    )
    def get(self, request: Request) -> FileResponse:
        asked = asked_of(request, DraftFileForm(request.query_params))
        made, name = drafted(request, asked), asked["format"] or "docx"
        data = BytesIO(writer_for(name)(made))
        return file_answer(data, name=f"{made.title}.{name}", content_type=MEDIA_TYPES[name])

"""/reports/tables/: official tables, filled and balanced, each cell with its list; and as files."""

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.timezone import localdate
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api.files import file_answer
from api.jobs import AnyRenderer
from api.months import MONTH, MonthField, read
from api.periods import asked_of, parameter, subjects_open
from api.permissions import user_of
from api.table_rows import TableNamePageSerializer, TableNameSerializer, TablesSerializer, table_row
from api.tracing import lists_for
from casetrack.accounts.token_scopes import STATISTICS
from casetrack.lib.file_types import XLSX
from casetrack.lib.months import EARLIEST, Period
from casetrack.organizations.filters import DayField, RegionCodeField
from casetrack.organizations.scope import scope_of
from casetrack.stats.asking import LATEST
from reports import workbook
from reports.books.editions import edition_named
from reports.tables import naming
from reports.tables.books import Contents, Wish, book_of, gather

NAME = "[a-z_]{1,40}(?::[a-z0-9_]{1,40})?"


class TableForm(forms.Form):
    """Of which region and which days: those of a month or a year as the place reports, or any."""

    region = RegionCodeField(error_messages={"required": "须填写区划代码（region）"})
    month = MonthField(required=False)
    year = forms.IntegerField(required=False, min_value=EARLIEST.year, max_value=LATEST.year)
    first = DayField(required=False)
    last = DayField(required=False)
    as_of = DayField(required=False)
    edition = forms.CharField(required=False)

    def add_prefix(self, field_name: str) -> str:
        return {"first": "from", "last": "to"}.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        days = asked.get("first") and asked.get("last")
        one_day = bool(asked.get("first")) != bool(asked.get("last"))
        if not self.errors and (one_day or sum(map(bool, (asked["month"], asked["year"], days))) != 1):
            self.add_error("month", "须填写月份（month）、年度（year）或起止日（from 和 to）之一")
        if days and asked["last"] < asked["first"]:
            self.add_error("last", f"统计期的结束日{asked['last']}早于开始日{asked['first']}")
        return asked


OF_A_TABLE = [
    parameter("region", str, "区划代码：该区划及其所有下级", required=True),
    parameter("month", str, f"{MONTH}；按所配置的报告期"),
    parameter("year", int, "年度，按所配置的报告期"),
    parameter("from", OpenApiTypes.DATE, "任意统计期的开始日，与 to 一并填写"),
    parameter("to", OpenApiTypes.DATE, "任意统计期的结束日"),
    parameter("as_of", OpenApiTypes.DATE, "截止日，默认为统计期的结束日，未到时为今天"),
    parameter("edition", str, "已结账的月份公布的第几版的数字，或 latest；没有这一项：现在的数字"),
]


def filled(request: Request, name: str) -> Contents:
    """The table where the caller may see all that it is about."""
    asked = asked_of(request, TableForm(request.query_params))
    if name not in naming.titles():
        raise Http404(name)
    scope, region = scope_of(user_of(request)), asked["region"]
    found_open = subjects_open(scope, region=region, organization=None)
    if not naming.subjects_read(name) <= set(found_open):
        raise Http404(name)
    any_days = Period(asked["first"], asked["last"]) if asked["first"] else None
    said = {"month": asked["month"], "year": asked["year"], "days": any_days}
    days = naming.asked_of(settings.REPORTING_PERIODS, [name], region, **said)
    period = days.period
    edition = edition_named(asked["edition"]) if asked["edition"] else None
    wish = Wish(
        (name,), region, period.start, period.end, asked["as_of"], months=days.months, scope=scope, edition=edition
    )
    return gather(wish, today=localdate())


class TableNamesView(APIView):
    """有哪些官方统计表。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(summary="列出官方统计表", responses=TableNamePageSerializer)
    def get(self, request: Request) -> Response:
        read(request, forms.Form(request.query_params))
        rows = [
            {"name": name, "title": title, "file": reverse("reports-table-file", args=[name], request=request)}
            for name, title in naming.titles().items()
        ]
        return Response({"next": None, "previous": None, "results": TableNameSerializer(rows, many=True).data})


class TableView(APIView):
    """一张官方统计表。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="读取官方统计表",
        description="与 workbook --book 的文件同数。校验不平衡时不出表（500）。各数的 cases 列出其背后的案件。",
        operation_id="reports_tables_read",
        responses=TablesSerializer,
        parameters=OF_A_TABLE,
    )
    def get(self, request: Request, name: str) -> Response:
        contents = filled(request, name)
        made, lists = contents.made, lists_for(request)
        shown = {
            "region": made.region.code,
            "region_name": made.region.name,
            "from": made.days.first,
            "to": made.days.last,
            "as_of": made.days.as_of,
            "edition": made.edition,
            "left_out": made.leaves_out,
            "tables": [table_row(each, lists) for each in contents.all],
        }
        return Response(shown)


class TableFileView(APIView):
    """官方统计表的文件。"""

    token_scopes = {"GET": STATISTICS.name}
    renderer_classes = [AnyRenderer]

    @extend_schema(
        summary="取官方统计表的文件",
        description="Excel 文件，与 workbook --book 所写的逐字节相同；只计您有权知悉的案件。",
        responses={(200, XLSX): OpenApiTypes.BINARY},
        parameters=OF_A_TABLE,
    )
    def get(self, request: Request, name: str) -> FileResponse:
        contents = filled(request, name)
        data = BytesIO(workbook.write(book_of(contents)))
        return file_answer(data, name=f"{contents.title}.xlsx", content_type=XLSX)

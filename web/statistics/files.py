"""/statistics/file/ and /statistics/tables/{name}/: the figures of a page, and official tables, as workbooks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from casetrack.lib.file_types import XLSX
from casetrack.stats.answering import statistics
from casetrack.stats.comparing import Compare
from casetrack.stats.refusals import BalanceBroken, StatisticsRefused
from reports import workbook
from reports.books.answered import book_of
from reports.tables import naming
from reports.tables.books import Wish, gather
from reports.tables.books import book_of as book_of_tables
from web.files import download
from web.guards import Guarded
from web.statistics.asking import Asked, asked_in
from web.statistics.links import carried


class SubjectFileView(Guarded, View):
    """The figures of a subject as the page shows them."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = asked_in(request)
        subject = asked.subject(request.GET.get("subject", ""))
        if asked.refused:
            return back(request, asked, asked.refused[0])
        try:
            answer = statistics(**asked.question, subjects=[subject.code], compare=Compare.YEAR)
        except StatisticsRefused as refused:
            return back(request, asked, str(refused))
        book = book_of(answer, subject)
        return download(workbook.write(book), f"{book.title}.xlsx", XLSX)


class TableFileView(Guarded, View):
    """An official table of the place and period; what the reader may not know is not counted, and the sheet says so."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        asked = asked_in(request)
        if name not in naming.titles() or not naming.subjects_read(name) <= set(asked.open_subjects):
            raise Http404(name)
        if asked.organization is not None:
            return back(request, asked, "官方统计表按地区制作，请先选择区划")
        if asked.refused:
            return back(request, asked, asked.refused[0])
        wish = Wish((name,), asked.region, asked.period.start, asked.period.end, asked.as_of, scope=asked.scope)
        try:
            contents = gather(wish, today=asked.today)
        except (StatisticsRefused, BalanceBroken) as refused:
            return back(request, asked, str(refused))
        return download(workbook.write(book_of_tables(contents)), f"{contents.title}.xlsx", XLSX)


def back(request: HttpRequest, asked: Asked, said: str) -> HttpResponseRedirect:
    messages.error(request, f"没有生成：{said}")
    return redirect(f"{reverse('figures')}?{carried(asked.data, subject=request.GET.get('subject'))}")

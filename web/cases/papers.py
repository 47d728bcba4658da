"""/cases/ID/papers/: the papers that can be printed of a case now, and each as a Word document."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from casetrack.cases.holding import refuse_erased
from casetrack.cases.models import Case
from casetrack.cases.paper_numbers import Service
from casetrack.cases.paper_templates import PaperTemplateRefused
from casetrack.lib.file_types import DOCX
from casetrack.organizations.filters import LARGEST_ID
from reports.papers.choosing import PaperRefused, printable
from reports.papers.printing import may_print, print_paper
from web.cases.page import case_seen
from web.files import download
from web.guards import Guarded, user_of

REFUSED = "文书载有当事人的完整姓名，由办理案件的人员制作；您的角色只能查看案件。"


class PapersView(Guarded, View):
    """What can be printed, with what will be left to fill in by hand."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return shown(request, case_printed(request, pk))


class PaperView(Guarded, View):
    """One paper. Printing gives a number and is audited, so it is sent, not linked."""

    def post(self, request: HttpRequest, pk: int, paper: str) -> HttpResponse:
        case = case_printed(request, pk)
        try:
            service, user, now = service_in(request.POST), user_of(request), timezone.now()
            printed = print_paper(case_id=case.pk, code=paper, service=service, actor=user, now=now)
        except (PaperRefused, PaperTemplateRefused) as refused:
            return shown(request, case, str(refused))
        return download(printed.content, printed.name, DOCX)


def service_in(said: QueryDict) -> Service | None:
    """Which paper is served on whom, where a form says so."""
    served, party = said.get("served", ""), said.get("party", "")
    if not served or not party:
        return None
    known = party.isascii() and party.isdigit() and int(party) <= LARGEST_ID
    return Service(served, int(party) if known else 0)


def case_printed(request: HttpRequest, pk: int) -> Case:
    user, case = user_of(request), case_seen(user_of(request), pk)
    if not may_print(user, case):
        raise PermissionDenied(REFUSED)
    refuse_erased(case)
    return case


def shown(request: HttpRequest, case: Case, refused: str = "") -> HttpResponse:
    context = {"case": case, "papers": printable(case), "refused": refused}
    return render(request, "web/cases/papers.html", context, status=409 if refused else 200)

"""Every address of the API, on one screen. Each is the same with and without its closing slash."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import SimpleRouter

from api.attachments import AttachmentViewSet
from api.audit import AuditViewSet
from api.bulk import BulkCasesView, BulkEventsView
from api.cases import ID, CaseViewSet
from api.closing_archives import ClosingArchiveView
from api.closings import ClosingCasesView, ClosingFiguresView, ClosingsView, ClosingView
from api.contract import ContractView
from api.deadlines import CaseDeadlineViewSet, DeadlineViewSet
from api.docs import DocsView
from api.events import EventViewSet
from api.exports import ExportViewSet
from api.imports import ImportViewSet
from api.kinds import KindViewSet
from api.law import DueDateView, RulesView, RuleView
from api.links import LinkViewSet
from api.log_in import addresses as log_in
from api.mediators import MediatorViewSet
from api.memberships import MembershipViewSet
from api.months import MonthReportsView, MonthsView
from api.nowhere import NowhereView
from api.organizations import OrganizationViewSet
from api.parties import PartyViewSet
from api.regions import RegionViewSet
from api.report_checks import ReportCheckViewSet
from api.report_drafts import ReportDraftFileView, ReportDraftView
from api.reported import ReportedVersionViewSet, ReportedViewSet
from api.restatements import ClosingEntriesView, RestatementsView, RestatementView
from api.statistics import IndicatorsView, StatisticsView
from api.suggestions import SuggestionsView
from api.tables import NAME, TableFileView, TableNamesView, TableView
from api.tokens import TokenViewSet
from api.tracing import ReportedTracingView, TracingView
from api.tracing_registers import RegisterTracingView
from api.trainings import TrainingViewSet
from api.users import UserViewSet

CASE = f"cases/(?P<case_id>{ID})"

router = SimpleRouter()
router.trailing_slash = "/?"
router.register("regions", RegionViewSet)
router.register("organizations", OrganizationViewSet)
router.register("mediators", MediatorViewSet)
router.register("trainings", TrainingViewSet)
router.register("reported", ReportedViewSet, basename="reported")
router.register(f"reported/(?P<figure_id>{ID})/versions", ReportedVersionViewSet, basename="reported-version")
router.register("kinds", KindViewSet, basename="kind")
router.register("cases", CaseViewSet)
router.register(f"{CASE}/events", EventViewSet, basename="case-event")
router.register(f"{CASE}/deadlines", CaseDeadlineViewSet, basename="case-deadline")
router.register(f"{CASE}/parties", PartyViewSet, basename="case-party")
router.register(f"{CASE}/attachments", AttachmentViewSet, basename="case-attachment")
router.register(f"{CASE}/links", LinkViewSet, basename="case-link")
router.register("deadlines", DeadlineViewSet)
router.register("tokens", TokenViewSet)
router.register("users", UserViewSet)
router.register("memberships", MembershipViewSet)
router.register("audit", AuditViewSet, basename="audit")
router.register("imports", ImportViewSet, basename="import")
router.register("exports", ExportViewSet, basename="export")
router.register("reports/check", ReportCheckViewSet, basename="report-check")

v1: list[URLPattern | URLResolver] = [
    path("", include(router.urls)),
    re_path(r"^cases/bulk/?$", BulkCasesView.as_view(), name="case-bulk"),
    re_path(r"^cases/suggestions/?$", SuggestionsView.as_view(), name="case-suggestions"),
    re_path(r"^events/bulk/?$", BulkEventsView.as_view(), name="event-bulk"),
    re_path(r"^statistics/?$", StatisticsView.as_view(), name="statistics"),
    re_path(r"^statistics/cases/?$", TracingView.as_view(), name="statistics-cases"),
    re_path(r"^statistics/registers/?$", RegisterTracingView.as_view(), name="statistics-registers"),
    re_path(r"^statistics/reported/?$", ReportedTracingView.as_view(), name="statistics-reported"),
    re_path(r"^indicators/?$", IndicatorsView.as_view(), name="indicators"),
    re_path(r"^closings/?$", ClosingsView.as_view(), name="closings"),
    re_path(rf"^closings/(?P<pk>{ID})/?$", ClosingView.as_view(), name="closing"),
    re_path(rf"^closings/(?P<pk>{ID})/figures/?$", ClosingFiguresView.as_view(), name="closing-figures"),
    re_path(rf"^closings/(?P<pk>{ID})/cases/?$", ClosingCasesView.as_view(), name="closing-cases"),
    re_path(rf"^closings/(?P<pk>{ID})/archive/?$", ClosingArchiveView.as_view(), name="closing-archive"),
    re_path(rf"^closings/(?P<pk>{ID})/reported/?$", ClosingEntriesView.as_view(), name="closing-reported"),
    re_path(rf"^closings/(?P<pk>{ID})/restatement/?$", RestatementView.as_view(), name="closing-restatement"),
    re_path(r"^restatements/?$", RestatementsView.as_view(), name="restatements"),
    re_path(r"^reports/draft/?$", ReportDraftView.as_view(), name="reports-draft"),
    re_path(r"^reports/draft/file/?$", ReportDraftFileView.as_view(), name="reports-draft-file"),
    re_path(r"^reports/tables/?$", TableNamesView.as_view(), name="reports-tables"),
    re_path(rf"^reports/tables/(?P<name>{NAME})/?$", TableView.as_view(), name="reports-table"),
    re_path(rf"^reports/tables/(?P<name>{NAME})/file/?$", TableFileView.as_view(), name="reports-table-file"),
    re_path(r"^months/?$", MonthsView.as_view(), name="months"),
    re_path(r"^months/reports/?$", MonthReportsView.as_view(), name="month-reports"),
    re_path(r"^law/rules/?$", RulesView.as_view(), name="law-rules"),
    re_path(r"^law/rules/(?P<rule_id>[A-Za-z0-9-]{1,64})/?$", RuleView.as_view(), name="law-rule"),
    re_path(r"^law/due-date/?$", DueDateView.as_view(), name="law-due-date"),
    re_path(r"^schema/?$", ContractView.as_view(), name="schema"),
    re_path(r"^docs/?$", DocsView.as_view(), name="docs"),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("auth/", include(log_in)),
    re_path(r"", NowhereView.as_view(), name="nowhere"),
]

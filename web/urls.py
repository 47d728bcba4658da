"""Every page, on one screen."""

from django.urls import URLPattern, URLResolver, path

from web import account, checking, deadlines, drafting, feeds, second_factor, status
from web.cases import attachments, exports, lists, page, papers, saved, together
from web.entering import new_cases, steps
from web.months import editions, reports
from web.start import StartView
from web.statistics import behind, figure, files, indicators, tables

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StartView.as_view(), name="start"),
    path("deadlines/", deadlines.BoardView.as_view(), name="deadlines"),
    path("deadlines/calendar/", deadlines.CalendarView.as_view(), name="deadlines-calendar"),
    path("cases/", lists.CaseListView.as_view(), name="cases"),
    path("cases/together/", together.TogetherView.as_view(), name="cases-together"),
    path("cases/<int:pk>/", page.CaseView.as_view(), name="case"),
    path("cases/<int:pk>/parties/<int:party>/", page.PartyView.as_view(), name="case-party"),
    path("statistics/", tables.FiguresView.as_view(), name="figures"),
    path("statistics/behind/", behind.BehindView.as_view(), name="statistics-behind"),
    path("statistics/file/", files.SubjectFileView.as_view(), name="statistics-file"),
    path("statistics/tables/<str:name>/", files.TableFileView.as_view(), name="statistics-table"),
    path("statistics/<slug:subject>/<slug:measure>/", figure.FigureView.as_view(), name="statistics-figure"),
    path("months/", reports.MonthsView.as_view(), name="page-months"),
    path("months/report/", reports.ReportView.as_view(), name="month-report"),
    path("months/close/", editions.CloseView.as_view(), name="month-close"),
    path("months/editions/<int:pk>/", editions.EditionView.as_view(), name="edition"),
    path("months/editions/<int:pk>/tables/<str:name>/", editions.EditionTableView.as_view(), name="edition-table"),
    path("months/editions/<int:pk>/restatement/", editions.RestatementView.as_view(), name="edition-restatement"),
    path("reports/", drafting.DraftView.as_view(), name="report"),
    path("reports/files/<str:name>/", drafting.DraftFileView.as_view(), name="report-file"),
    path("reports/check/", checking.ChecksView.as_view(), name="report-checks"),
    path("reports/check/<int:pk>/", checking.CheckView.as_view(), name="report-check"),
    path("reports/check/<int:pk>/files/<str:name>/", checking.CheckFileView.as_view(), name="report-check-result"),
    path("reports/check/<int:pk>/cancel/", checking.CancelCheckView.as_view(), name="report-check-stop"),
    path("indicators/", indicators.IndicatorsView.as_view(), name="page-indicators"),
    path("indicators/<slug:subject>/<slug:measure>/", indicators.IndicatorView.as_view(), name="page-indicator"),
    path("cases/<int:pk>/attachments/", attachments.AttachmentsView.as_view(), name="case-attachments"),
    path(
        "cases/<int:pk>/attachments/<int:attachment>/file/",
        attachments.AttachmentFileView.as_view(),
        name="case-attachment-file",
    ),
    path(
        "cases/<int:pk>/attachments/<int:attachment>/remove/",
        attachments.RemoveAttachmentView.as_view(),
        name="case-attachment-remove",
    ),
    path("cases/<int:pk>/papers/", papers.PapersView.as_view(), name="case-papers"),
    path("cases/<int:pk>/papers/<slug:paper>/", papers.PaperView.as_view(), name="case-paper"),
    path("lists/", saved.SavedListsView.as_view(), name="saved-lists"),
    path("lists/<int:pk>/", saved.SavedListView.as_view(), name="saved-list"),
    path("lists/<int:pk>/drop/", saved.DropListView.as_view(), name="saved-list-drop"),
    path("exports/", exports.ExportsView.as_view(), name="my-exports"),
    path("exports/<int:pk>/", exports.ExportView.as_view(), name="my-export"),
    path("exports/<int:pk>/file/", exports.ExportFileView.as_view(), name="my-export-file"),
    path("exports/<int:pk>/cancel/", exports.CancelExportView.as_view(), name="my-export-cancel"),
    path("deadlines/feed/<str:token>.ics", feeds.FeedView.as_view(), name="deadlines-feed"),
    path("cases/<int:pk>/query-code/", status.QueryCodeView.as_view(), name="case-query-code"),
    path("status/", status.StatusView.as_view(), name="status"),
    path("cases/new/", new_cases.KindsView.as_view(), name="case-new"),
    path("cases/new/<slug:kind>/", new_cases.NewCaseView.as_view(), name="case-new-kind"),
    path("cases/new/<slug:kind>/offices/", new_cases.OfficesView.as_view(), name="case-new-offices"),
    path("cases/new/<slug:kind>/repeats/", new_cases.RepeatsView.as_view(), name="case-new-repeats"),
    path("cases/<int:pk>/logged/", new_cases.LoggedView.as_view(), name="case-logged"),
    path("cases/<int:pk>/steps/<slug:step>/", steps.StepView.as_view(), name="case-step"),
    path("cases/<int:pk>/events/<int:event_id>/correct/", steps.CorrectView.as_view(), name="case-correct"),
    # allauth finds its own pages by these names
    path("login/", account.LogInView.as_view(), name="account_login"),
    path("login/code/", account.CodeView.as_view(), name="mfa_authenticate"),
    path("login/sign-on/", account.SignOnView.as_view(), name="sign-on"),
    path("login/inactive/", account.InactiveView.as_view(), name="account_inactive"),
    path("logout/", account.LogOutView.as_view(), name="account_logout"),
    path("account/", account.AccountView.as_view(), name="account"),
    path("account/calendar/", feeds.CalendarAddressView.as_view(), name="account-calendar"),
    path("account/password/", account.PasswordView.as_view(), name="account_change_password"),
    path("account/confirm/", account.ConfirmView.as_view(), name="account_reauthenticate"),
    path("account/confirm/code/", account.ConfirmByCodeView.as_view(), name="mfa_reauthenticate"),
    path("account/", account.AccountView.as_view(), name="mfa_index"),
    path("account/second-factor/", second_factor.SecondFactorView.as_view(), name="mfa_activate_totp"),
    path("account/second-factor/remove/", second_factor.TakeAwayView.as_view(), name="mfa_deactivate_totp"),
    path("account/recovery-codes/", second_factor.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        second_factor.NewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]

"""/manage/audit/: who read or changed what, for those who check others, the latest first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from casetrack.accounts.models import Action, AuditEntry
from casetrack.cases.models import KIND_CHOICES
from casetrack.organizations.auditing import entries_within
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.filtersets import AuditFilterSet
from casetrack.organizations.models import Organization
from web.filters import choice, day, filled, places, text
from web.guards import Guarded, scope_able, user_of
from web.managing.details import in_words
from web.managing.lists import CURSOR, listed, picked
from web.managing.picking import PickField

KINDS = dict(KIND_CHOICES)


class AuditView(Guarded, View):
    """The lines that an address asks for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = scope_able(user_of(request), Capability.READ_AUDIT)
        fields = {
            "action": choice("action", "操作", Action.choices, request.GET),
            "actor": PickField("people", label="操作人", scope=scope, required=False),
            "case": text("案件编号", "如1024"),
            "from": day("不早于"),
            "to": day("不晚于"),
            "under": places(request.GET, scope),
        }
        entries = entries_within(scope).select_related("actor").order_by("-id")
        found = listed(request, AuditFilterSet, entries, fields)
        meant, _ = picked(filled(request.GET), fields)
        meant.pop(CURSOR, None)
        shown = {"lines": lines(found.get("rows", [])), "query": meant.urlencode()}
        return render(request, "web/managing/audit.html", {**found, **shown})


def lines(entries: list[AuditEntry]) -> list[dict[str, Any]]:
    """Each act with the name of the office it was in: the entry itself keeps the number only."""
    numbers = {entry.organization_id for entry in entries if entry.organization_id}
    offices = dict(Organization.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [
        {
            "entry": entry,
            "office": offices.get(entry.organization_id) if entry.organization_id else None,
            "kind": KINDS.get(entry.kind, entry.kind),
            "details": in_words(entry.details),
        }
        for entry in entries
    ]

"""/cases/ID/: one case on one page, and its people, whole, for a stated purpose."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.accounts.purposes import LONGEST, PurposeRefused, purpose_in
from casetrack.cases.models import Attachment, Case
from casetrack.cases.parties import read_party
from casetrack.cases.reading import PartyRead, party_read, read_case
from casetrack.cases.rights import handles, may
from casetrack.lib.file_types import ENDINGS
from casetrack.organizations.auditing import entries_within
from casetrack.organizations.capabilities import REFUSED, Capability
from casetrack.organizations.scope import scope_of
from web.guards import Guarded, user_of

READINGS_SHOWN = 100
PURPOSES = ("电话通知调解时间", "送达文书", "核对当事人身份", "回访")


def case_seen(user: User, pk: int) -> Case:
    return get_object_or_404(Case.objects.visible_to(user).select_related("organization"), pk=pk)


class CaseView(Guarded, View):
    """What the case says, what happened, what runs, who is in it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        return render(request, "web/cases/case.html", about(case_seen(user, pk), user))


class PartyView(Guarded, View):
    """A party whole. The purpose is in the body, not in the address: that is logged and kept in histories."""

    def post(self, request: HttpRequest, pk: int, party: int) -> HttpResponse:
        user = user_of(request)
        case = case_seen(user, pk)
        masked = get_object_or_404(case.parties.select_related("case"), pk=party)
        if not may(user, Capability.READ_PERSONAL, case):
            raise PermissionDenied(REFUSED[Capability.READ_PERSONAL])
        words, refused = request.POST.get("purpose", ""), ""
        shown = party_read(masked)
        try:
            whole = read_party(party_id=party, purpose=purpose_in(words), actor=user, now=timezone.now())
            shown = party_read(whole, whole=True)
        except PurposeRefused as refusal:
            refused = f"查看的目的{refusal}"
        asked = {"shown": shown, "purpose": words, "refused": refused}
        return self.part(request, case, asked) if request.headers.get("HX-Request") else self.whole(case, user, asked)

    def part(self, request: HttpRequest, case: Case, asked: dict[str, Any]) -> HttpResponse:
        context = {"read": {"case": case, "may_unmask": True}, "party": asked["shown"], "purposes": PURPOSES}
        return render(request, "web/cases/party.html", {**context, "longest": LONGEST, "asked": asked})

    def whole(self, case: Case, user: User, asked: dict[str, Any]) -> HttpResponse:
        """Without a script, the page again."""
        context = about(case, user)
        read = context["read"]
        context["read"] = replace(read, parties=with_shown(read.parties, asked["shown"]))
        return render(self.request, "web/cases/case.html", {**context, "asked": asked})


def with_shown(people: list[PartyRead], shown: PartyRead) -> list[PartyRead]:
    return [shown if each.id == shown.id else each for each in people]


def about(case: Case, user: User) -> dict[str, Any]:
    """What the page needs: the case as read, and for those who check others, who looked at it."""
    audited = scope_of(user).able(Capability.READ_AUDIT)
    readings = None
    if may(user, Capability.READ_AUDIT, case):
        entries = entries_within(audited).of_case(case.pk).select_related("actor")
        readings = entries.order_by("-id")[:READINGS_SHOWN]
    return {
        "read": read_case(case=case, reader=user, today=timezone.localdate()),
        **files_of(case, user),
        "readings": readings,
        "purposes": PURPOSES,
        "longest": LONGEST,
    }


def files_of(case: Case, user: User) -> dict[str, Any]:
    """The files, for those who deal with the case or check those who do: what they are called may name people."""
    if not handles(user, case):
        return {"attachments": None}
    return {
        "attachments": case.attachments.select_related("uploaded_by", "removed_by").order_by("pk"),
        "sorts": Attachment.Sort.choices,
        "accepted": ",".join(f".{ending}" for ending in ENDINGS),
        "most_megabytes": settings.ATTACHMENT_MEGABYTES,
        "scanning": bool(settings.SCAN_COMMAND),
    }

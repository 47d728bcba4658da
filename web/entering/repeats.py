"""Cases that may be the matter that somebody is just logging, and why; nobody is named in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from casetrack.cases.models import Case
from casetrack.cases.rows import columns_of, rows_shown
from casetrack.cases.suggesting import Why, suggestions
from casetrack.kinds import Kind
from casetrack.kinds.links import of_the_same_matter
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.scope import Scope, scope_of
from web.controls import number_in
from web.entering.case_forms import CaseForms
from web.guards import user_of

COMMON = {Why.SAME_PARTY: "当事人相同", Why.SIMILAR_TEXT: "内容相近"}
SHOWN = ("number", "title", "state_label", "received_on", "organization")
FEWEST_DIGITS, MOST_TEXT, MOST_NUMBERS = 5, 2000, 20
EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A case that may be the same matter; `linkable` where the user may say that it is."""

    pk: int
    shown: dict[str, Any]
    common: str
    linkable: bool
    chosen: bool


def repeats(request: HttpRequest, forms: CaseForms, writing: Scope) -> list[Repeat]:
    """What is suggested for the form as it has been filled in so far."""
    scope = scope_of(user_of(request))
    text, numbers = account_in(forms), numbers_in(forms)
    found = suggestions(scope=scope, kind=forms.kind.code, text=text, parties=numbers, handling=scope.is_handled)
    keys = [each.case for each in found]
    rows = list(Case.objects.filter(pk__in=keys).values("pk", *columns_of(SHOWN)))
    shown = dict(zip((row["pk"] for row in rows), rows_shown(rows, SHOWN, timezone.localdate()), strict=True))
    linkable, chosen = linkable_in(forms.kind, writing, keys), chosen_in(request)
    return [
        Repeat(pk, shown[pk], "、".join(COMMON[why] for why in each.why), pk in linkable, pk in chosen)
        for each in found
        if (pk := each.case) in shown
    ]


def account_in(forms: CaseForms) -> str:
    """What people told, as far as it has been typed."""
    told = [forms.opening[name].value() for name in forms.opening.step.records if forms.kind.field_named[name].personal]
    return "\n".join(str(text) for text in told if text)[:MOST_TEXT]


def numbers_in(forms: CaseForms) -> list[str]:
    said = [str(row[name].value() or "").strip() for row in forms.parties for name in ("phone", "identity")]
    return [number for number in said if FEWEST_DIGITS <= len(number) <= 64][:MOST_NUMBERS]


def chosen_in(request: HttpRequest) -> list[int]:
    """The cases that the user says are the same matter."""
    said = [number_in(text) for text in request.POST.getlist(EARLIER)]
    return [pk for pk in said if pk is not None and pk <= LARGEST_ID]


def linkable_in(kind: Kind, writing: Scope, keys: Sequence[int]) -> set[int]:
    """Those of some cases that the user may link a new one of the kind to."""
    if not keys or of_the_same_matter(kind.code) is None:
        return set()
    return set(Case.objects.in_scope(writing).filter(pk__in=keys, kind=kind.code).values_list("pk", flat=True))

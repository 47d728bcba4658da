"""Choosing a region, an organization or a person by part of the name: suggested while typing, or after sending.

What is taken is written “名称（编号）”; the code or number alone is taken as well, and a part of a name that one alone
has. Where several have it, a list is offered in the place of the field, so that it works without scripts.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from casetrack.accounts.models import User
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import OrganizationKind
from casetrack.organizations.divisions import InvalidCode, ancestors_of, complete
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.managing import people_suggested
from casetrack.organizations.mediators import HAVE_MEDIATORS
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope
from web.guards import Guarded, scope_able, user_of

SUGGESTED = 20
LONGEST = 220
CHOSEN = re.compile(r".*（(\d{1,18})）")
Rows = Callable[[Scope, str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Picked:
    """A sort of thing to pick: what matches a text within a scope, and where one may pick so."""

    what: str
    rows: Rows
    needs: Capability


def regions(scope: Scope, text: str) -> Iterable[Region]:
    return Region.objects.in_scope(scope).suggested(text)[:SUGGESTED]


def organizations(scope: Scope, text: str) -> Iterable[Organization]:
    return Organization.objects.in_scope(scope).suggested(text).select_related("region")[:SUGGESTED]


def of_kinds(kinds: Iterable[str]) -> Rows:
    def rows(scope: Scope, text: str) -> Iterable[Organization]:
        there = Organization.objects.in_scope(scope).filter(kind__in=list(kinds))
        return there.suggested(text).select_related("region")[:SUGGESTED]

    return rows


def people(scope: Scope, text: str) -> Iterable[User]:
    return people_suggested(scope, text)[:SUGGESTED]


PICKED = {
    "regions": Picked("地区", regions, Capability.KEEP_REGISTERS),
    "organizations": Picked("机构", organizations, Capability.KEEP_REGISTERS),
    "committees": Picked("调委会", of_kinds([OrganizationKind.MEDIATION_COMMITTEE]), Capability.KEEP_REGISTERS),
    "with-mediators": Picked("调解组织", of_kinds(HAVE_MEDIATORS), Capability.KEEP_REGISTERS),
    "people": Picked("账号", people, Capability.READ_AUDIT),
}


def named(row: Model) -> str:
    """What a field says of what was picked."""
    return f"{row}（{row.pk}）"


def number_of(said: str) -> str:
    """The code or number in what a field says; empty for a part of a name."""
    chosen = CHOSEN.fullmatch(said)
    return chosen[1] if chosen else said if said.isdecimal() and said.isascii() else ""


def with_places(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """What each would be written as, and where it lies: two villages may be called alike."""
    found = list(rows)
    codes = {each.pk: place_of(each) for each in found}
    above = {code for place in codes.values() if place for code in (place, *ancestors_of(place))}
    names = dict(Region.objects.filter(code__in=above).exclude(parent=None).values_list("code", "name"))
    return [(named(each), where(each, codes[each.pk], names)) for each in found]


def place_of(row: Model) -> str:
    return str(row.pk) if isinstance(row, Region) else row.region_id if isinstance(row, Organization) else ""


def where(row: Model, code: str, names: dict[str, str]) -> str:
    if isinstance(row, User):
        return row.username
    return "".join(names.get(each, "") for each in (*reversed(ancestors_of(code)), code))


class Picker(forms.TextInput):
    """A line to type into, with what is suggested."""

    template_name = "web/managing/picker.html"

    def __init__(self, sort: str) -> None:
        super().__init__({"autocomplete": "off", "maxlength": LONGEST, "placeholder": "名称中的字，或编号、代码"})
        self.sort = sort

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}_suggested"
        context["widget"]["address"] = f"{reverse('manage-suggested', args=[self.sort])}?named={name}"
        return context


class PickField(forms.CharField):
    """A code or number in the end, as a string; whether it may be used, the form says."""

    def __init__(self, sort: str, *, scope: Scope | None = None, **common: Any) -> None:
        super().__init__(max_length=LONGEST, widget=Picker(sort), **common)
        self.sort, self.scope = sort, scope or Scope()

    def clean(self, value: Any) -> str:
        said = str(super().clean(value)).strip()
        if not said or (number := number_of(said)):
            return number if said else ""
        found = list(PICKED[self.sort].rows(self.scope, said))
        alike = [each for each in found if str(each) == said]
        if len(alike) == 1 or len(found) == 1:
            return str((alike or found)[0].pk)
        what = PICKED[self.sort].what
        if not found:
            raise forms.ValidationError(f"在您的管辖范围内没有名称含“{said}”的{what}，请换几个字，或填写编号、代码")
        choices = [(own, f"{place} {own}") for own, place in with_places(found)]
        self.widget = forms.Select(choices=[("", "请选择；都不是的，留空提交后重新填写"), *choices])
        more = f"（只列出{SUGGESTED}个）" if len(found) == SUGGESTED else ""
        raise forms.ValidationError(f"有多个名称含“{said}”的{what}，请从列表中选择一个{more}")


def pick_within(form: forms.Form, scope: Scope) -> None:
    """What the fields of a form are picked from."""
    for field in form.fields.values():
        if isinstance(field, PickField):
            field.scope = scope


def region_code(said: str) -> str:
    """A division code, whole or by its first digits. Raises ValidationError for what can be none."""
    try:
        return complete(said) if said else ""
    except InvalidCode as invalid:
        raise forms.ValidationError(str(invalid)) from invalid


def known_region(said: str) -> Region | None:
    """The region of a code. Raises ValidationError where the register has none."""
    code = region_code(said)
    found = Region.objects.filter(pk=code).first()
    if code and found is None:
        raise forms.ValidationError(f"没有区划代码为“{code}”的地区")
    return found


def region_in(scope: Scope, said: str, refusal: str) -> Region | None:
    """The region of a code, where the scope opens it. Raises ValidationError with the refusal elsewhere."""
    found = known_region(said)
    if found and not scope.allows_region(found.code):
        raise forms.ValidationError(refusal)
    return found


def organization_in(scope: Scope, said: str, refusal: str) -> Organization | None:
    """The organization of a number, where the scope opens it. Raises ValidationError with the refusal elsewhere."""
    if not said:
        return None
    found = Organization.objects.in_scope(scope).filter(pk=int(said)).first() if int(said) <= LARGEST_ID else None
    if found is None:
        raise forms.ValidationError(refusal)
    return found


class SuggestionsView(Guarded, View):
    """What has the characters typed so far in its name, within one's own scope."""

    def get(self, request: HttpRequest, sort: str) -> HttpResponse:
        if sort not in PICKED:
            raise Http404(sort)
        scope = scope_able(user_of(request), PICKED[sort].needs)
        said = request.GET.get(request.GET.get("named", ""), "").replace("\0", "").strip()[:LONGEST]
        rows = PICKED[sort].rows(scope, said) if said and not CHOSEN.fullmatch(said) else ()
        return render(request, "web/managing/suggestions.html", {"suggestions": with_places(rows)})

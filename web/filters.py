"""Filters of lists of cases and of clocks: their controls in a form, and the address that asks for them.

Whether something may be asked, the filter sets say; here it is only shown, and nothing of an address is lost.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from casetrack.cases.sweep import Light
from casetrack.lib.paging import Page
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope
from web.controls import Day

MOST_CHOICES = 300
ANY: tuple[str, str] = ("", "不限")
Choices = Sequence[tuple[Any, Any]]
Fields = Mapping[str, forms.Field | None]


class FilterForm(forms.Form):
    """Shows what was asked; whether it may be asked, the filter set has said. A field that is None is not offered."""

    use_required_attribute = False

    def __init__(
        self, data: QueryDict, fields: Fields, refused: Mapping[str, Any], *, usual: Sequence[str] = ()
    ) -> None:
        super().__init__(data)
        self.fields.update({name: field for name, field in fields.items() if field is not None})
        self.refused, self.first = refused, usual

    def full_clean(self) -> None:
        self._errors = ErrorDict(self.refused)

    @property
    def untold(self) -> list[str]:
        """What is wrong with what no field of the form shows."""
        return ["；".join(map(str, said)) for name, said in self.refused.items() if name not in self.fields]

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in self.first if name in self.fields]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.first]

    @property
    def further_asked(self) -> bool:
        return any(name in self.data for name in self.fields if name not in self.first)


def text(label: str, placeholder: str) -> forms.Field:
    return forms.Field(label=label, widget=forms.TextInput(attrs={"placeholder": placeholder, "maxlength": 100}))


def day(label: str) -> forms.Field:
    return forms.Field(label=label, widget=Day())


def lights() -> forms.Field:
    return forms.Field(label="灯", widget=forms.CheckboxSelectMultiple(choices=Light.choices))


def choice(name: str, label: str, choices: Choices, data: QueryDict) -> forms.Field:
    """One of some values; several where an address asks for several, so that nothing of it is lost."""
    several = len(data.getlist(name)) > 1
    widget = forms.SelectMultiple(choices=choices) if several else forms.Select(choices=[ANY, *choices])
    return forms.Field(label=label, widget=widget)


def places(data: QueryDict, scope: Scope) -> forms.Field | None:
    """The regions within the scope; of very many, those around the one asked for. Without any there is no choice."""
    here = Region.objects.in_scope(scope).order_by("code")
    rows = list(here.values_list("code", "name")[: MOST_CHOICES + 1])
    if len(rows) > MOST_CHOICES:
        rows = list(here.around(whole_code(data), scope).values_list("code", "name")[:MOST_CHOICES])
    if len(rows) < 2 and "under" not in data:
        return None
    return choice("under", "区划", with_asked(rows, data, "under"), data)


def whole_code(data: QueryDict) -> str:
    """The region asked for, also by its first digits; empty where no region can have such a code."""
    under = data.get("under", "")
    try:
        return complete(under) if under else ""
    except InvalidCode:
        return ""


def offices(data: QueryDict, scope: Scope) -> forms.Field | None:
    """The offices within the scope and the region asked for."""
    found = Organization.objects.in_scope(scope).order_by("region", "pk")
    if under := whole_code(data):
        found = found.under(under)
    rows = [(str(pk), name) for pk, name in found.values_list("pk", "name")[:MOST_CHOICES]]
    if len(rows) < 2 and "organization" not in data:
        return None
    return choice("organization", "承办机构", with_asked(rows, data, "organization"), data)


def with_asked(rows: Choices, data: QueryDict, name: str) -> Choices:
    """What an address asks for stays chosen, also where it is not among the first."""
    known = {str(code) for code, _ in rows}
    return [*rows, *((code, code) for code in data.getlist(name) if code not in known)]


def filled(data: QueryDict) -> QueryDict:
    """What a form sends without what was left empty in it."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if given := [value for value in values if value.strip()]:
            kept.setlist(name, given)
    return kept


def address_with(data: QueryDict, path: str, **changed: str | None) -> str:
    """The address of what is asked for, but for some parameters; empty ones are left out."""
    pairs = [(name, value) for name, values in data.lists() for value in values if value.strip()]
    kept = [(name, value) for name, value in pairs if name not in changed]
    query = urlencode([*kept, *((name, value) for name, value in changed.items() if value is not None)])
    return f"{path}?{query}" if query else path


def turning(page: Page, data: QueryDict, path: str) -> dict[str, str | None]:
    """The addresses of the pages after and before one, as `turning.html` offers them."""
    return {
        "next": page.next and address_with(data, path, cursor=page.next),
        "previous": page.previous and address_with(data, path, cursor=page.previous),
    }


def query_without(data: QueryDict, *names: str) -> str:
    return urlencode([(name, value) for name, values in data.lists() for value in values if name not in names])

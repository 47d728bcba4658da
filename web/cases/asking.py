"""The filters of the list of cases as a form: each with the control that suits it, the usual ones first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from casetrack.cases import dimensions
from casetrack.cases.filtersets import STATE_CHOICES, CaseFilterSet
from casetrack.cases.models.record import KIND_CHOICES
from casetrack.cases.sweep import Light
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import DIGITS
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope

MOST_CHOICES = 300
FIRST = ("search", "kind", "state", "open", "under", "organization", "received_from", "received_to", "light")
LABELS = {
    "search": "字词",
    "kind": "案件种类",
    "state": "状态",
    "open": "是否办结",
    "under": "区划",
    "organization": "承办机构",
    "received_from": "收到，自",
    "received_to": "收到，至",
    "light": "灯",
    "closed_from": "办结，自",
    "closed_to": "办结，至",
    "entered_from": "录入，自",
    "entered_to": "录入，至",
    "due_from": "最近期限，自",
    "due_to": "最近期限，至",
    "overdue_on": "在该日已超期",
    "on": "按哪一天看灯",
    "number": "案号",
    "party": "当事人电话、证件号",
}
OPEN = [("", "不限"), ("true", "未办结"), ("false", "已办结")]
ANY: tuple[str, str] = ("", "不限")
Choices = Sequence[tuple[Any, Any]]


class ListForm(forms.Form):
    """Shows what was asked; whether it may be asked, the filter set has said."""

    use_required_attribute = False

    def __init__(self, data: QueryDict, fields: Mapping[str, forms.Field], refused: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields.update(fields)
        self.refused = refused

    def full_clean(self) -> None:
        self._errors = ErrorDict(self.refused)

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def further_asked(self) -> bool:
        return any(name in self.data for name in self.fields if name not in FIRST)


def list_form(data: QueryDict, refused: Mapping[str, Any], *, scope: Scope) -> ListForm:
    """The form of the filters that were asked for, with the choices that a scope has."""
    return ListForm(data, {name: field for name, field in fields_of(data, scope) if field is not None}, refused)


def fields_of(data: QueryDict, scope: Scope) -> Iterable[tuple[str, forms.Field | None]]:
    kinds = [code for code in data.getlist("kind") if code in KINDS]
    yield "search", text("search", "案号、案由" + ("、姓名" if scope.is_handled else ""))
    yield "kind", choice("kind", KIND_CHOICES, data)
    yield "state", choice("state", states_of(kinds), data)
    yield "open", forms.Field(label=LABELS["open"], widget=forms.Select(choices=OPEN))
    yield "under", places(data, scope)
    yield "organization", offices(data, scope)
    yield from ((name, day(name)) for name in ("received_from", "received_to"))
    yield "light", forms.Field(label=LABELS["light"], widget=forms.CheckboxSelectMultiple(choices=Light.choices))
    yield from ((name, declared(name, kinds, data)) for name in dimensions.NAMES)
    yield from ((name, day(name)) for name in LABELS if name not in FIRST and name not in ("number", "party"))
    yield "number", text("number", "完全一致")
    yield "party", text("party", "完全一致") if scope.is_handled else None


def text(name: str, placeholder: str) -> forms.Field:
    return forms.Field(label=LABELS[name], widget=forms.TextInput(attrs={"placeholder": placeholder, "maxlength": 100}))


def day(name: str) -> forms.Field:
    return forms.Field(label=LABELS[name], widget=forms.DateInput(attrs={"type": "date"}))


def choice(name: str, choices: Choices, data: QueryDict, label: str = "") -> forms.Field:
    """One of some values; several where an address asks for several, so that nothing of it is lost."""
    several = len(data.getlist(name)) > 1
    widget = forms.SelectMultiple(choices=choices) if several else forms.Select(choices=[ANY, *choices])
    return forms.Field(label=label or LABELS[name], widget=widget)


def states_of(kinds: Sequence[str]) -> Choices:
    if not kinds:
        return STATE_CHOICES
    return list({state.code: state.label for code in kinds for state in KINDS[code].states}.items())


def declared(name: str, kinds: Sequence[str], data: QueryDict) -> forms.Field | None:
    """A dimension, offered once the one kind that has it is chosen: elsewhere its words would mean several things."""
    found = dimensions.declaring(name, [KINDS[code] for code in kinds])
    if len(kinds) != 1 or not found:
        return choice(name, [(value, value) for value in data.getlist(name)], data, name) if name in data else None
    _, field = found[0]
    values = {"true": "是", "false": "否"} if field.name in FLAGS else dimensions.values_of(field)
    unsaid = {} if name in dimensions.OF_OFFICES else {dimensions.UNSPECIFIED: "未填"}
    return choice(name, list({**values, **unsaid}.items()), data, field.label)


FLAGS = {f.name for kind in KINDS.values() for f in kind.dimensions if dimensions.values_of(f).keys() >= {"true"}}


def places(data: QueryDict, scope: Scope) -> forms.Field | None:
    """The regions within the scope; of very many, those around the one asked for. Without any there is no choice."""
    here = Region.objects.in_scope(scope).order_by("code")
    rows = list(here.values_list("code", "name")[: MOST_CHOICES + 1])
    if len(rows) > MOST_CHOICES:
        rows = list(here.around(whole_code(data), scope).values_list("code", "name")[:MOST_CHOICES])
    if len(rows) < 2 and "under" not in data:
        return None
    return choice("under", with_asked(rows, data, "under"), data)


def whole_code(data: QueryDict) -> str:
    """The region asked for, empty where it is none."""
    under = data.get("under", "")
    return under if under.isascii() and under.isdigit() and len(under) == DIGITS else ""


def offices(data: QueryDict, scope: Scope) -> forms.Field | None:
    """The offices within the scope and the region asked for."""
    found = Organization.objects.in_scope(scope).order_by("region", "pk")
    if under := whole_code(data):
        found = found.under(under)
    rows = [(str(pk), name) for pk, name in found.values_list("pk", "name")[:MOST_CHOICES]]
    if len(rows) < 2 and "organization" not in data:
        return None
    return choice("organization", with_asked(rows, data, "organization"), data)


def with_asked(rows: Choices, data: QueryDict, name: str) -> Choices:
    """What an address asks for stays chosen, also where it is not among the first."""
    known = {str(code) for code, _ in rows}
    return [*rows, *((code, code) for code in data.getlist(name) if code not in known)]


def unknown(data: QueryDict, others: Iterable[str]) -> list[str]:
    """Parameters that are none: a filter that does nothing would show too much."""
    return [name for name in data if name not in CaseFilterSet.every_filter() and name not in others]

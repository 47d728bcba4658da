"""The filters of the list of cases as a form: each with the control that suits it, the usual ones first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from casetrack.cases import dimensions
from casetrack.cases.filtersets import STATE_CHOICES, CaseFilterSet
from casetrack.cases.models.record import KIND_CHOICES
from casetrack.kinds import KINDS
from casetrack.organizations.scope import Scope
from web.filters import Choices, FilterForm, choice, day, lights, offices, places, text

FIRST = ("search", "kind", "state", "open", "under", "organization", "received_from", "received_to", "light")
RECEIVED = {"received_from": "收到，自", "received_to": "收到，至"}
FURTHER_DAYS = {
    "closed_from": "办结，自",
    "closed_to": "办结，至",
    "entered_from": "录入，自",
    "entered_to": "录入，至",
    "due_from": "最近期限，自",
    "due_to": "最近期限，至",
    "overdue_on": "在该日已超期",
    "on": "按哪一天看灯",
}
OPEN = [("", "不限"), ("true", "未办结"), ("false", "已办结")]


def list_form(data: QueryDict, refused: Mapping[str, Any], *, scope: Scope) -> FilterForm:
    """The form of the filters that were asked for, with the choices that a scope has."""
    return FilterForm(data, dict(fields_of(data, scope)), refused, usual=FIRST)


def fields_of(data: QueryDict, scope: Scope) -> Iterable[tuple[str, forms.Field | None]]:
    kinds = [code for code in data.getlist("kind") if code in KINDS]
    yield "search", text("字词", "案号、案由" + ("、姓名" if scope.is_handled else ""))
    yield "kind", choice("kind", "案件种类", KIND_CHOICES, data)
    yield "state", choice("state", "状态", states_of(kinds), data)
    yield "open", forms.Field(label="是否办结", widget=forms.Select(choices=OPEN))
    yield "under", places(data, scope)
    yield "organization", offices(data, scope)
    yield from ((name, day(label)) for name, label in RECEIVED.items())
    yield "light", lights()
    yield from ((name, declared(name, kinds, data)) for name in dimensions.NAMES)
    yield from ((name, day(label)) for name, label in FURTHER_DAYS.items())
    yield "number", text("案号", "完全一致")
    yield "party", text("当事人电话、证件号", "完全一致") if scope.is_handled else None


def states_of(kinds: Sequence[str]) -> Choices:
    if not kinds:
        return STATE_CHOICES
    return list({state.code: state.label for code in kinds for state in KINDS[code].states}.items())


def declared(name: str, kinds: Sequence[str], data: QueryDict) -> forms.Field | None:
    """A dimension, offered once the one kind that has it is chosen: elsewhere its words would mean several things."""
    found = dimensions.declaring(name, [KINDS[code] for code in kinds])
    if len(kinds) != 1 or not found:
        return choice(name, name, [(value, value) for value in data.getlist(name)], data) if name in data else None
    _, field = found[0]
    values = {"true": "是", "false": "否"} if field.name in FLAGS else dimensions.values_of(field)
    unsaid = {} if name in dimensions.OF_OFFICES else {dimensions.UNSPECIFIED: "未填"}
    return choice(name, field.label, list({**values, **unsaid}.items()), data)


FLAGS = {f.name for kind in KINDS.values() for f in kind.dimensions if dimensions.values_of(f).keys() >= {"true"}}


def unknown(data: QueryDict, others: Iterable[str]) -> list[str]:
    """Parameters that are none: a filter that does nothing would show too much."""
    return [name for name in data if name not in CaseFilterSet.every_filter() and name not in others]

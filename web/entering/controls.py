"""Controls of forms derived from the fields that a kind declares, and what is put into them turned into facts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms

from casetrack.kinds.base import Fact, Field, FieldType, Kind, Step
from casetrack.kinds.facts import LARGEST_NUMBER, LONGEST_TEXT
from web.controls import day_control

YES, NO = "yes", "no"
MOMENT_SHOWN = "%Y-%m-%dT%H:%M"
CENTS = 100


def control_of(kind: Kind, step: Step, name: str) -> forms.Field:
    """The control of a field that a step records, with the article that asks for it where it must be filled in."""
    declared = kind.field_named[name]
    needed = name in step.needs
    common: dict[str, Any] = {
        "label": f"{declared.label}（元）" if declared.type is FieldType.MONEY else declared.label,
        "required": needed,
        "help_text": f"须填写，依据：{step.basis}" if needed else "",
        "error_messages": {"required": f"“{step.label}”须填写“{declared.label}”"},
    }
    if declared.type in (FieldType.CHOICE, FieldType.FLAG):
        return forms.ChoiceField(choices=options_of(declared, step, needed), **common)
    return typed(declared, common)


def typed(declared: Field, common: dict[str, Any]) -> forms.Field:
    if declared.type is FieldType.INTEGER:
        return forms.IntegerField(min_value=0, max_value=declared.most or LARGEST_NUMBER, **common)
    if declared.type is FieldType.MONEY:
        most = Decimal(LARGEST_NUMBER) / CENTS
        return forms.DecimalField(min_value=0, max_value=most, max_digits=15, decimal_places=2, **common)
    if declared.type is FieldType.DATE:
        return day_control(**common)
    if declared.type is FieldType.MOMENT:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_SHOWN)
        return forms.DateTimeField(widget=picker, input_formats=[MOMENT_SHOWN], **common)
    # what people tell takes lines; what an office notes, one
    told = forms.Textarea(attrs={"rows": 3, "data-suggests": ""}) if declared.personal else forms.TextInput()
    return forms.CharField(max_length=LONGEST_TEXT, widget=told, **common)


def options_of(declared: Field, step: Step, needed: bool) -> list[tuple[str, str]]:
    none = ("", "请选择" if needed else "（未填）")
    if declared.type is FieldType.FLAG:
        return [none, (YES, "是"), (NO, "否")]
    possible = dict(step.only).get(declared.name)
    return [none, *((each.code, each.label) for each in declared.choices if possible is None or each.code in possible)]


def fact_of(declared: Field, value: Any) -> Fact | None:
    """A cleaned value as the record keeps it; None where nothing was filled in."""
    if value in ("", None):
        return None
    if declared.type is FieldType.FLAG:
        return bool(value == YES)
    if declared.type is FieldType.MONEY:
        return int(value * CENTS)
    if declared.type is FieldType.MOMENT:
        moment: datetime = value
        return moment.strftime(MOMENT_SHOWN)
    return value.isoformat() if isinstance(value, date) else value


def shown_as(declared: Field, fact: Fact) -> Any:
    """A fact of the record as its control shows it."""
    if declared.type is FieldType.FLAG:
        return YES if fact else NO
    if declared.type is FieldType.MONEY:
        return Decimal(int(fact)) / CENTS
    return fact

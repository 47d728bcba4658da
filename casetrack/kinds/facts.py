"""Facts of a step, held against the declared fields before they become part of the record."""

from datetime import date, datetime

from casetrack.kinds.base import ORGANIZATION, Fact, Facts, Field, FieldType, Kind, Step
from casetrack.kinds.refusals import FactsRefused

LONGEST_TEXT = 10_000
LARGEST_NUMBER = 10**15
EARLIEST_YEAR, LATEST_YEAR = 1949, 2060  # later ones could carry a term beyond the work calendar


def check_facts(kind: Kind, step: Step, facts: Facts) -> dict[str, Fact]:
    """The facts as the record keeps them, empty ones left out.

    Raises FactsRefused with a message for every field that is missing, unknown or of the wrong type.
    """
    allowed = {*step.records, *([ORGANIZATION] if step.opens_case else [])}
    kept = {name: value for name, value in facts.items() if value not in ("", None)}
    errors = {
        name: f"“{step.label}”不记录“{name}”，可填写的有：{said(kind, step.records)}"
        for name in kept
        if name not in allowed
    }
    for name in step.needs:
        if name not in kept:
            errors[name] = f"“{step.label}”须填写“{kind.field_named[name].label}”"
    for name, value in kept.items():
        if name in kind.field_named and name not in errors and (problem := problem_with(kind.field_named[name], value)):
            errors[name] = problem
    for name, possible in step.only:
        if name in kept and name not in errors and kept[name] not in possible:
            labels = "、".join(kind.field_named[name].label_of(code) for code in possible)
            errors[name] = f"“{step.label}”的“{kind.field_named[name].label}”只能是：{labels}"
    if errors:
        raise FactsRefused(errors)
    return kept


def said(kind: Kind, names: tuple[str, ...]) -> str:
    return "、".join(kind.field_named[name].label for name in names) or "无"


def problem_with(field: Field, value: object) -> str:
    """What is wrong with a value, in Chinese; empty where nothing is."""
    if field.type is FieldType.CHOICE:
        return choice_problem(field, value)
    if field.type is FieldType.FLAG:
        return "" if isinstance(value, bool) else f"“{field.label}”应为是或否"
    if field.type in (FieldType.INTEGER, FieldType.MONEY):
        return number_problem(field, value)
    if not isinstance(value, str):
        return f"“{field.label}”应为文字"
    if field.type is FieldType.DATE:
        return date_problem(field, value)
    if field.type is FieldType.MOMENT:
        return moment_problem(field, value)
    return f"“{field.label}”过长，最多{LONGEST_TEXT}字" if len(value) > LONGEST_TEXT else ""


def choice_problem(field: Field, value: object) -> str:
    if any(choice.code == value for choice in field.choices):
        return ""
    return f"“{field.label}”没有“{value}”这一项，可选：{'、'.join(f'{c.code}（{c.label}）' for c in field.choices)}"


def number_problem(field: Field, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"“{field.label}”应为整数" + ("（单位：分）" if field.type is FieldType.MONEY else "")
    if not 0 <= value <= (field.most or LARGEST_NUMBER):
        return f"“{field.label}”应在0到{field.most or LARGEST_NUMBER}之间"
    return ""


def date_problem(field: Field, value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return f"“{field.label}”不是日期：{value}，应如2024-03-01"
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return f"“{field.label}”的年份应在{EARLIEST_YEAR}年至{LATEST_YEAR}年之间，不能是{day.year}年"
    return ""


def moment_problem(field: Field, value: str) -> str:
    try:
        moment = datetime.fromisoformat(value) if "T" in value else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        return f"“{field.label}”不是北京时间的时刻：{value}，应如2024-03-01T09:30"
    return ""

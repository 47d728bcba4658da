"""The declared dimensions of every kind as filters: what figures are broken down by, lists are narrowed by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import Fact, Field, FieldType
from casetrack.organizations.filters import AnyChoiceFilter

UNSPECIFIED = "unspecified"
FLAGS: dict[str, Fact] = {"true": True, "yes": True, "false": False, "no": False}
"""A list is asked in the words of its other parameters, or in those in which figures give the value."""
OF_OFFICES = frozenset(field.name for kind in KINDS.values() for field in kind.context)
NAMES = tuple(dict.fromkeys(field.name for kind in KINDS.values() for field in kind.dimensions))


def declaring(name: str, kinds: Iterable[Kind] = KINDS.values()) -> list[tuple[Kind, Field]]:
    """The kinds that have the dimension, each with its field."""
    return [(kind, field) for kind in kinds for field in kind.dimensions if field.name == name]


def values_of(field: Field) -> dict[str, str]:
    """What may be asked of a dimension, with its label."""
    if field.type is FieldType.FLAG:
        return {code: "是" if meant else "否" for code, meant in FLAGS.items()}
    return {choice.code: choice.label for choice in field.choices}


def filter_of(name: str) -> AnyChoiceFilter:
    """One parameter for all the kinds that have the dimension, whose values may differ."""
    found = declaring(name)
    labels = "、".join(f"{kind.label}：{field.label}" for kind, field in found)
    choices: dict[str, str] = {}
    for _, field in found:
        for code, label in values_of(field).items():
            choices.setdefault(code, label)
    if name not in OF_OFFICES:
        choices[UNSPECIFIED] = "未填"
    return AnyChoiceFilter(
        label=labels, field_name=name, choices=list(choices.items()), method="narrow_to_values", distinct=False
    )


def refusals(asked: Mapping[str, Sequence[str]], kinds: Sequence[str]) -> dict[str, str]:
    """Of the dimensions asked for, those that the kinds asked for don't have, or not with these values."""
    chosen = [KINDS[code] for code in kinds]
    said = "、".join(kind.label for kind in chosen)
    found: dict[str, str] = {}
    for name, values in asked.items():
        possible: dict[str, str] = {}
        for _, field in declaring(name, chosen):
            possible |= values_of(field)
        unknown = [value for value in values if value not in {*possible, UNSPECIFIED}]
        if not possible:
            has = "、".join(kind.label for kind, _ in declaring(name))
            found[name] = f"{said}案件没有“{name}”这一要素，有此要素的是：{has}"
        elif unknown:
            found[name] = f"{said}案件的“{name}”没有“{'、'.join(unknown)}”这一取值，可用的有：{'、'.join(possible)}"
    return found


def meant(value: Any, name: str) -> Fact | None:
    """What a case's values hold where a parameter says this."""
    if value == UNSPECIFIED:
        return None
    flags = [field for _, field in declaring(name) if field.type is FieldType.FLAG]
    return FLAGS[value] if flags else str(value)

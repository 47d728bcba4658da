"""Rows of the list of cases, straight from columns: which a member needs, and how it is made of them.

The serializer of a case says the same and is the contract; a test holds the two together. It makes objects of rows and
asks each field in turn, which for fifty rows costs several times their query.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from casetrack.cases.parties import names_in
from casetrack.cases.sweep import light_shown
from casetrack.cases.titles import subject_of
from casetrack.kinds import KINDS
from casetrack.kinds.base import Facts
from casetrack.lib.masking import masked_name

NAMES_SHOWN = 3
Row = Mapping[str, Any]


class Beside(NamedTuple):
    """What rows need besides their own columns: the day, and the names in each case."""

    today: date
    names: Mapping[int, Sequence[str]]


class Member(NamedTuple):
    """One member of a case in a list: the columns it is made of, and how."""

    columns: tuple[str, ...]
    made: Callable[[Row, Beside], Any]


def column(name: str) -> Member:
    return Member((name,), lambda row, beside: row[name])


@cache
def state_label(kind: str, state: str) -> str:
    found = KINDS[kind].state_named.get(state)
    return found.label if found else ""


@cache
def allowed_steps(kind: str, state: str) -> tuple[str, ...]:
    return tuple(step.name for step in KINDS[kind].steps_from(state))


def title(kind: str, values: Facts, names: Iterable[str]) -> str:
    """What a case is about and, masked, who is in it first."""
    shown = "、".join(masked_name(name) for name in list(names)[:NAMES_SHOWN] if name)
    return f"{shown} {subject_of(kind, values)}".strip()


MEMBERS: dict[str, Member] = {
    "id": column("id"),
    "kind": column("kind"),
    "number": column("number"),
    "organization": Member(
        ("organization_id", "organization__name"),
        lambda row, beside: {"id": row["organization_id"], "name": row["organization__name"]},
    ),
    "region": column("region_code"),
    "state": column("state"),
    "state_label": Member(("kind", "state"), lambda row, beside: state_label(row["kind"], row["state"])),
    "received_on": column("received_on"),
    "closed_on": column("closed_on"),
    "due_on": column("due_on"),
    "values": column("values"),
    "version": column("version"),
    "title": Member(
        ("kind", "values"), lambda row, beside: title(row["kind"], row["values"], beside.names.get(row["pk"], ()))
    ),
    "light": Member(
        ("due_on", "red_on", "yellow_on"),
        lambda row, beside: light_shown(row["due_on"], row["red_on"], row["yellow_on"], beside.today),
    ),
    "allowed_steps": Member(("kind", "state"), lambda row, beside: allowed_steps(row["kind"], row["state"])),
}


def columns_of(members: Iterable[str]) -> list[str]:
    """What the page must read for these members."""
    return list(dict.fromkeys(name for member in members for name in MEMBERS[member].columns))


def rows_shown(page: Sequence[Row], members: Sequence[str], today: date) -> list[dict[str, Any]]:
    names = names_in([row["pk"] for row in page]) if "title" in members else {}
    beside = Beside(today, names)
    made = [(name, MEMBERS[name].made) for name in members]
    return [{name: make(row, beside) for name, make in made} for row in page]

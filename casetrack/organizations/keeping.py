"""Keeping the registers by hand: one organization, mediator or training at a time, each with its line in the log.

Nothing is removed. An organization is dissolved and a mediator leaves by a date, so that the figures of earlier years
stay what they were: they are counted from these rows as of a day.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.kinds.refusals import Refused

Row = TypeVar("Row", bound=Model)
DERIVED = {"phone_index", "county"}


class RegisterRefused(Refused):
    """The register can't say that; `errors` maps each field to its message."""

    code = "register_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


class AlreadyRegistered(Refused):
    """The register has it already."""

    code = "already_registered"


def differing(row: Model, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if getattr(row, name) != value}


def refuse_backwards(began: date | None, ended: date | None, *, what: str) -> None:
    if began and ended and ended <= began:
        raise RegisterRefused({"active_to": f"{what}日期{ended}应晚于开始日期{began}"})


def registered(row: Row, *, about: Callable[[Row], About], actor: User, now: datetime) -> Row:
    """Write a new row, with its line in the log."""
    row.save(force_insert=True)
    said = [field.name for field in row._meta.concrete_fields if not field.primary_key and getattr(row, field.attname)]
    record(action=Action.CREATE, actor=actor, now=now, about=about(row), details=details_of(row, said))
    return row


def changed(
    row: Row,
    changes: Mapping[str, Any],
    *,
    about: Callable[[Row], About],
    actor: User | None,
    now: datetime,
) -> dict[str, Any]:
    """Write what differs of a locked row, with its line in the log. What differed, by name."""
    news = differing(row, changes)
    for name, value in news.items():
        setattr(row, name, value)
    if news:
        row.save(update_fields=list(news))
        record(action=Action.CHANGE, actor=actor, now=now, about=about(row), details=details_of(row, news))
    return news


def details_of(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """Which row, and the names of the fields: what they say may be personal."""
    return {str(row._meta.model_name): row.pk, "fields": sorted(set(names) - DERIVED)}

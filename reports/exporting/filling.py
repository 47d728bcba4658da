"""The conditions that name a figure, filled in: each has one value, and is one that the question knows."""

from collections.abc import Sequence

from django import forms

from casetrack.stats.forms import names_in, refusals_of
from reports.exporting.resources import ExportRefused, Filters, only, values_of

CLOSING = "closing"
"""The condition that makes a figure one of an edition."""


def plain(asked: Filters) -> dict[str, str]:
    return {name: only(asked, name) for name in asked}


def filled_in(form: forms.Form, asked: Filters, names: Sequence[str]) -> dict[str, str]:
    """What was given by name, with the dimensions among `names`. Raises ExportRefused for what can't be meant."""
    errors = {name: f"条件“{name}”须填写一个值" for name in asked if len(values_of(asked[name])) != 1}
    known = [*names_in(form), *names]
    errors |= {name: f"没有“{name}”这一条件，可用的有：{'、'.join(known)}" for name in asked if name not in known}
    errors |= {} if form.is_valid() else refusals_of(form)
    if errors:
        raise ExportRefused({f"filters.{name}": said for name, said in errors.items()})
    return plain(asked)

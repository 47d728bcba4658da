"""Lists of administration: what an address asks for, a page at a time."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import ErrorList
from django.http import HttpRequest, QueryDict

from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.filters import FilterSet
from web.filters import Fields, FilterForm, filled, turning
from web.managing.picking import PickField

CURSOR = "cursor"
SIZE = 50


def listed(request: HttpRequest, filters: type[FilterSet], rows: QuerySet[Any], fields: Fields) -> dict[str, Any]:
    """The rows that the address asks for, with the form that asks; none where it asks for what can't be meant."""
    asked = filled(request.GET)
    meant, unclear = picked(asked, fields)
    filterset = filters(meant, rows)
    form = FilterForm(asked, fields, {**filterset.errors, **unclear}, usual=list(fields))
    refused = [f"没有“{name}”这一条件，请从网址中去掉" for name in asked if name not in (*fields, CURSOR)]
    refused += form.untold
    context: dict[str, Any] = {"form": form, "refused": refused}
    if refused or unclear or not filterset.is_valid():
        return context
    try:
        page = page_of(filterset.qs, cursor=asked.get(CURSOR), size=SIZE)
    except CursorRefused as wrong:
        refused.append(str(wrong))
        return context
    return {
        **context,
        "rows": page.rows,
        **turning(page, asked, request.path),
    }


def picked(asked: QueryDict, fields: Fields) -> tuple[QueryDict, dict[str, Any]]:
    """What is asked for with the numbers of what was picked by name, and what is wrong with a name."""
    meant, unclear = asked.copy(), {}
    for name, field in fields.items():
        if isinstance(field, PickField) and name in asked:
            try:
                meant[name] = field.clean(asked[name])
            except ValidationError as problem:
                unclear[name] = ErrorList(problem.messages)
                del meant[name]
    return meant, unclear

"""Lists of administration: what an address asks for, a page at a time."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.filters import FilterSet
from web.filters import Fields, FilterForm, filled, turning

CURSOR = "cursor"
SIZE = 50


def listed(request: HttpRequest, filters: type[FilterSet], rows: QuerySet[Any], fields: Fields) -> dict[str, Any]:
    """The rows that the address asks for, with the form that asks; none where it asks for what can't be meant."""
    asked = filled(request.GET)
    filterset = filters(asked, rows)
    refused = [f"没有“{name}”这一条件，请从网址中去掉" for name in asked if name not in (*fields, CURSOR)]
    context: dict[str, Any] = {"form": FilterForm(asked, fields, filterset.errors, usual=list(fields))}
    context["refused"] = refused
    if refused or not filterset.is_valid():
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

"""Narrowing of lists: a parameter that isn't there is refused, since a filter that does nothing shows too much."""

from collections.abc import Container
from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from rest_framework.request import Request

from api.errors import ParametersRefused
from api.pagination import CURSOR, FIELDS, PAGE_SIZE, TOTAL
from casetrack.organizations.filters import REPEATABLE, AnyOfFilter


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter for lists; what it refuses comes back by parameter. A view with `filterset_kwargs` adds its own."""

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet[Any], view: Any) -> dict[str, Any]:
        own = getattr(view, "filterset_kwargs", dict)
        return {**super().get_filterset_kwargs(request, queryset, view), **own()}

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        if view.detail:
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        known = {} if filterset is None else filterset.every_filter()
        refuse_unknown(request, list(known), of_list=True)
        refuse_repeated(request, {name for name, each in known.items() if isinstance(each, REPEATABLE)})
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise ParametersRefused({name: "；".join(map(str, said)) for name, said in filterset.errors.items()})
        view.filterset = filterset
        return filterset.qs


def refuse_unknown(request: Request, known: list[str], *, of_list: bool = False) -> None:
    """Also what is there without a value: a client whose variable is empty would be shown everything."""
    names = [*known, CURSOR, PAGE_SIZE, *((TOTAL, FIELDS) if of_list else ())]
    wrong = {
        name: f"没有“{name}”这一查询参数，可用的有：{'、'.join(names)}"
        for name in request.query_params
        if name not in names
    }
    empty = [name for name, values in request.query_params.lists() if not all(value.strip() for value in values)]
    wrong |= {name: f"查询参数“{name}”没有值，请填写或去掉" for name in empty if name in names}
    nought = [name for name, values in request.query_params.lists() if any("\0" in value for value in values)]
    wrong |= {name: f"查询参数“{name}”中有空字符（%00），没有记录会含有它，请去掉" for name in nought if name in names}
    if wrong:
        raise ParametersRefused(wrong)


def refuse_repeated(request: Request, repeatable: Container[str]) -> None:
    """A second value would silently take the place of the first."""
    repeated = [name for name, values in request.query_params.lists() if len(values) > 1 and name not in repeatable]
    if repeated:
        raise ParametersRefused({name: f"查询参数“{name}”只能填写一次" for name in repeated})


class RepeatableFilters(DjangoFilterExtension):
    """How the contract says it: the library's own reading of filters, and beside it ours that take several values."""

    target_class = "api.filtering.StrictFilterBackend"
    priority = 1

    def resolve_filter_field(
        self, auto_schema: Any, model: Any, filterset_class: Any, field_name: str, filter_field: Any
    ) -> list[dict[str, Any]]:
        if not isinstance(filter_field, AnyOfFilter):
            library: Any = super()
            found: list[dict[str, Any]] = library.resolve_filter_field(
                auto_schema, model, filterset_class, field_name, filter_field
            )
            return found
        repeated = {"type": "array", "items": schema_of(filter_field.extra["each"])}
        said = {"name": field_name, "in": "query", "schema": repeated, "description": filter_field.label}
        return [{**said, "explode": True, "style": "form"}]


def schema_of(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    lengths = {"minLength": getattr(field, "min_length", None), "maxLength": getattr(field, "max_length", None)}
    return {"type": "string", **{name: value for name, value in lengths.items() if value is not None}}

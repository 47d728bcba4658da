"""What narrowing is made of: filters for days, places, numbers and several values, in the one form programs write."""

import re
from copy import copy, deepcopy
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import make_aware
from django_filters import filters

from casetrack.organizations.divisions import InvalidCode, complete

DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST_ID = 2**63 - 1
UNDER = "区划代码：该区划及其所有下级"


class Declared(dict[str, Any]):
    """Filters or fields by name, as they were declared.

    The libraries copy them for each request to the last choice of each; that nobody changes, and it costs more than the
    query of a short list.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        for each in self.values():
            if (choices := getattr(each, "_choices", None)) is not None:
                memo[id(choices)] = choices
        return {name: own(each, memo) for name, each in self.items()}


def own(each: Any, memo: dict[int, Any]) -> Any:
    """A filter or field for one request."""
    if isinstance(each, forms.Field):
        return deepcopy(each, memo)
    made = copy(each)
    if each.method:
        made.method = each.method  # asks the set of the filter, and so must know whose filter it is
    return made


class FilterSet(django_filters.FilterSet):
    """Of many filters only those asked for are made: making one costs more than the query of a short list."""

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        asked = data if data is not None else {}
        self.base_filters = Declared({name: each for name, each in self.every_filter().items() if name in asked})
        super().__init__(data, queryset, **kwargs)

    def get_form_class(self) -> Any:
        own_class: Any = type(self)
        return form_class_of(own_class, tuple(self.filters))

    @classmethod
    def every_filter(cls) -> dict[str, Any]:
        """Those that can be asked for, by name."""
        found: dict[str, Any] = vars(cls)["base_filters"]
        return found


@lru_cache(maxsize=512)
def form_class_of(filterset: Any, names: tuple[str, ...]) -> Any:
    """The form that reads these filters, made once for those who ask for the same."""
    declared = filterset.every_filter()
    fields = {name: declared[name].field for name in names}
    form: Any = type(f"{filterset.__name__}Form", (filterset._meta.form,), fields)
    form.base_fields = Declared(form.base_fields)
    return form


class RegionCodeField(forms.CharField):
    """A division code, whole or by its first digits as people write it (620522)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "max_length": 12})

    def clean(self, value: Any) -> str:
        code = super().clean(value)
        try:
            return complete(code) if code else ""
        except InvalidCode as error:
            raise ValidationError(str(error)) from error


class RegionCodeFilter(filters.CharFilter):
    field_class = RegionCodeField


class DayField(forms.DateField):
    """A day in the one form that programs write."""

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value and not DAY.fullmatch(value):
            raise ValidationError(f"“{value}”不是日期，应写作2024-03-01")
        return super().to_python(value)


class DayFilter(filters.DateFilter):
    field_class = DayField


class IdFilter(filters.NumberFilter):
    """The number of a row; one too large for any row is a mistake, not an error of the database."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=LARGEST_ID, **kwargs)


class YesNoFilter(filters.TypedChoiceFilter):
    """true or false, and nothing that would quietly mean neither."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=(("true", "是"), ("false", "否")), coerce="true".__eq__, **kwargs)


class SeveralField(forms.Field):
    """A parameter that may be repeated: each value as `each` reads one."""

    widget = forms.SelectMultiple
    most = 100

    def __init__(self, *, each: forms.Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.each = each

    def clean(self, value: Any) -> list[Any]:
        if len(value or []) > self.most:
            raise ValidationError(f"最多重复{self.most}次")
        return [self.each.clean(one) for one in value or []]


class AnyOfFilter(filters.Filter):
    """Any of the values for which a parameter is repeated; the method of the set gets the list of them."""

    field_class = SeveralField


class AnyIdFilter(AnyOfFilter):
    """Any of some rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, each=forms.IntegerField(min_value=1, max_value=LARGEST_ID), **kwargs)


class AnyRegionFilter(AnyOfFilter):
    """Any of some divisions, each with all below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, each=RegionCodeField(), **kwargs)


class AnyTextFilter(AnyOfFilter):
    """Any of some texts, to the letter."""

    def __init__(self, *args: Any, min_length: int | None = None, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, each=forms.CharField(min_length=min_length, max_length=max_length), **kwargs)


class AnyChoiceFilter(filters.MultipleChoiceFilter):
    """Any of some declared values; the method of the set gets the list of them."""


class OrderFilter(filters.ChoiceFilter):
    """The orders that a list has an index for: from small to large or, with a minus, from large to small.

    Rows that are level follow one another by their key, so that a page can begin behind any of them.
    """

    def __init__(self, *names: str, **columns: str) -> None:
        self.columns = {**{name: name for name in names}, **columns}
        both = [
            (f"{sign}{name}", f"{name}{way}") for name in self.columns for sign, way in (("", "升序"), ("-", "降序"))
        ]
        super().__init__(label="排序", choices=both)

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        name, sign = value.removeprefix("-"), "-" if value.startswith("-") else ""
        terms = [self.columns[name]] if self.columns[name] != qs.model._meta.pk.name else []
        return qs.order_by(*(f"{sign}{term}" for term in (*terms, "pk")))


REPEATABLE = (AnyOfFilter, AnyChoiceFilter)


def midnight(day: date) -> datetime:
    """When a day begins where the offices are."""
    return make_aware(datetime.combine(day, time.min))

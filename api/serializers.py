"""Serializers whose fields may be called `label` or `from`: declared with a closing underscore, sent without."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers
from rest_framework.utils.html import is_html_input

Row = TypeVar("Row", bound=Model)
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


# as the contract says: a telephone sent as a number has lost its first 0, and no guess brings it back
TYPES: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], type, str], ...] = (
    (serializers.CharField, str, "应为文字，须加引号"),
    (serializers.IntegerField, int, "应为整数，不加引号"),
    (serializers.BooleanField, bool, "应为 true 或 false，不加引号"),
)


class Plain(serializers.Serializer[Any]):
    """Of plain values and declarations. What comes in as JSON has the declared type, or is refused."""

    def get_fields(self) -> Fields:
        return without_underscores(super().get_fields())

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and not is_html_input(data):
            errors = {
                name: said
                for name, field in self.fields.items()
                for kind, type_, said in TYPES
                if isinstance(field, kind) and not field.read_only and type(data.get(name)) not in (type_, type(None))
            }
            if errors:
                raise serializers.ValidationError(errors)
        return super().to_internal_value(data)


class Page(Plain):
    """What every page of a list begins with; of a list that is one page both are empty."""

    next = serializers.CharField(allow_null=True, label="下一页的网址")
    previous = serializers.CharField(allow_null=True, label="上一页的网址")


class OfModel(serializers.ModelSerializer[Row]):
    """Of rows."""

    def get_fields(self) -> Fields:
        return without_underscores(super().get_fields())


def without_underscores(fields: Fields) -> Fields:
    return {name.rstrip("_"): field for name, field in fields.items()}

"""Serializers whose fields may be called `label` or `from`: declared with a closing underscore, sent without."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

Row = TypeVar("Row", bound=Model)
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


class Plain(serializers.Serializer[Any]):
    """Of plain values and declarations."""

    def get_fields(self) -> Fields:
        return without_underscores(super().get_fields())


class OfModel(serializers.ModelSerializer[Row]):
    """Of rows."""

    def get_fields(self) -> Fields:
        return without_underscores(super().get_fields())


def without_underscores(fields: Fields) -> Fields:
    return {name.rstrip("_"): field for name, field in fields.items()}

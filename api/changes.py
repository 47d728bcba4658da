"""What a PATCH asks to change: what it names and nothing else, and not nothing."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from api.errors import WHOLE, FieldsRefused
from api.serializers import Plain


def changes_in(request: Request, form: type[Plain], **context: Any) -> dict[str, Any]:
    """The named fields, held against the form that a POST fills in whole."""
    asked = form(data=request.data, partial=True, context=context)
    if isinstance(request.data, Mapping) and (unknown := request.data.keys() - asked.fields.keys()):
        said = "、".join(asked.fields)
        raise FieldsRefused({name: f"没有“{name}”这一项，或不能修改；可修改的有：{said}" for name in sorted(unknown)})
    asked.is_valid(raise_exception=True)
    changes: dict[str, Any] = asked.validated_data
    if not changes:
        raise FieldsRefused({WHOLE: f"请填写要修改的内容，可填：{'、'.join(asked.fields)}"})
    return changes

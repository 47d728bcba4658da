"""What a PATCH asks to change: what it names and nothing else, and not nothing."""

from typing import Any

from rest_framework.request import Request

from api.errors import WHOLE, FieldsRefused
from api.serializers import Plain


def changes_in(request: Request, form: type[Plain], **context: Any) -> dict[str, Any]:
    """The named fields, held against the form that a POST fills in whole."""
    asked = form(data=request.data, partial=True, context=context)
    asked.is_valid(raise_exception=True)
    changes: dict[str, Any] = asked.validated_data
    if not changes:
        raise FieldsRefused({WHOLE: f"请填写要修改的内容，可填：{'、'.join(asked.fields)}"})
    return changes

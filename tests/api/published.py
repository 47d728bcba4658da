"""The contract as it is published, for the tests that hold it against the service."""

import json
from functools import cache
from io import StringIO
from typing import Any

from django.core.management import call_command


@cache
def published() -> dict[str, Any]:
    """Refuses to come with a warning or with an error of form."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    document: dict[str, Any] = json.loads(out.getvalue())
    return document

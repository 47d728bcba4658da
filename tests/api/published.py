"""The contract as it is published, for the tests that hold it against the service."""

import json
from functools import cache
from io import StringIO
from typing import Any

from django.core.management import call_command


@cache
def published() -> dict[str, Any]:
    """Refuses to come with a warning."""
    return written("--fail-on-warn")


def written(*options: str) -> dict[str, Any]:
    """As the command writes it that clients are generated from."""
    out = StringIO()
    call_command("spectacular", *options, "--format", "openapi-json", stdout=out)
    document: dict[str, Any] = json.loads(out.getvalue())
    return document

"""The way in for web servers: a pool of connections, and the bundled servers where none are configured."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver

from casetrack import embedded

# what is imported above asks for no settings yet; the first who does reads these
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetrack.settings")
os.environ.setdefault("CASETRACK_DB_POOL", "8")
embedded.ensure()
inner = get_wsgi_application()
views = get_resolver().url_patterns  # read before workers are forked, else by the first request of each


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What is left is to send the answer: a client that takes its time over that keeps no connection from others."""
    answer: Iterable[bytes] = inner(environ, start_response)
    close_old_connections()
    return answer

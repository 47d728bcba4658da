"""What breaks outside any view is answered as its door answers: a program gets a problem, a person a page."""

import sys
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, UnreadablePostError
from django.utils.module_loading import import_string

from casetrack.lib.outages import outage_of

DOORS = {True: "api.errors", False: "web.errors"}  # named, not imported: both stand above


def answer(name: str, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    door = DOORS[request.path_info.startswith("/api/")]
    response: HttpResponseBase = import_string(f"{door}.{name}")(request, *args, **kwargs)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    return answer("csrf_failure", request, reason=reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return answer("bad_request", request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Asked while the error is being handled: what stands still around us is no error of ours, and is said."""
    error = sys.exception()
    if isinstance(error, UnreadablePostError):  # who sent it has gone, or sends nothing more
        return answer("bad_request", request, error)
    outage = outage_of(error)
    return answer("unavailable", request, outage) if outage else answer("server_error", request)


class LengthSaid:
    """Middleware. A body whose length nobody says would be read as if there were none, so it is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "Transfer-Encoding" in request.headers:
            return answer("length_required", request)
        return self.get_response(request)

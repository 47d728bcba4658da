"""What breaks outside any view is answered as its door answers: a program gets a problem, a person a page."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

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
    return answer("server_error", request)

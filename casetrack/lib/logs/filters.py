"""Addresses hold what people search for: a line says the name of the route, never the path."""

import logging

from django.http import HttpRequest

UNKNOWN = "unknown"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def route_of(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else UNKNOWN


def method_of(request: HttpRequest) -> str:
    """What a client makes up as a method says as much as a path."""
    return request.method if request.method in METHODS else UNKNOWN


class RoutesForPaths(logging.Filter):
    """Django's own lines about an answer end with the path, gunicorn's about a failure with the whole address."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.get("request")
        if not isinstance(record.args, tuple) or not record.args:
            return True
        if isinstance(request, HttpRequest):
            record.args = (*record.args[:-1], route_of(request))
        elif record.name == "gunicorn.error" and "request" in str(record.msg):
            record.args = (*record.args[:-1], "…")
        return True

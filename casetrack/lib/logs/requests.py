"""One line a request, and a number for it that the answer carries too."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from casetrack.lib.logs.context import Doing, at_work, number_of
from casetrack.lib.logs.filters import method_of, route_of

HEADER = "X-Request-ID"
ASKED_BY_MACHINES = frozenset({"health-live", "health-open", "health-ready", "metrics"})
"""Every second by a proxy, or all day long: that they were answered well is no news."""
logger = logging.getLogger(__name__)


class Told:
    """Middleware that numbers a request and logs how it was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        with at_work(Doing(number_of(request.headers.get(HEADER, "")))) as now:
            response = self.get_response(request)
            response.headers[HEADER] = now.request_id
            logger.log(
                level_of(request, response), "request", extra=answered(request, response, perf_counter() - begun)
            )
        return response


def level_of(request: HttpRequest, response: HttpResponse) -> int:
    return logging.DEBUG if route_of(request) in ASKED_BY_MACHINES and response.status_code < 400 else logging.INFO


def answered(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    return {
        "method": method_of(request),
        "route": route_of(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": known_user(request),
    }


def known_user(request: HttpRequest) -> int | None:
    """The number of who asked, where that was found out on the way: the log asks no question of its own."""
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject) and not hasattr(request, "_cached_user"):
        return None
    return getattr(user, "pk", None)

"""How requests are answered: counted by the name of the address, never by the path, which names cases."""

import os
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from casetrack.lib.logs.filters import method_of, route_of

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the folder in which the web's processes add up; gunicorn.conf.py makes it

REQUESTS = Counter("casetrack_requests", "Requests answered.", ["view", "method", "status"], registry=None)
SECONDS = Histogram("casetrack_request_seconds", "Time to answer a request.", ["view", "method"], registry=None)


class Measured:
    """Middleware that counts and times what lies within it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        # what a client makes up, an address or a method, would be a series of its own each time
        view = route_of(request)
        method = method_of(request)
        REQUESTS.labels(view, method, response.status_code).inc()
        SECONDS.labels(view, method).observe(perf_counter() - begun)
        return response


def report_requests(registry: CollectorRegistry) -> None:
    """Of all the web's processes where they share a folder, else of this one."""
    if SHARED in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no annotation here
        return
    registry.register(REQUESTS)
    registry.register(SECONDS)

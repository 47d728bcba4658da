"""/metrics: for Prometheus, and for nobody else. Read with a token, or from this machine where none is set."""

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from casetrack.metrics.requests import report_requests
from casetrack.metrics.standing import Standing

# a proxy on this machine lends its own address to whoever asks it
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
ELSEWHERE = (
    "指标只对本机开放。如需由其他机器读取，请设置环境变量 CASETRACK_METRICS_TOKEN，"
    "并在请求头 Authorization 中提供：Bearer 加一个空格，再加此令牌。\n"
)
WRONG = "令牌不对，或没有提供。请在请求头 Authorization 中写：Bearer 加一个空格，再加 CASETRACK_METRICS_TOKEN 的值。\n"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything measured, in Prometheus' text format."""
    if not may_read(request):
        said = WRONG if settings.METRICS_TOKEN else ELSEWHERE
        refused = HttpResponse(said, status=401, content_type="text/plain; charset=utf-8")
        refused["WWW-Authenticate"] = 'Bearer realm="casetrack-metrics"'
        return refused
    registry = CollectorRegistry()
    report_requests(registry)
    registry.register(Standing(today=localdate()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {token}".encode())
    return asked_from_here(request)


def asked_from_here(request: HttpRequest) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False  # a socket file: whoever stands before it is not known

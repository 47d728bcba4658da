"""What every answer below /api/ says about itself: not to be kept, not to be shown as a page, written in Chinese.

Where the service speaks HTTPS, what comes in clear is refused here, and not led on as pages are.
Nothing is said about other origins (CORS): pages from elsewhere may not read these answers.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from api.errors import https_required

BELOW = "/api/"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Language": "zh-Hans",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class ApiHeaders:
    """Middleware; a view that says otherwise is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_clear = settings.HTTPS and request.path_info.startswith(BELOW) and not request.is_secure()
        response = https_required(request) if in_clear else self.get_response(request)
        if request.path_info.startswith(BELOW):
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

"""What every answer says of itself, whoever made it: pages, problems, files, errors, what stands still.

What knows better, further in, is left alone, but for files: a browser runs nothing of what people sent in.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

UNUSED = "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED.split()),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store, private",  # what may be kept, such as a style sheet, says so itself
}
OF_FILES = "sandbox; default-src 'none'; frame-ancestors 'none'"


class EveryAnswer:
    """Middleware, the outermost: nothing is answered without passing it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = OF_FILES
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

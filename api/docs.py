"""/docs/: the contract as a page to read and try. All of it comes from this host, so it works without the internet."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.views import APIView

SWAGGER = "drf_spectacular_sidecar/swagger-ui-dist/"
# what the page may load: nothing from elsewhere, no script and no style written into it
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


class WhateverIsAccepted(BaseContentNegotiation):
    """A browser asks for HTML and gets the page; where it may not, it gets the problem as every program does."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, str(first.media_type)


class DocsView(APIView):
    """The page."""

    schema = None
    content_negotiation_class = WhateverIsAccepted

    def get(self, request: Request) -> HttpResponse:
        page = {
            "style": static(f"{SWAGGER}swagger-ui.css"),
            "icon": static(f"{SWAGGER}favicon-32x32.png"),
            "scripts": [static(f"{SWAGGER}swagger-ui-bundle.js"), static("api/docs.js")],
            "schema": reverse("schema"),
        }
        shown = render_to_string("api/docs.html", page)
        return HttpResponse(shown, headers={"Content-Security-Policy": POLICY})

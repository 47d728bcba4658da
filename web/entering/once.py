"""A form that is sent twice does its work once: a double click, a line that broke before the answer came.

Every form carries a token, kept with its answer where the API keeps those of its idempotency keys. What is typed into
a form is kept on the device under its token (`drafts.js`), and forgotten once a cookie names the token as saved.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casetrack.accounts import repeating
from casetrack.kinds.refusals import Refused
from web.frame import SAVED
from web.guards import user_of

TOKEN = "token"
KNOWN_SECONDS = 3600
WRITTEN = re.compile(r"[0-9a-f-]{36}")
BESIDE = {TOKEN, "csrfmiddlewaretoken"}


class FormReused(Refused):
    """The form was saved before, with other content; `address` is where that led."""

    code = "key_reused"

    def __init__(self, address: str) -> None:
        super().__init__("这份表单此前已经保存，这次的内容与当时不同，没有再次保存；确为另一事项的，请核对后再保存一次")
        self.address = address


def fresh_token() -> str:
    return str(uuid.uuid4())


def done_once(request: HttpRequest, *, now: datetime, act: Callable[[], str]) -> HttpResponse:
    """Do what the form asks, which says where to go, or go where its first copy led. Refused, it may be sent again."""
    token = request.POST.get(TOKEN, "")
    if not WRITTEN.fullmatch(token):
        return redirect(act())
    digest = digest_of(request)
    with transaction.atomic():
        row, first = repeating.claim(user=user_of(request), key=f"page:{token}", digest=digest, now=now)
        if first:
            repeating.keep(row, status=302, headers={"Location": act()})
        elif row.digest != digest:
            raise FormReused(row.headers["Location"])
    return forgotten(redirect(row.headers["Location"]), token)


def forgotten(response: HttpResponse, token: str) -> HttpResponse:
    """The answer, with a word to the device that what it kept under the token is saved."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(SAVED, token, max_age=KNOWN_SECONDS, samesite="Lax", secure=secure)
    return response


def digest_of(request: HttpRequest) -> str:
    said = {name: values for name, values in request.POST.lists() if name not in BESIDE}
    return hashlib.sha256(json.dumps([request.path, said], sort_keys=True).encode()).hexdigest()

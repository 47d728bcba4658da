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
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casetrack.accounts import repeating
from casetrack.kinds.refusals import Refused
from web.frame import SAVED
from web.guards import user_of

TOKEN = "token"  # noqa: S105 - the name of a field
KNOWN_SECONDS = 3600
WRITTEN = re.compile(r"[0-9a-f-]{36}")
BESIDE = {TOKEN, "csrfmiddlewaretoken"}


class FormReused(Refused):
    """The form was saved before, with other content; `address` is where that led."""

    code = "key_reused"

    def __init__(self, address: str) -> None:
        super().__init__("这份表单此前已经保存，这次的内容与当时不同，没有再次保存；确为另一事项的，请核对后再保存一次")
        self.address = address


class Told(NamedTuple):
    """Where a form led, what it told, and when it was first sent."""

    address: str
    body: str
    at: datetime


def fresh_token() -> str:
    return str(uuid.uuid4())


def done_once(request: HttpRequest, *, now: datetime, act: Callable[[], str]) -> HttpResponse:
    """Do what the form asks, which says where to go, or go where its first copy led. Refused, it may be sent again."""
    answer = told_once(request, now=now, act=lambda: (act(), ""))
    return forgotten(redirect(answer.address), request.POST.get(TOKEN, ""))


def told_once(request: HttpRequest, *, now: datetime, act: Callable[[], tuple[str, str]]) -> Told:
    """The same for a form whose answer tells something beside its address: it is sealed as long as it is kept."""
    token = request.POST.get(TOKEN, "")
    if not WRITTEN.fullmatch(token):
        return Told(*act(), at=now)
    digest = digest_of(request)
    with transaction.atomic():
        row, first = repeating.claim(user=user_of(request), key=f"page:{token}", digest=digest, now=now)
        if first:
            address, body = act()
            repeating.keep(row, status=302, headers={"Location": address}, body=body)
        elif row.digest != digest:
            raise FormReused(row.headers["Location"])
    return Told(row.headers["Location"], row.body, row.created_at)


def forgotten(response: HttpResponse, token: str) -> HttpResponse:
    """The answer, with a word to the device that what it kept under the token is saved."""
    if not WRITTEN.fullmatch(token):
        return response
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(SAVED, token, max_age=KNOWN_SECONDS, samesite="Lax", secure=secure)
    return response


def digest_of(request: HttpRequest) -> str:
    said = {name: values for name, values in request.POST.lists() if name not in BESIDE}
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    return hashlib.sha256(json.dumps([request.path, said, files], sort_keys=True).encode()).hexdigest()

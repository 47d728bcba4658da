"""Idempotency-Key: a request repeated under the same key gets the same answer, and is done once."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError, connection, transaction
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from api.errors import ApiRefused
from api.permissions import user_of
from casetrack.accounts import repeating
from casetrack.accounts.models import IdempotencyKey

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
WRITTEN = re.compile(r"[\x21-\x7e]{1,255}")


class KeyInvalid(ApiRefused):
    default_code = "key_not_valid"


class KeyReused(ApiRefused):
    """The key already stands for another request."""

    status_code = 409
    default_code = "key_reused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with."""

    data: Any
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    done: bool = True
    """Whether anything was done. If not, the request may be tried again under the same key."""

    def response(self) -> Response:
        return Response(self.data, status=self.status, headers=dict(self.headers))


def answer_once(request: Request, *, now: datetime, act: Callable[[], Answer]) -> Response:
    """Do what the request asks, or repeat the answer that its key was given before.

    Key and deed are one transaction: a deed refused or cut off leaves no key, so the client may simply try again.
    """
    key = key_of(request)
    if not key:
        return act().response()
    digest = digest_of(request)
    with transaction.atomic():
        row, first = repeating.claim(user=user_of(request), key=key, digest=digest, now=now)
        if not first:
            return replay(row, digest)
        answer = act()
        keep(row, answer)
    return answer.response()


@contextmanager
def alone(request: Request) -> Iterator[Response | None]:
    """For a deed that begins before its transaction does: of two copies of a request the second waits here until the
    first has ended, and is given its answer, if that did anything. The lock is the session's, and ends with it.
    """
    if not (key := key_of(request)):
        yield None
        return
    user = user_of(request)
    name = int.from_bytes(hashlib.sha256(f"{user.pk} {key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [name])
    try:
        row = IdempotencyKey.objects.filter(user=user, key=key).first()
        yield replay(row, digest_of(request)) if row else None
    finally:
        with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [name])  # a session that broke off holds nothing any more


def key_of(request: Request) -> str:
    """Empty where the request has none."""
    if HEADER not in request.headers:
        return ""
    key = request.headers[HEADER].strip()
    if not WRITTEN.fullmatch(key):
        raise KeyInvalid(f"请求头 {HEADER} 应为1到255个可见的ASCII字符，建议用UUID")
    return key


def keep(row: IdempotencyKey, answer: Answer) -> None:
    """Keep the answer under its key, or nothing where nothing was done."""
    if not answer.done:
        row.delete()
        return
    body = json.dumps(answer.data, cls=JSONEncoder, ensure_ascii=False)
    repeating.keep(row, status=answer.status, headers=answer.headers, body=body)


def replay(row: IdempotencyKey, digest: str) -> Response:
    if row.digest != digest:
        raise KeyReused(f"幂等键“{row.key}”已用于另一请求；新的请求请换一个键，重发请保持内容不变")
    return Answer(json.loads(row.body), row.status, {**row.headers, REPLAYED: "true"}).response()


def digest_of(request: Request) -> str:
    """Of what is asked, not of how it is spelled: order of members and blanks don't matter."""
    limited_by = getattr(user_of(request).narrowing, "token_id", None)  # it hears no answer given to its user whole
    said = [request.method, request.path.rstrip("/"), request.data, *([limited_by] if limited_by else [])]
    asked = json.dumps(said, sort_keys=True, default=digest_of_file)
    return hashlib.sha256(asked.encode()).hexdigest()


def digest_of_file(sent: object) -> str:
    """A file that was sent along stands for its content."""
    if not isinstance(sent, UploadedFile):
        raise TypeError(f"a {type(sent).__name__} in a request that nobody has said how to compare")
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    sent.seek(0)
    return digest.hexdigest()

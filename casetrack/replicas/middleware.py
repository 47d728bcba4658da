"""The one place where reading from a replica begins; and where what a user has written is noted."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property  # that of functools lets one request at a time look, in Python 3.11

from casetrack.lib.databases import reading_from
from casetrack.replicas.choosing import note_written, put_away, replica_for
from casetrack.replicas.doors import LISTS

logger = logging.getLogger(__name__)
SAFE = ("GET", "HEAD")


class Reader:
    """Who asks, and from where what they ask for is read: decided when the first row is, since then it is known who."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def alias(self) -> str:
        return replica_for(self.request.user.pk)

    @property
    def tried(self) -> str:
        """The replica that was read from, if any."""
        found: str = self.__dict__.get("alias", DEFAULT_DB_ALIAS)
        return "" if found == DEFAULT_DB_ALIAS else found


class ReadingFromReplicas:
    """Middleware, the last of all; left out where there are no replicas."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE and request.user.pk is not None:
            try:
                note_written(request.user.pk)
            except DatabaseError as error:  # what was asked for is done, and is answered so
                logger.warning("what user %s wrote was not noted: %s", request.user.pk, error)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        """The answer from a replica; nothing, and so the usual way, where that was cut off in the middle."""
        found = request.resolver_match
        if request.method not in SAFE or found is None or found.view_name not in LISTS:
            return None
        reader = Reader(request)
        with reading_from(lambda: reader.alias):
            try:
                response = view(request, *args, **kwargs)
            except DatabaseError as error:
                if not reader.tried:
                    raise
                put_away(reader.tried, f"broke off: {error}")
                return None
        if response.status_code >= 500 and reader.tried:
            put_away(reader.tried, f"broke off: {response.status_code}")
            return None
        return response

"""What a load balancer asks: is the process alive, can it serve, and is it to be sent anything more."""

import logging

import psycopg
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from casetrack import draining
from casetrack.lib.databases import brief
from casetrack.lib.queues import impatient
from casetrack.stats import rollup

logger = logging.getLogger(__name__)
WITHIN = 2  # seconds


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def takes_requests(request: HttpRequest) -> JsonResponse:
    """Not while the process is about to end. Looks at nothing that all of them share, or all would go away together."""
    leaving = draining.is_leaving()
    told = JsonResponse({"status": "leaving" if leaving else "ok"}, status=503 if leaving else 200)
    vars(told)["_has_been_logged"] = True  # Django takes the answer for an error of ours, once a second
    return told


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Cases can be logged. Without Redis they still can, and are counted later: degraded, but ready.

    `unsettled_seconds` is how long the oldest change has waited to be counted: cells may be that far behind.
    """
    database, queues = database_answers(), queues_answer()
    word = {True: "ok", False: "unreachable"}
    status = "unavailable" if not database else "ok" if queues else "degraded"
    standing = {"status": status, "database": word[database], "queues": word[queues]}
    waited = answer_to(rollup.SECONDS_WAITED) if database else None
    return JsonResponse({**standing, "unsettled_seconds": waited}, status=200 if database else 503)


def database_answers() -> bool:
    return answer_to("SELECT 1") is not None


def answer_to(question: str) -> float | None:
    """What the database says; nothing where it does not answer."""
    try:
        with brief(within=WITHIN) as asked:
            row = asked.execute(question.encode()).fetchone()
    except psycopg.Error as error:
        logger.warning("the database does not answer: %s", error)
        return None
    return float(row[0]) if row else None


def queues_answer() -> bool:
    try:
        with impatient(within=WITHIN) as client:
            return bool(client.ping())
    except (RedisError, OSError) as error:
        logger.warning("Redis does not answer: %s", error)
        return False

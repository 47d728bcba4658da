"""What a load balancer asks: is the process alive, and can it serve."""

import logging

import psycopg
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
WITHIN = 2  # seconds


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Cases can be logged. Without Redis they still can, and are counted later: degraded, but ready."""
    database, queues = database_answers(), queues_answer()
    word = {True: "ok", False: "unreachable"}
    status = "unavailable" if not database else "ok" if queues else "degraded"
    return JsonResponse(
        {"status": status, "database": word[database], "queues": word[queues]}, status=200 if database else 503
    )


def database_answers() -> bool:
    """Asked outside the pool, which would wait for as long as a request may."""
    try:
        with psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": WITHIN}) as asked:
            asked.execute("SELECT 1")
    except psycopg.Error as error:
        logger.warning("the database does not answer: %s", error)
        return False
    return True


def queues_answer() -> bool:
    client = Redis.from_url(
        settings.REDIS_URL, socket_timeout=WITHIN, socket_connect_timeout=WITHIN, retry=Retry(NoBackoff(), 0)
    )
    try:
        return bool(client.ping())
    except (RedisError, OSError) as error:
        logger.warning("Redis does not answer: %s", error)
        return False
    finally:
        client.close()

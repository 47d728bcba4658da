"""What a load balancer asks: is the process alive, and can it serve."""

import logging

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)


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
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.warning("the database does not answer: %s", error)
        return False
    return True


def queues_answer() -> bool:
    client = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
    try:
        return bool(client.ping())
    except (RedisError, OSError) as error:
        logger.warning("Redis does not answer: %s", error)
        return False
    finally:
        client.close()

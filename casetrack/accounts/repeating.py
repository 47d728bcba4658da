"""Requests that may be repeated: each is done once, and answered alike until its key is forgotten."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from casetrack.accounts.models import IdempotencyKey, User

KEPT = timedelta(days=7)
"""Who lost the line on a Friday evening repeats on Monday; kept longer, answers with personal facts would pile up."""
FORGOTTEN = json.dumps({"detail": "这一请求已经办理；其中的个人信息此后已依法删除"}, ensure_ascii=False)
AT_ONCE = 5000  # rows a statement, so that no lock is held for long


def claim(*, user: User, key: str, digest: str, now: datetime) -> tuple[IdempotencyKey, bool]:
    """The key of a request, and whether this is the first to bring it. Call in the transaction of the deed.

    Of two at a time the second waits here until the first has committed, then finds its answer.
    """
    return IdempotencyKey.objects.get_or_create(user=user, key=key, defaults={"digest": digest, "created_at": now})


def keep(row: IdempotencyKey, *, status: int, headers: Mapping[str, str], body: str = "") -> None:
    """Keep the answer under its key, for whoever brings it again."""
    row.status, row.headers, row.body = status, dict(headers), body
    row.save(update_fields=["status", "headers", "body"])


def forget_answers(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Forget the requests answered too long ago to be repeated: how many were."""
    old = IdempotencyKey.objects.older_than(now - KEPT).order_by("created_at")
    forgotten = 0
    while keys := list(old.values_list("pk", flat=True)[:at_once]):
        forgotten += IdempotencyKey.objects.filter(pk__in=keys).delete()[0]
    return forgotten


def forget_about(words: Collection[str], *, at_once: int = AT_ONCE) -> int:
    """Forget what was answered, where it says any of these words: how many answers. Their requests stay done.

    A single character stands in half of all answers and names nobody by itself.
    """
    written = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words if len(word) > 1]
    found = 0
    for row in IdempotencyKey.objects.order_by("pk").iterator(chunk_size=at_once):
        if any(word in row.body for word in written):
            row.body, row.headers = FORGOTTEN, {}
            row.save(update_fields=["body", "headers"])
            found += 1
    return found

"""How long a client may repeat a request: afterwards its key and its answer are forgotten."""

from datetime import datetime, timedelta

from casetrack.accounts.models import IdempotencyKey

KEPT = timedelta(days=7)
"""Who lost the line on a Friday evening repeats on Monday; kept longer, answers with personal facts would pile up."""
AT_ONCE = 5000  # rows a statement, so that no lock is held for long


def forget_answers(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Forget the requests answered too long ago to be repeated: how many were."""
    old = IdempotencyKey.objects.older_than(now - KEPT).order_by("created_at")
    forgotten = 0
    while keys := list(old.values_list("pk", flat=True)[:at_once]):
        forgotten += IdempotencyKey.objects.filter(pk__in=keys).delete()[0]
    return forgotten

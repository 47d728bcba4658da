"""What log-ins leave behind: sessions that have ended, and what guessers had used up."""

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def forget_log_ins(*, now: datetime) -> int:
    """Delete sessions past their end, and counts and codes that no longer count: how many rows."""
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])
        return ended + int(cursor.rowcount)

"""What log-ins leave behind is forgotten once it counts no more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from casetrack.accounts.tidying import forget_log_ins

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_ended_sessions_and_failures_that_no_longer_count_are_forgotten() -> None:
    for key, hours in {"ended": -1, "running": 1}.items():
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + timedelta(hours=hours))

    assert (forget_log_ins(now=NOW), forget_log_ins(now=NOW)) == (1, 0)
    assert Session.objects.get().session_key == "running"


@pytest.mark.django_db
def test_a_failure_that_still_counts_is_kept() -> None:
    cache.set("failures", [1.0], timeout=900)

    assert forget_log_ins(now=timezone.now()) == 0
    assert cache.get("failures") == [1.0]
    assert forget_log_ins(now=timezone.now() + timedelta(seconds=901)) == 1

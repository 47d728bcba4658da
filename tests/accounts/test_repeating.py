"""Forgetting answered requests: all that are too old, however many, and no others."""

from datetime import UTC, datetime, timedelta

import pytest

from casetrack.accounts.models import IdempotencyKey, User
from casetrack.accounts.repeating import forget_answers

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_what_is_older_than_a_week_is_forgotten_a_few_at_a_time() -> None:
    clerk = User.objects.create_user("clerk")
    ages = [timedelta(days=days) for days in (0, 6, 7, 8, 9, 10)]
    IdempotencyKey.objects.bulk_create(
        [IdempotencyKey(user=clerk, key=f"{age.days}", digest="0", created_at=NOW - age) for age in ages]
    )

    forgotten = forget_answers(now=NOW, at_once=2)

    assert forgotten == 3
    assert sorted(IdempotencyKey.objects.values_list("key", flat=True)) == ["0", "6", "7"]

"""The audit log: what was done is written down once, and stays."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, AuditEntry, User

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def entry() -> AuditEntry:
    clerk = User.objects.create_user("clerk")
    about = About(region_code="620522000000", kind="petition", case_id=7)
    return record(action=Action.READ_PERSONAL, actor=clerk, now=NOW, about=about, purpose="电话回访")


def test_an_entry_says_who_did_what_when_and_why(entry: AuditEntry) -> None:
    kept = AuditEntry.objects.of_case(7).get()

    assert (str(kept.actor), kept.get_action_display(), kept.at, kept.purpose) == (
        *("clerk", "查看个人信息", NOW, "电话回访"),
    )


@pytest.mark.parametrize(
    "change",
    [lambda: AuditEntry.objects.update(purpose=""), lambda: AuditEntry.objects.all().delete()],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_an_entry(entry: AuditEntry, change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()

    assert AuditEntry.objects.get().purpose == "电话回访"

"""What is only ever added to can be neither changed, removed nor emptied, by whatever door."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, AuditEntry

pytestmark = pytest.mark.django_db
GUARDED = """
SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname) FROM pg_trigger
WHERE tgname IN ('append_only', 'never_emptied') GROUP BY 1 ORDER BY 1
"""


@pytest.mark.parametrize(
    "attack",
    [
        lambda: AuditEntry.objects.update(details={}),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.get().delete(),
        lambda: executed("TRUNCATE accounts_auditentry"),
        lambda: executed("TRUNCATE accounts_user CASCADE"),
        lambda: executed("TRUNCATE cases_case CASCADE"),
    ],
)
def test_the_audit_log_and_the_record_stay(attack: Callable[[], object]) -> None:
    record(action=Action.LOG_OUT, actor=None, now=timezone.now())
    executed("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="append-only|never changes"), transaction.atomic():
        attack()

    assert AuditEntry.objects.count() == 1


def executed(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_refuses_changes_refuses_being_emptied_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        guarded = dict(cursor.fetchall())

    assert guarded["accounts_auditentry"] == guarded["cases_caseevent"] == ["append_only", "never_emptied"]
    assert {name: found for name, found in guarded.items() if len(found) < 2} == {}


@pytest.mark.django_db(transaction=True)
def test_a_flush_by_hand_is_refused() -> None:
    record(action=Action.LOG_OUT, actor=None, now=timezone.now())

    with pytest.raises(CommandError):
        call_command("flush", interactive=False)

    assert AuditEntry.objects.count() == 1

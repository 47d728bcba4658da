"""That a test which commits leaves nothing behind, and everything guarded as it was."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.test import TransactionTestCase

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, AuditEntry, User
from tests import emptying
from tests.emptying import delete, deleting, tables_with_rows


def an_entry() -> None:
    clerk = User.objects.create_user("clerk")
    record(action=Action.READ_PERSONAL, actor=clerk, now=datetime(2024, 6, 1, tzinfo=UTC), about=About("620522000000"))


def test_what_is_only_ever_added_to_is_emptied_too_and_guarded_again(transactional_db: None) -> None:
    an_entry()
    found = {name: guarded for name, _, guarded in tables_with_rows()}

    delete(list(found), [name for name, guarded in found.items() if guarded])

    assert (found["accounts_auditentry"], found["accounts_user"]) == (True, False)
    assert not AuditEntry.objects.exists()
    assert not User.objects.exists()
    an_entry()
    with pytest.raises(IntegrityError, match="append-only"):
        AuditEntry.objects.all().delete()


def test_what_is_large_is_cut_off_whole_and_guarded_again(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LARGE", -1)
    an_entry()

    deleting(TransactionTestCase._fixture_teardown.__wrapped__)(TransactionTestCase())  # type: ignore[attr-defined]

    assert not AuditEntry.objects.exists()
    an_entry()
    with pytest.raises(IntegrityError, match="append-only"):
        AuditEntry.objects.all().delete()

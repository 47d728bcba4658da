"""Dates counted anew between two imports: the event belongs to nobody, and stands in nobody's way."""

import pytest

from casetrack.cases.ledgers.undoing import undo_import
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Party
from casetrack.cases.recounting.applying import apply
from casetrack.cases.verification import differences
from tests.cases.ledgers.books import NOW, dispute, ledger, send, verdicts
from tests.cases.recounting.changes import term_of

pytestmark = pytest.mark.usefixtures("registered")


def test_the_same_ledger_sent_again_changes_nothing() -> None:
    content = ledger(dispute())
    send(content)

    with term_of("PM-TERM-GEN", length=2):
        apply(reason="调解期限改为两个月", actor=None, now=NOW)
        report = send(content)

    assert verdicts(report) == ["unchanged"]
    assert CaseEvent.objects.filter(step="recount").count() == 1


def test_the_import_can_still_be_undone() -> None:
    send(ledger(dispute()))

    with term_of("PM-TERM-GEN", length=2):
        apply(reason="调解期限改为两个月", actor=None, now=NOW)
        undo_import(batch_id=ImportBatch.objects.get().pk, actor=None, now=NOW)
        differing = list(differences(Case.objects.all()))

    assert (Case.objects.get().state, Party.objects.count(), differing) == ("", 0, [])

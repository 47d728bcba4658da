"""Dates are counted anew while clerks work: nobody's step is lost, and no case is passed over."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from casetrack.cases.holding import locked
from casetrack.cases.models import Case
from casetrack.cases.recounting import applying
from casetrack.cases.recounting.applying import apply
from casetrack.cases.recounting.singly import recount_singly
from casetrack.cases.verification import differences
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, take
from tests.cases.recounting.changes import term_of


class Clerk:
    """Someone who holds a case, agrees on it when told to, and is then done."""

    def __init__(self, case: Case) -> None:
        self.case, self.holds, self.may_go_on = case, threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.work)

    def work(self) -> None:
        try:
            with transaction.atomic():
                locked(self.case.pk)
                self.holds.set()
                self.may_go_on.wait(20)
                take(self.case, "agree", date(2024, 3, 20), agreement="oral")
        finally:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_case_that_a_clerk_holds_waits_till_the_end_and_keeps_the_step(
    committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, free = log_dispute(committee), log_dispute(committee)
    clerk = Clerk(held)
    order = []

    def at_the_end(case: int, *args: Any, **named: Any) -> None:
        order.append((case, free.events.filter(step="recount").count()))
        clerk.may_go_on.set()
        recount_singly(case, *args, **named)

    monkeypatch.setattr(applying, "recount_singly", at_the_end)
    clerk.thread.start()
    clerk.holds.wait(20)
    with term_of("PM-TERM-GEN", length=2):
        apply(reason="调解期限改为两个月", actor=None, now=NOW)
        clerk.thread.join()
        differing = list(differences(Case.objects.all()))

    assert order == [(held.pk, 1)]  # the free case had its event by then
    assert (differing, held.events.filter(step="agree").count()) == ([], 1)

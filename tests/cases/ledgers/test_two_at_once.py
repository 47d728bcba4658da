"""Two people send the same ledger at the same moment: every case is in once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from casetrack.cases.ledgers import importing
from casetrack.cases.models import Case
from tests.cases.ledgers.books import ledger, petition, send, verdicts


@pytest.mark.django_db(transaction=True)
def test_the_same_ledger_sent_twice_at_once_is_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 3)
    content = ledger(*(petition(登记编号=f"秦信〔2024〕{number}号") for number in range(20)))
    start = Barrier(2)

    def one() -> list[str]:
        try:
            start.wait(10)
            return verdicts(send(content))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = [future.result(60) for future in [pool.submit(one), pool.submit(one)]]

    assert Counter(both[0] + both[1]) == {"created": 20, "unchanged": 20}
    assert Case.objects.count() == 20

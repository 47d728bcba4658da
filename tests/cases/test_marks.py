"""A mark in the log: everything up to it is in, whoever is at work, and nobody at work waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from casetrack.cases.copying import ENTERING
from casetrack.cases.marks import EntriesUnderWay, at_work, last_key, settled_mark, settled_value
from casetrack.cases.models import CaseEvent
from casetrack.organizations.models import Organization
from tests.faults.held import held
from tests.stats.stating import month, state
from tests.stats.world import day, log

OWN_LOCKS = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def clerk_at_work(office: Organization) -> Iterator[Event]:
    """Someone has logged a case, in a transaction that ends only when the event is set."""
    logged, go_on = Event(), Event()

    def work() -> None:
        try:
            with transaction.atomic():
                dispute(office)
                logged.set()
                go_on.wait(timeout=20)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    assert logged.wait(timeout=20)
    try:
        yield go_on
    finally:
        go_on.set()
        thread.join(timeout=20)


def dispute(office: Organization) -> None:
    log("mediation", office, ("register", day("2024-03-05"), {"category": "neighbour"}))


def test_a_mark_waits_for_those_at_work_and_counts_what_they_added(
    village_committee: Organization,
    town_committee: Organization,
) -> None:
    marks: list[int] = []

    def ask() -> None:
        try:
            marks.append(settled_mark())
        finally:
            connection.close()

    with clerk_at_work(village_committee) as go_on:
        asking = Thread(target=ask)
        asking.start()
        asking.join(timeout=0.3)
        assert asking.is_alive()
        dispute(town_committee)  # another clerk is not held up
        go_on.set()
        asking.join(timeout=20)

    assert len(marks) == 1
    assert CaseEvent.objects.filter(pk__lte=marks[0]).count() == 1
    assert CaseEvent.objects.filter(pk__gt=marks[0]).count() == 1


def test_who_works_too_long_is_not_waited_for(village_committee: Organization) -> None:
    with clerk_at_work(village_committee), pytest.raises(EntriesUnderWay, match="正在导入"):
        settled_mark(patience=0.1)


def test_without_anyone_at_work_the_mark_is_the_last_key(village_committee: Organization) -> None:
    before = settled_mark()
    dispute(village_committee)

    assert settled_mark() == before + 1 == last_key() == CaseEvent.objects.get().pk


def test_whatever_adds_events_takes_the_lock(village_committee: Organization) -> None:
    with transaction.atomic():
        dispute(village_committee)

        with connection.cursor() as cursor:
            cursor.execute(OWN_LOCKS, [ENTERING])
            assert cursor.fetchone()[0] == 1
        assert at_work() == set()  # one does not wait for oneself


def test_a_mark_of_reported_values_waits_for_those_who_are_reporting(village_committee: Organization) -> None:
    first = state(village_committee, "mediation.sweeps", month(1), "3")

    someone = held("LOCK TABLE organizations_reportedversion IN ROW EXCLUSIVE MODE")  # as whoever adds a row to it does
    with someone, pytest.raises(EntriesUnderWay, match="正在登记报送数字"):
        settled_value(patience=0.1)

    assert settled_value() == first.pk

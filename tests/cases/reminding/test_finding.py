"""Which clocks members are reminded of, and that each is told once."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections, transaction

from casetrack.accounts.models import User
from casetrack.cases.models import OVERDUE, Case, DueReminder
from casetrack.cases.reminding import finding
from casetrack.cases.reminding.finding import forget_reminders, raise_due
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Membership, Organization, Region
from tests.cases.logging import log_dispute, noon, take
from tests.cases.reminding.conftest import remind, wish

END = date(2024, 6, 26)


def day(number: int) -> date:
    return date(2024, 6, number)


def test_each_chosen_day_reminds_once(member: User, dispute: Case) -> None:
    wish(member, days=[7, 1])

    found = [remind(day(number)) for number in (18, 19, 19, 20, 25, 26)]

    assert found == [[], [(7, END)], [], [], [(1, END)], []]
    assert [remind(day(27)), remind(day(28))] == [[(OVERDUE, END)], []]


def test_a_day_on_which_nothing_ran_is_made_good(member: User, dispute: Case) -> None:
    wish(member, days=[7, 3], overdue=False)

    assert remind(day(21)) == [(7, END)]
    assert remind(day(25)) == [(3, END)]
    assert remind(day(27)) == []


def test_what_was_overdue_long_before_is_left_to_the_board(member: User, dispute: Case) -> None:
    wish(member, days=[])

    assert remind(date(2024, 7, 4)) == []
    assert remind(date(2024, 7, 3)) == [(OVERDUE, END)]


def test_only_clocks_that_run_of_chosen_kinds_and_within_the_scope(
    member: User, dispute: Case, committee: Organization, county: Region
) -> None:
    other = Organization.objects.create(
        region=county, county=county, name="秦安县调委会", kind=committee.kind, committee_kind="enterprise"
    )
    log_dispute(other, date(2024, 5, 26))
    done = log_dispute(committee, date(2024, 5, 26))
    take(done, "withdraw", day(1))

    wish(member, kinds=["petition"])
    assert remind(day(19)) == []
    wish(member)
    assert remind(day(19)) == [(7, END)]
    assert DueReminder.objects.get().case == dispute


def test_who_has_lost_the_post_or_the_log_in_is_not_reminded(member: User, dispute: Case) -> None:
    wish(member)
    Membership.objects.all().delete()
    assert remind(day(19)) == []

    Membership.objects.create(user=member, role=Role.CLERK, organization=dispute.organization)
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert remind(day(19)) == []


def test_nobody_is_reminded_of_more_than_can_be_read_in_a_day(
    member: User, committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_A_DAY", 2)
    for on in (26, 24, 25):
        log_dispute(committee, date(2024, 5, on))
    wish(member, days=[7])

    assert [end for _, end in remind(day(19))] == [day(24), day(25)]
    assert remind(day(19)) == []


def test_what_is_forgotten_is_not_raised_again(member: User, dispute: Case) -> None:
    wish(member, days=[60])
    remind(day(1))

    assert forget_reminders(now=noon(date(2024, 8, 30))) == 0
    assert forget_reminders(now=noon(date(2024, 8, 31))) == 1
    assert remind(date(2024, 8, 31)) == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(member: User, dispute: Case) -> None:
    wish(member)

    def second() -> int:
        try:
            return raise_due(now=noon(day(19)), limit=10)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = raise_due(now=noon(day(19)), limit=10)
            other = pool.submit(second)
            wait_until_someone_waits()
        assert (first, other.result(timeout=10)) == (1, 0)
    assert DueReminder.objects.count() == 1


def wait_until_someone_waits() -> None:
    """Until another connection stands before what this one has written."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited")

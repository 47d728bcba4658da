"""What joins much with much is not planned for few, also before the planner has counted any."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from casetrack.cases.models import Milestone
from casetrack.lib.databases import without_nested_loops
from casetrack.organizations.models import Organization
from tests.stats.world import log

pytestmark = pytest.mark.django_db
UNCOUNTED = "SELECT pg_clear_relation_stats('public', 'cases_milestone')"


def test_a_join_of_milestones_that_nobody_has_counted_is_hashed_or_merged(village_committee: Organization) -> None:
    log("mediation", village_committee, ("register", date(2024, 3, 5), {"category": "neighbour"}))
    received = Milestone.objects.filter(kind="mediation", name="received").values("case")
    together = Milestone.objects.filter(kind="mediation", case__in=received)
    with connection.cursor() as cursor:
        cursor.execute(UNCOUNTED)

    with transaction.atomic():
        with without_nested_loops():
            inside = together.explain()
        after = together.explain()

    assert "Nested Loop" not in inside
    assert "Nested Loop" in after


def loops() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_holds_as_long_and_no_longer() -> None:
    with without_nested_loops():
        inside = loops()
    after = loops()
    with pytest.raises(ZeroDivisionError), without_nested_loops():
        raise ZeroDivisionError

    assert (inside, after, loops()) == ("off", "on", "on")


def test_in_a_transaction_that_failed_the_failure_is_what_is_told() -> None:
    with (
        pytest.raises(ProgrammingError, match="no_such_table"),
        transaction.atomic(),
        without_nested_loops(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM no_such_table")

    assert loops() == "on"

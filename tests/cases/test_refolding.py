"""After an upgrade cases get what the new declarations make of their events, and nothing else changes."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casetrack.cases.models import Case, CaseEvent, Milestone, Unsettled
from casetrack.cases.refolding import refold
from casetrack.cases.verification import differences
from casetrack.organizations.divisions import NATION
from casetrack.organizations.models import Organization
from tests.cases.logging import log_dispute

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(committee: Organization) -> tuple[Case, Case]:
    """Two cases, one as a release left it that knew no milestone of its acceptance."""
    older, newer = log_dispute(committee, date(2024, 3, 1)), log_dispute(committee, date(2024, 3, 2))
    Milestone.objects.filter(case=older, name="accepted").delete()
    Unsettled.objects.all().delete()
    return older, newer


def test_only_what_comes_out_otherwise_is_written_and_its_month_marked(behind: tuple[Case, Case]) -> None:
    older, newer = behind
    kept = set(Milestone.objects.filter(case=newer).values_list("pk", flat=True))
    events = list(CaseEvent.objects.order_by("pk").values_list("pk", "hash"))

    done = refold(region=NATION)

    assert (done.seen, done.changed, done.refused) == (2, 1, {})
    assert Milestone.objects.filter(case=older, name="accepted").count() == 1
    assert set(Milestone.objects.filter(case=newer).values_list("pk", flat=True)) == kept
    assert list(CaseEvent.objects.order_by("pk").values_list("pk", "hash")) == events
    assert set(Unsettled.objects.values_list("month", flat=True)) == {date(2024, 3, 1)}
    assert list(differences(Case.objects.select_related("organization"))) == []


def test_a_second_run_finds_nothing_to_do(behind: tuple[Case, Case]) -> None:
    refold(region=NATION)

    assert refold(region=NATION).changed == 0


def test_a_case_whose_chain_is_broken_is_named_and_left_alone(behind: tuple[Case, Case]) -> None:
    older, _ = behind
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_caseevent DISABLE TRIGGER append_only")
        cursor.execute("UPDATE cases_caseevent SET occurred_on = '2024-02-28' WHERE case_id = %s", [older.pk])
        cursor.execute("ALTER TABLE cases_caseevent ENABLE TRIGGER append_only")
    said = StringIO()

    with pytest.raises(CommandError, match="1件案件未能推算"):
        call_command("refold", stdout=StringIO(), stderr=said)

    assert older.number in said.getvalue()
    assert not Milestone.objects.filter(case=older, name="accepted").exists()

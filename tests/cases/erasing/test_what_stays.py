"""Figures, dates and the chain of digests stay as they were, and nobody changes them under cover of an erasure."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from casetrack.accounts.models import User
from casetrack.cases.chain import digest_of
from casetrack.cases.erasing import words
from casetrack.cases.models import Case, CaseEvent, ErasedEvent, Milestone
from casetrack.cases.refolding import refold
from casetrack.cases.verification import differences
from casetrack.organizations.divisions import NATION
from casetrack.stats import rollup
from casetrack.stats.models import CellBlock
from tests.api.conftest import World
from tests.cases.erasing.asking import erased

pytestmark = pytest.mark.django_db


def cells() -> list[str]:
    while rollup.settle():
        pass
    return sorted(
        repr(row) for row in CellBlock.objects.values_list("region_code", "kind", "breakdown", "names", "cases")
    )


def test_the_chain_and_the_figures_are_what_they_were(case: Case, world: World, admin: User) -> None:
    chain = CaseEvent.objects.order_by("pk").values_list("hash", "previous_hash", "occurred_on")
    before = (cells(), list(chain.all()))

    erased(case, world, admin)

    assert (
        cells(),
        list(CaseEvent.objects.order_by("pk").values_list("hash", "previous_hash", "occurred_on")),
    ) == before
    assert list(differences(Case.objects.all())) == []
    call_command("verify", stdout=StringIO())


def test_after_an_upgrade_an_erased_case_is_folded_as_any_other(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)
    text = Case.objects.get(pk=case.pk).search_text
    Milestone.objects.filter(case=case, name="closed").delete()

    done = refold(region=NATION)

    assert (done.changed, done.refused) == (1, {})
    assert Milestone.objects.filter(case=case, name="closed").count() == 1
    assert Case.objects.get(pk=case.pk).search_text == text
    assert list(differences(Case.objects.all())) == []


def raw(statement: str, *values: int, erasing: int = 0) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if erasing:
            cursor.execute("SELECT set_config(%s, %s, true)", [words.ERASING, str(erasing)])
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "change",
    [
        "occurred_on = '2024-01-01'",
        'facts = facts || \'{"category": "labour"}\'',
        "facts = facts - 'category'",
        'facts = facts || \'{"new": "已依法删除"}\'',
        "reason = '别的话'",
        "hash = repeat('0', 64)",
    ],
)
def test_while_it_erases_the_trigger_lets_words_go_and_nothing_else(case: Case, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        raw(f"UPDATE cases_caseevent SET {change} WHERE case_id = %s", case.pk, erasing=case.pk)
    with pytest.raises(DatabaseError, match="append-only"):
        raw("UPDATE cases_caseevent SET reason = '已依法删除' WHERE reason <> ''")


def test_who_changes_an_event_under_the_cover_of_an_erasure_is_found(case: Case, world: World, admin: User) -> None:
    erased(case, world, admin)
    event = ErasedEvent.objects.get().event
    event.occurred_on = date(2024, 3, 4)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("cases_caseevent", "cases_erasedevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_caseevent SET occurred_on = '2024-03-04' WHERE id = %s", [event.pk])
    assert [each.what for each in differences(Case.objects.filter(pk=case.pk))] == [f"第{event.sequence}号事件的摘要"]

    ErasedEvent.objects.update(left=digest_of(event))

    assert any("与审计记录不符" in said for said in words.differences())
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO())

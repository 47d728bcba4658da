"""Cells follow the log: whatever happens in between, and however often they are settled."""

from collections.abc import Callable
from threading import Thread, get_ident
from typing import Any

import pytest
from django.db import connection, transaction

from casetrack.cases.models import Unsettled
from casetrack.cases.operations import correct, retract
from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, recount, rollup
from casetrack.stats.answering import statistics
from casetrack.stats.models import Cell, CellBlock, UnsettledRegion
from casetrack.stats.questions import Basis
from tests.stats.world import CITY, NOW, QINAN, TOWN, VILLAGE, day, log, take, tamper_with_received

NATION = "000000000000"


def dispute(committee: Organization, on: str = "2024-03-05", category: str = "neighbour") -> Any:
    return log("mediation", committee, ("register", day(on), {"category": category}), ("accept", day(on)))


def received(code: str) -> int:
    answer = statistics(
        region=code,
        first=day("2024-01-01"),
        last=day("2024-12-31"),
        subjects=["mediation"],
        basis=Basis.CELLS,
    )
    figure = answer.find("mediation", "received")
    assert figure
    assert isinstance(figure.value, int)
    return figure.value


def in_a_thread(work: Callable[[], object]) -> None:
    """Do something on a connection of its own; an error there is no pass here."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert errors == []


def test_every_region_above_an_office_is_added_up(
    village_committee: Organization, gangu_committee: Organization
) -> None:
    dispute(village_committee)
    dispute(gangu_committee)

    rollup.settle()

    assert {code: received(code) for code in (VILLAGE, TOWN, QINAN, CITY, NATION)} == {
        VILLAGE: 1,
        TOWN: 1,
        QINAN: 1,
        CITY: 2,
        NATION: 2,
    }
    assert rollup.waiting() == 0


def test_settling_twice_changes_nothing(village_committee: Organization) -> None:
    dispute(village_committee)
    rollup.settle()
    before = contents()

    Unsettled.objects.create(organization=village_committee, kind="mediation", month=day("2024-03-01"))
    rollup.settle()

    assert contents() == before


def test_only_touched_months_are_counted_anew(village_committee: Organization) -> None:
    dispute(village_committee, "2024-03-05")
    rollup.settle()
    march = set(CellBlock.objects.filter(month=day("2024-03-01")).values_list("pk", flat=True))

    dispute(village_committee, "2024-04-05")
    rollup.settle()

    assert march <= set(CellBlock.objects.values_list("pk", flat=True))


def test_a_correction_moves_the_count_to_its_month(village_committee: Organization) -> None:
    case = dispute(village_committee, "2024-03-05")
    rollup.settle()

    registered = case.events.get(step="register")
    correct(
        event_id=registered.pk,
        on=day("2024-02-20"),
        facts={"category": "labour"},
        reason="登记日期有误",
        actor=None,
        now=NOW,
    )
    rollup.settle()

    cells = Cell.objects.filter(region_code=QINAN, name="received", breakdown="category,agreement")
    assert [(cell.month, cell.dimensions, cell.cases) for cell in cells] == [
        (day("2024-02-01"), {"category": "labour"}, 1)
    ]
    assert rebuilding.differences() == []


def test_a_retracted_step_leaves_no_cell(village_committee: Organization) -> None:
    case = dispute(village_committee)
    failed = take(case, "fail", day("2024-03-20"))
    rollup.settle()

    retract(event_id=failed.pk, reason="误录", actor=None, now=NOW)
    rollup.settle()

    assert not Cell.objects.filter(name="failed").exists()


def test_offices_are_taken_up_to_the_limit(village_committee: Organization, gangu_committee: Organization) -> None:
    dispute(village_committee)
    dispute(gangu_committee)

    rollup.settle(limit=1)

    assert Unsettled.objects.values("organization").distinct().count() == 1
    rollup.settle(limit=1)
    assert (received(NATION), rollup.waiting()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_an_event_logged_while_its_month_is_counted_is_counted_next(
    village_committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispute(village_committee)
    count = recount.offices

    def count_then_log_another(buckets: Any) -> Any:
        touched = count(buckets)
        in_a_thread(lambda: dispute(village_committee))  # and the clerk need not wait for the settler
        return touched

    monkeypatch.setattr(recount, "offices", count_then_log_another)
    rollup.settle()
    assert received(QINAN) == 1

    monkeypatch.setattr(recount, "offices", count)
    rollup.settle()
    assert (received(QINAN), rollup.waiting()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_an_event_logged_between_mark_and_count_is_counted_once(
    village_committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispute(village_committee)
    count = recount.offices

    def log_another_then_count(buckets: Any) -> Any:
        in_a_thread(lambda: dispute(village_committee))
        return count(buckets)

    monkeypatch.setattr(recount, "offices", log_another_then_count)
    rollup.settle()
    monkeypatch.setattr(recount, "offices", count)
    rollup.settle()

    assert (received(QINAN), rollup.waiting()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_a_region_changed_below_while_it_is_added_up_is_added_up_again(
    village_committee: Organization, gangu_committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another settler brings in Gangu while this one adds up the city: the mark it leaves outlives this count."""
    dispute(village_committee)
    add_up = recount.regions

    def add_up_then_let_another_settle(buckets: Any) -> Any:
        touched = add_up(buckets)
        if any(code == CITY for code, _, _ in buckets):
            monkeypatch.setattr(recount, "regions", add_up)
            dispute(gangu_committee)
            in_a_thread(rollup.settle)
        return touched

    monkeypatch.setattr(recount, "regions", add_up_then_let_another_settle)
    rollup.settle()
    rollup.settle()

    assert (received(CITY), rollup.waiting(), rebuilding.differences()) == (2, 0, [])


@pytest.mark.django_db(transaction=True)
def test_an_office_that_another_settles_is_passed_over(
    village_committee: Organization, gangu_committee: Organization
) -> None:
    dispute(village_committee)
    dispute(gangu_committee)

    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=village_committee.pk)
        in_a_thread(rollup.settle)

    assert set(Unsettled.objects.values_list("organization", flat=True)) == {village_committee.pk}
    assert received(CITY) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", ["offices", "regions"])
def test_a_crash_leaves_its_marks(village_committee: Organization, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    dispute(village_committee)
    real = getattr(recount, at)

    def crash(buckets: Any) -> Any:
        real(buckets)
        raise KeyboardInterrupt

    monkeypatch.setattr(recount, at, crash)
    with pytest.raises(KeyboardInterrupt):
        rollup.settle()
    assert rollup.waiting() > 0

    monkeypatch.setattr(recount, at, real)
    rollup.settle()
    assert (received(NATION), rollup.waiting(), rebuilding.differences()) == (1, 0, [])


def test_a_rebuild_gives_the_same_cells(village_committee: Organization, petition_office: Organization) -> None:
    dispute(village_committee)
    log("petition", petition_office, ("register", day("2024-03-05"), {"channel": "visit"}))
    rollup.settle()
    before = contents()

    CellBlock.objects.filter(region_code=QINAN).delete()
    rebuilding.rebuild(region=QINAN)

    assert contents() == before
    assert (Unsettled.objects.count(), UnsettledRegion.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_much_to_count_is_shared_between_connections(
    village_committee: Organization,
    gangu_committee: Organization,
    petition_office: Organization,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dispute(village_committee)
    dispute(gangu_committee)
    log("petition", petition_office, ("register", day("2024-03-05"), {"channel": "visit"}))
    counted_by: list[int] = []
    real = recount.offices

    def noting(buckets: Any) -> Any:
        counted_by.append(get_ident())
        return real(buckets)

    monkeypatch.setattr(rollup, "FEW_OFFICES", 1)
    monkeypatch.setattr(rollup, "FEW_REGIONS", 1)
    monkeypatch.setattr(recount, "offices", noting)

    rollup.settle(limit=2)
    left = Unsettled.objects.values("organization").distinct().count()
    rollup.settle()

    assert left == 1
    assert [thread == get_ident() for thread in counted_by] == [True, False, True]
    assert (received(NATION), rollup.waiting(), rebuilding.differences()) == (2, 0, [])


def test_a_cell_that_was_tampered_with_is_found(village_committee: Organization) -> None:
    dispute(village_committee)
    rollup.settle()

    tamper_with_received(QINAN, to=7)

    found = rebuilding.differences(region=QINAN)
    assert [("7件" in line, "1件" in line) for line in found] == [(True, False), (False, True)]


def contents() -> list[tuple[object, ...]]:
    fields = [field.attname for field in Cell._meta.concrete_fields if field.name != "block_id"]
    return sorted(map(tuple, Cell.objects.values_list(*fields)), key=repr)

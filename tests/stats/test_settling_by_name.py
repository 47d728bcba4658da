"""A mark names the milestones that changed: these are counted anew in their months, and all others stay as they are."""

from casetrack.cases.models import Unsettled
from casetrack.cases.operations import correct, retract
from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, rollup
from casetrack.stats.buckets import together
from casetrack.stats.dimensions import held_in, name_of
from casetrack.stats.models import Cell, CellBlock, Durations, UnsettledRegion
from tests.stats.test_settling import dispute
from tests.stats.world import NOW, QINAN, VILLAGE, day, log, take, tamper_with_received

MARCH = day("2024-03-01")
FACTS = {"channel": "visit", "purpose": "appeal"}


def told_of(code: str, name: str) -> int:
    """What a region's own cells say of a name, in the breakdown that totals are read from."""
    totals = name_of(held_in("mediation", ()) or ())
    cells = Cell.objects.filter(region_code=code, organization=None, kind="mediation", name=name, breakdown=totals)
    return sum(cells.values_list("cases", flat=True))


def block_of(office: Organization) -> CellBlock:
    return CellBlock.objects.get(organization=office, month=MARCH)


def test_a_step_marks_its_month_once_with_the_names_it_counts_under(village_committee: Organization) -> None:
    case = dispute(village_committee)
    Unsettled.objects.all().delete()

    take(case, "withdraw", day("2024-03-20"))

    assert list(Unsettled.objects.values_list("month", "names")) == [(MARCH, ["closed", "withdrawn"])]


def test_what_a_step_does_not_change_is_not_counted_again(village_committee: Organization) -> None:
    case = dispute(village_committee)
    rollup.settle()
    tamper_with_received(QINAN, to=7)
    block = block_of(village_committee)
    CellBlock.objects.filter(pk=block.pk).update(cents=[88] * len(block.names))

    take(case, "withdraw", day("2024-03-20"))
    rollup.settle()

    block = block_of(village_committee)
    cents = dict(zip(block.names, block.cents, strict=True))
    assert cents == {"received": 88, "accepted": 88, "closed": 0, "withdrawn": 0}
    assert [told_of(QINAN, name) for name in ("received", "accepted", "closed", "withdrawn")] == [7, 1, 1, 1]


def test_a_mark_without_names_has_the_whole_month_counted(village_committee: Organization) -> None:
    case = dispute(village_committee)
    rollup.settle()
    tamper_with_received(QINAN, to=7)

    take(case, "withdraw", day("2024-03-20"))
    Unsettled.objects.create(organization=village_committee, kind="mediation", month=MARCH)
    rollup.settle()

    assert [told_of(QINAN, name) for name in ("received", "withdrawn")] == [1, 1]
    assert rebuilding.differences() == []


def test_the_region_above_is_marked_with_the_same_names(village_committee: Organization) -> None:
    case = dispute(village_committee)
    rollup.settle()

    take(case, "withdraw", day("2024-03-20"))
    rollup.settle_offices(10)

    marks = UnsettledRegion.objects.values_list("region", "month", "names")
    assert list(marks) == [(QINAN, MARCH, ["closed", "withdrawn"])]


def test_the_marks_of_a_month_are_taken_together() -> None:
    county, city = (QINAN, "mediation", MARCH), (VILLAGE, "mediation", MARCH)

    found = together([(*county, ["closed"]), (*city, ["closed"]), (*county, ["received"]), (*city, None)])
    still = together([(*city, None), (*city, ["closed"])])

    assert found == {county: frozenset({"closed", "received"}), city: None}
    assert still == {city: None}


def test_another_session_of_the_same_day_is_counted_as_well(village_committee: Organization) -> None:
    """To figures the two are the same milestone, twice."""
    case = dispute(village_committee)
    take(case, "session", day("2024-03-11"))
    rollup.settle()

    take(case, "session", day("2024-03-11"))
    rollup.settle()

    assert (told_of(QINAN, "sessions"), rebuilding.differences()) == (2, [])


def test_a_name_that_no_case_has_any_more_is_gone_beside_those_that_stay(village_committee: Organization) -> None:
    case = dispute(village_committee)
    withdrawn = take(case, "withdraw", day("2024-03-20"))
    rollup.settle()

    retract(event_id=withdrawn.pk, reason="误录", actor=None, now=NOW)
    rollup.settle()

    assert set(Cell.objects.filter(month=MARCH).values_list("name", flat=True)) == {"received", "accepted"}
    assert set(Durations.objects.filter(month=MARCH).values_list("name", flat=True)) == {"accepted"}
    assert rebuilding.differences() == []


def test_a_month_of_which_the_last_milestone_is_gone_has_no_block(village_committee: Organization) -> None:
    case = dispute(village_committee)
    withdrawn = take(case, "withdraw", day("2024-04-20"))
    rollup.settle()

    retract(event_id=withdrawn.pk, reason="误录", actor=None, now=NOW)
    rollup.settle()

    assert not CellBlock.objects.filter(month=day("2024-04-01")).exists()
    assert rebuilding.differences() == []


def test_a_case_that_becomes_restricted_leaves_the_other_cells(petition_office: Organization) -> None:
    """All its names change, in both: in the cells that everybody may see, and in those of the cleared."""
    case, _ = [log("petition", petition_office, ("register", day("2024-03-05"), FACTS)) for _ in range(2)]
    rollup.settle()

    correct(
        event_id=case.events.get().pk,
        on=day("2024-03-05"),
        facts=FACTS | {"purpose": "accusation"},
        reason="目的误登",
        actor=None,
        now=NOW,
    )
    rollup.settle()

    office = Cell.objects.filter(organization=petition_office, name="received")
    assert sorted(office.values_list("restricted", "cases")) == [(False, 1), (True, 1)]
    assert rebuilding.differences() == []


def test_what_was_kept_under_other_dimensions_is_counted_whole(village_committee: Organization) -> None:
    case = dispute(village_committee)
    rollup.settle()
    block = block_of(village_committee)
    CellBlock.objects.filter(pk=block.pk).update(dims=["category"], keys=["neighbour"] * len(block.names))

    take(case, "withdraw", day("2024-03-20"))
    rollup.settle()

    assert block_of(village_committee).dims == block.dims
    assert rebuilding.differences() == []

"""Figures of what someone may see: accusations apart, and never more than their lists show."""

from collections.abc import Sequence
from functools import partial

import pytest

from casetrack.kinds.base import Fact
from casetrack.organizations.divisions import code_range
from casetrack.organizations.models import Organization, OrganizationKind, Region
from casetrack.organizations.scope import Clearance, Grant, Scope
from casetrack.stats import rebuilding, rollup
from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer
from casetrack.stats.models import CellBlock
from casetrack.stats.questions import Basis
from tests.stats.world import CITY, GANGU, QINAN, day, log

FIRST, LAST = day("2024-01-01"), day("2024-12-31")


def petition(office: Organization, purpose: str, persons: int = 1) -> None:
    facts: dict[str, Fact] = {"channel": "letter", "purpose": purpose, "persons": persons}
    log("petition", office, ("register", day("2024-03-05"), facts))


@pytest.fixture
def petitions(petition_office: Organization) -> Organization:
    """Of 秦安县: three accusations by seven people, and two appeals."""
    for persons in (1, 2, 4):
        petition(petition_office, "accusation", persons)
    petition(petition_office, "appeal")
    petition(petition_office, "appeal")
    rollup.settle()
    return petition_office


def in_region(code: str, *, cleared: bool = False, kinds: Sequence[str] = ()) -> Grant:
    return Grant("clerk", code_range(code), kinds=frozenset(kinds), cleared=cleared)


def in_office(office: Organization, *, cleared: bool = False) -> Grant:
    return Grant("clerk", None, frozenset({office.pk}), cleared=cleared)


def received(answer: Answer, **dimensions: str) -> object:
    found = answer.find("petition", "received", **dimensions)
    return found and found.value


ask = partial(statistics, first=FIRST, last=LAST, subjects=["petition"])


@pytest.mark.parametrize("region", [QINAN, CITY])
def test_the_cells_of_a_region_give_each_the_sums_of_what_they_may_see(petitions: Organization, region: str) -> None:
    cleared = ask(region=region, scope=Scope(grants=(in_region(CITY, cleared=True),)))
    uncleared = ask(region=region, scope=Scope(grants=(in_region(CITY),)))

    assert (received(cleared), received(uncleared)) == (5, 2)
    assert (cleared.restricted, uncleared.restricted) == (Clearance.WHOLE, Clearance.NONE)
    assert cleared.basis == uncleared.basis == Basis.CELLS


def test_breakdowns_and_other_sums_leave_accusations_out_alike(petitions: Organization) -> None:
    answer = ask(region=QINAN, by=[["purpose"]], scope=Scope(grants=(in_region(QINAN),)))

    assert (received(answer, purpose="accusation"), received(answer, purpose="appeal")) == (0, 2)
    persons = answer.find("petition", "persons")
    assert persons
    assert persons.value == 2


def test_who_runs_the_command_gets_all_of_them_and_no_remark(petitions: Organization) -> None:
    answer = ask(region=QINAN)

    assert (received(answer), answer.restricted) == (5, Clearance.WHOLE)
    assert "restricted" not in answer.as_dict()


def test_the_answer_says_that_accusations_are_left_out(petitions: Organization) -> None:
    said = ask(region=QINAN, scope=Scope(grants=(in_region(QINAN),))).as_dict()

    assert said["restricted"] == "left_out"


def test_where_there_can_be_no_accusations_none_are_said_to_be_left_out(petitions: Organization) -> None:
    answer = statistics(
        region=QINAN, first=FIRST, last=LAST, subjects=["mediation"], scope=Scope(grants=(in_region(QINAN),))
    )

    assert answer.restricted is Clearance.WHOLE


def test_a_clearance_for_a_part_of_the_place_is_answered_case_by_case(
    petitions: Organization, regions: dict[str, Region]
) -> None:
    elsewhere = Organization.objects.create(
        region=regions[GANGU], county=regions[GANGU], name="甘谷县信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    petition(elsewhere, "accusation")
    rollup.settle()

    of_region = ask(region=CITY, scope=Scope(grants=(in_region(CITY), in_region(QINAN, cleared=True))))
    of_office = ask(region=CITY, scope=Scope(grants=(in_region(CITY), in_office(elsewhere, cleared=True))))

    assert (received(of_region), received(of_office)) == (5, 3)
    assert of_region.basis == of_office.basis == Basis.EVENTS
    assert of_region.restricted is of_office.restricted is Clearance.PARTLY


def test_a_clearance_elsewhere_or_for_other_cases_changes_nothing_here(petitions: Organization) -> None:
    elsewhere = Scope(grants=(in_region(QINAN), in_region(GANGU, cleared=True)))
    of_others = Scope(grants=(in_region(QINAN), in_region(CITY, cleared=True, kinds=["mediation"])))

    for answer in (ask(region=QINAN, scope=elsewhere), ask(region=QINAN, scope=of_others)):
        assert (received(answer), answer.basis, answer.restricted) == (2, Basis.CELLS, Clearance.NONE)


def test_an_office_that_moved_shows_a_county_only_what_it_had_there(
    petitions: Organization, regions: dict[str, Region]
) -> None:
    petitions.region = regions[GANGU]
    petitions.save()
    petition(petitions, "appeal")
    rollup.settle()

    whole = ask(organization=petitions.pk)
    of_county = ask(organization=petitions.pk, scope=Scope(grants=(in_region(GANGU, cleared=True),)))

    assert (received(whole), received(of_county), of_county.basis) == (6, 1, Basis.CELLS)


def test_a_region_that_is_open_in_part_is_never_answered_from_its_sums(petitions: Organization) -> None:
    answer = ask(region=CITY, scope=Scope(grants=(in_office(petitions),)))

    assert (received(answer), answer.basis) == (2, Basis.EVENTS)


def test_a_cell_in_the_wrong_drawer_is_noticed(petitions: Organization) -> None:
    own = CellBlock.objects.filter(region_code=QINAN, organization=None)
    own.filter(breakdown="channel,outcome", restricted=True).update(restricted=False)

    found = rebuilding.differences(region=QINAN)

    assert "统计单元缺少：620522000000 petition.received（限制知悉） 2024-03 [channel,outcome] letter| 3件" in found

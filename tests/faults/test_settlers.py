"""Settlers killed between any two of their steps, and settlers that meet: everything is counted, once."""

import pytest

from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, rollup
from tests.faults.held import held, killed_at, stopped_at
from tests.faults.world import NATION, PROVINCE, received
from tests.stats.test_settling import dispute
from tests.stats.world import CITY, GANGU, QINAN

CELLS_OF = "SELECT FROM stats_cellblock WHERE region_code = %s AND organization_id IS NULL FOR UPDATE"
REGION = "SELECT FROM organizations_region WHERE code = %s FOR UPDATE"
"""What a mark for a region refers to; the reference is looked at when the transaction ends."""
OFFICES = {
    "the office is taken, its marks are not": ("LOCK TABLE cases_unsettled IN SHARE MODE", ()),
    "the marks are taken": ("LOCK TABLE stats_cellblock IN SHARE MODE", ()),
    "the milestones are about to be read": ("LOCK TABLE cases_milestone IN ACCESS EXCLUSIVE MODE", ()),
    "the old cells are about to go": ("SELECT FROM stats_cellblock WHERE organization_id IS NOT NULL FOR UPDATE", ()),
    "the cells are counted": ("LOCK TABLE stats_durations IN SHARE MODE", ()),
    "the days are counted": ("LOCK TABLE stats_seat IN SHARE MODE", ()),
    "the seats are noted": ("LOCK TABLE stats_unsettledregion IN SHARE MODE", ()),
    "the transaction is ending": (REGION, (QINAN,)),
    "the office is done, its county's marks are taken": (CELLS_OF, (QINAN,)),
    "the county is done, the city's marks are taken": (CELLS_OF, (CITY,)),
    "the city is done, the province's marks are taken": (CELLS_OF, (PROVINCE,)),
    "the province is done, the nation's marks are taken": (CELLS_OF, (NATION,)),
}
REGIONS = {
    "the county is taken, its marks are not": ("LOCK TABLE stats_unsettledregion IN SHARE MODE", ()),
    "the county's cells are added up, its days are not": ("LOCK TABLE stats_durations IN SHARE MODE", ()),
    "the county's transaction is ending": (REGION, (CITY,)),
}

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_settler_killed_between_any_two_steps_leaves_everything_to_be_counted_once(
    village_committee: Organization,
) -> None:
    dispute(village_committee)
    rollup.settle()
    logged = 1
    for point, (statement, parameters) in [*OFFICES.items(), *REGIONS.items()]:
        dispute(village_committee)
        logged += 1
        if point in REGIONS:
            rollup.settle_offices(10)

        killed_at(statement, parameters, rollup.settle)
        rollup.settle()

        assert (received(), point) == (dict.fromkeys((QINAN, CITY, PROVINCE, NATION), logged), point)
        assert (rollup.waiting(), rebuilding.differences(), point) == (0, [], point)


def test_settlers_that_meet_at_a_region_leave_no_mark_and_count_nothing_twice(
    village_committee: Organization, gangu_committee: Organization
) -> None:
    """One has taken the city's marks and goes on after another has brought the second county up to the city."""
    for committee in (village_committee, gangu_committee):
        dispute(committee)
    rollup.settle()
    dispute(village_committee)

    with held(CELLS_OF, CITY) as hold, stopped_at(hold, rollup.settle) as (first, _):
        dispute(gangu_committee)
        rollup.settle()
        assert received() == {QINAN: 2, GANGU: 2, CITY: 2, PROVINCE: 2, NATION: 2}
        assert rollup.waiting() > 0
        hold.let_go()
        assert first.ends_well()

    assert received() == {QINAN: 2, GANGU: 2, CITY: 4, PROVINCE: 4, NATION: 4}
    assert (rollup.waiting(), rebuilding.differences()) == (0, [])

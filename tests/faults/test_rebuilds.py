"""All cells counted anew beside others who settle, and killed in the middle: no month is ever there in two counts."""

import pytest

from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, rollup
from tests.faults.held import Worker, are_there, held, killed_at, stopped_at, waiting_for
from tests.faults.world import NATION, PROVINCE, received
from tests.stats.test_settling import dispute
from tests.stats.world import CITY, GANGU, QINAN
from tests.waiting import until

CELLS_OF_OFFICE = "SELECT FROM stats_cellblock WHERE organization_id = %s FOR UPDATE"
OFFICE = "SELECT FROM organizations_organization WHERE id = %s FOR UPDATE"
"""What cells refer to; the reference is looked at when the transaction ends."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counted(village_committee: Organization, gangu_committee: Organization) -> None:
    dispute(village_committee)
    dispute(gangu_committee)
    rollup.settle()


@pytest.mark.usefixtures("counted")
def test_what_is_logged_during_a_rebuild_is_settled_after_it(village_committee: Organization) -> None:
    with held(CELLS_OF_OFFICE, village_committee.pk) as hold, stopped_at(hold, rebuilding.rebuild) as (rebuild, there):
        dispute(village_committee)
        settler = Worker(rollup.settle)
        until(lambda: [pid for session in there for pid in waiting_for(session)])
        hold.let_go()
        assert rebuild.ends_well()
        assert settler.ends_well()

    assert received() == {QINAN: 2, GANGU: 1, CITY: 3, PROVINCE: 3, NATION: 3}
    assert (rollup.waiting(), rebuilding.differences()) == (0, [])


@pytest.mark.usefixtures("counted")
def test_a_rebuild_killed_in_the_middle_leaves_the_cells_as_they_were(village_committee: Organization) -> None:
    killed_at(CELLS_OF_OFFICE, [village_committee.pk], rebuilding.rebuild)

    assert received() == {QINAN: 1, GANGU: 1, CITY: 2, PROVINCE: 2, NATION: 2}
    assert rebuilding.differences() == []


@pytest.mark.usefixtures("counted")
def test_a_rebuild_killed_while_it_commits_is_waited_for(
    village_committee: Organization, gangu_committee: Organization
) -> None:
    """The database goes on committing for a process that is gone: whoever settles must not count beside it."""
    dispute(village_committee)

    with held(OFFICE, gangu_committee.pk) as hold, stopped_at(hold, rebuilding.rebuild) as (rebuild, committing):
        rebuild.kill()
        settler = Worker(rollup.settle)
        until(lambda: waiting_for(committing[0]))
        hold.let_go()
        until(lambda: not are_there(committing))
        assert settler.ends_well()

    assert received() == {QINAN: 2, GANGU: 1, CITY: 3, PROVINCE: 3, NATION: 3}
    assert (rollup.waiting(), rebuilding.differences()) == (0, [])

"""The month of a place at a glance: the figures that statistics give, and the regions just below it."""

from datetime import date

import pytest

from casetrack.cases.models import Case
from casetrack.organizations.choices import Role
from casetrack.organizations.models import CommitteeKind, Membership, Organization, OrganizationKind, Region
from casetrack.organizations.scope import scope_of
from casetrack.stats.closing.closing import close
from casetrack.stats.glance import Glance, glance
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, NOW, World, log_dispute, member, world
from tests.cases.logging import take

__all__ = ["world"]

TOWN, GANSU = "620503100000", "620000000000"
MARCH, TODAY = date(2024, 3, 1), date(2024, 6, 1)


@pytest.fixture
def disputes(world: World) -> list[Case]:
    """In March two in a town of the east district, one of them withdrawn, and one at the district itself."""
    town = Region.objects.create(code=TOWN, name="社棠镇", level="township", parent_id=EAST)
    committee = Organization.objects.create(
        region=town,
        county_id=EAST,
        name="社棠镇人民调解委员会",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.TOWNSHIP,
    )
    logged = [log_dispute(place, date(2024, 3, 5)) for place in (committee, committee, world.east)]
    take(logged[0], "withdraw", date(2024, 3, 9))
    return logged


def settled() -> None:
    while settle():
        pass


def east(user_role: Role = Role.SUPERVISOR, **more: object) -> Glance:
    scope = scope_of(member(f"east-{user_role}", user_role, region_id=EAST, **more))
    return glance(region=EAST, organization=None, month=MARCH, scope=scope, today=TODAY)


def test_a_county_sees_its_figures_and_its_towns(disputes: list[Case]) -> None:
    settled()

    found = east()

    (line,) = found.lines
    assert (line.kind, line.received, line.closed, line.pending) == ("mediation", 3, 1, 2)
    assert not line.received_change.comparable
    (town,) = found.regions
    assert (town.region.name, town.received, town.closed, town.overdue) == ("社棠镇", 2, 1, 1)
    assert [case.pk for case in found.overdue] == [disputes[1].pk, disputes[2].pk]
    assert (found.owed_number, found.owed_by_regions, found.report_due) == (2, False, date(2024, 4, 5))
    assert {(owing.name, owing.where) for owing in found.owed_by} == {
        ("社棠镇人民调解委员会", "社棠镇"),
        ("麦积区道北街道人民调解委员会", "麦积区"),
    }
    assert (found.settling, found.left_out) == (False, True)


def test_figures_that_wait_to_be_counted_are_said(disputes: list[Case]) -> None:
    assert east().settling


def test_who_sees_one_kind_sees_no_figure_of_another(disputes: list[Case]) -> None:
    settled()

    found = east(Role.STATISTICIAN, kinds=["petition"])

    assert (found.lines, found.overdue, found.overdue_number) == ((), (), 0)
    assert [(line.received, line.overdue) for line in found.regions] == [(0, 0)]


def test_an_office_sees_its_own_month_alone(world: World, disputes: list[Case]) -> None:
    settled()
    Membership.objects.filter(user=world.clerk_east).update(role=Role.SUPERVISOR)

    found = glance(region="", organization=world.east.pk, month=MARCH, scope=scope_of(world.clerk_east), today=TODAY)

    assert [(line.received, line.pending) for line in found.lines] == [(1, 1)]
    assert found.regions == ()
    assert [owing.name for owing in found.owed_by] == ["麦积区道北街道人民调解委员会"]


def test_a_province_awaits_the_regions_below_it(disputes: list[Case]) -> None:
    cleared = member("province", Role.SUPERVISOR, region_id=GANSU, cleared=True)
    scope = scope_of(cleared)

    before = glance(region=GANSU, organization=None, month=MARCH, scope=scope, today=TODAY)
    settled()
    close(region=CITY, month=MARCH, without_confirmations="本地尚未实行月报确认", actor=None, now=NOW)
    after = glance(region=GANSU, organization=None, month=MARCH, scope=scope, today=TODAY)

    assert ([owing.name for owing in before.owed_by], before.owed_by_regions) == (["天水市"], True)
    assert (after.owed_by, after.owed_number) == ((), 0)
    assert not after.left_out


def test_a_clearance_for_a_corner_changes_no_figure_of_the_whole(disputes: list[Case]) -> None:
    settled()
    user = member("corner", Role.SUPERVISOR, region_id=CITY)
    user.memberships.create(role=Role.HANDLER, region_id=EAST, cleared=True)

    found = glance(region=CITY, organization=None, month=MARCH, scope=scope_of(user), today=TODAY)

    assert [(line.received, line.closed) for line in found.lines] == [(3, 1)]
    assert found.left_out

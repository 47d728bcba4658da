"""A county with a village committee and its offices, as the cases know it."""

from datetime import UTC, date, datetime

import pytest

from casetrack.accounts.models import User
from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region
from tests.stats.conftest import regions, town_committee, village_committee

__all__ = ["regions", "town_committee", "village_committee"]

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def county(db: None) -> Region:
    nation = Region.objects.create(code="000000000000", name="全国", level="nation")
    province = Region.objects.create(code="620000000000", name="甘肃省", level="province", parent=nation)
    city = Region.objects.create(code="620500000000", name="天水市", level="prefecture", parent=province)
    return Region.objects.create(code="620522000000", name="秦安县", level="county", parent=city)


@pytest.fixture
def village(county: Region) -> Region:
    town = Region.objects.create(code="620522100000", name="兴国镇", level="township", parent=county)
    return Region.objects.create(code="620522100201", name="兴国镇第1村", level="village", parent=town)


@pytest.fixture
def committee(county: Region, village: Region) -> Organization:
    return Organization.objects.create(
        region=village,
        county=county,
        name="兴国镇第1村人民调解委员会",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.VILLAGE,
        active_from=date(2012, 3, 1),
    )


@pytest.fixture
def petition_office(county: Region) -> Organization:
    return Organization.objects.create(
        region=county, county=county, name="秦安县信访局", kind=OrganizationKind.PETITION_OFFICE
    )


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk", display_name="王敏")

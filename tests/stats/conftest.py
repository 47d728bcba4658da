"""A city with two counties; in 秦安县 a town and a village, with committees and the county's offices."""

from datetime import date

import pytest

from casetrack.cases.models import Case
from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region
from casetrack.organizations.regions import ensure_regions
from casetrack.stats import rollup
from tests.stats.world import CITY, GANGU, QINAN, TOWN, VILLAGE, day, log

NAMES = {CITY: "天水市", QINAN: "秦安县", GANGU: "甘谷县", TOWN: "兴国镇", VILLAGE: "兴国镇第1村"}


@pytest.fixture
def regions(db: None) -> dict[str, Region]:
    ensure_regions(names=NAMES)
    return Region.objects.in_bulk()


@pytest.fixture
def village_committee(regions: dict[str, Region]) -> Organization:
    return committee(regions, VILLAGE, "兴国镇第1村人民调解委员会", CommitteeKind.VILLAGE)


@pytest.fixture
def town_committee(regions: dict[str, Region]) -> Organization:
    return committee(regions, TOWN, "兴国镇人民调解委员会", CommitteeKind.TOWNSHIP)


@pytest.fixture
def gangu_committee(regions: dict[str, Region]) -> Organization:
    return committee(regions, GANGU, "甘谷县人民调解委员会", CommitteeKind.COUNTY_CENTRE)


@pytest.fixture
def petition_office(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.PETITION_OFFICE, "秦安县信访局")


@pytest.fixture
def reconsideration_office(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.RECONSIDERATION_OFFICE, "秦安县行政复议机构")


@pytest.fixture
def litigation_office(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.LITIGATION_OFFICE, "秦安县行政应诉机构")


@pytest.fixture
def legal_aid_centre(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.LEGAL_AID_CENTRE, "秦安县法律援助中心")


@pytest.fixture
def bureau(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.JUSTICE_BUREAU, "秦安县司法局")


@pytest.fixture
def gangu_bureau(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.JUSTICE_BUREAU, "甘谷县司法局", GANGU)


@pytest.fixture
def city_bureau(regions: dict[str, Region]) -> Organization:
    return office(regions, OrganizationKind.JUSTICE_BUREAU, "天水市司法局", CITY)


@pytest.fixture
def dispute(village_committee: Organization) -> Case:
    """Received and accepted in March."""
    case = log(
        "mediation",
        village_committee,
        ("register", day("2024-03-05"), {"category": "neighbour"}),
        ("accept", day("2024-03-06")),
    )
    rollup.settle()
    return case


@pytest.fixture
def offices(
    village_committee: Organization,
    town_committee: Organization,
    gangu_committee: Organization,
    petition_office: Organization,
    reconsideration_office: Organization,
    litigation_office: Organization,
    legal_aid_centre: Organization,
) -> list[Organization]:
    return [
        village_committee,
        town_committee,
        gangu_committee,
        petition_office,
        reconsideration_office,
        litigation_office,
        legal_aid_centre,
    ]


def committee(regions: dict[str, Region], code: str, name: str, kind: CommitteeKind) -> Organization:
    return Organization.objects.create(
        region=regions[code],
        county=regions[code[:6] + "000000"],
        name=name,
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=kind,
        active_from=date(2012, 3, 1),
    )


def office(regions: dict[str, Region], kind: OrganizationKind, name: str, place: str = QINAN) -> Organization:
    return Organization.objects.create(region=regions[place], county=regions[place], name=name, kind=kind)

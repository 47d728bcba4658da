"""The regions and offices that generated cases belong to: those that are there, or a plausible tree made now."""

from collections.abc import Iterator
from datetime import date

from casetrack.organizations import divisions
from casetrack.organizations.divisions import Level, level_of, prefix_of
from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region
from casetrack.organizations.operations import (
    OrganizationRow,
    ensure_offices,
    ensure_region,
    ensure_regions,
    load_organizations,
)
from casetrack.organizations.regions import public_names

COUNTIES = {91: "甲县", 92: "乙县", 93: "丙县", 94: "丁区"}  # numbers that no real county has
TOWNS = ("城关镇", "东河镇", "西岭镇", "南坪乡", "北原乡", "柳林镇")
VILLAGES = ("前进村", "新民村", "石桥村", "红光社区", "幸福社区")
PREFECTURES = 4  # in a province, and as many provinces in the nation
OWN_COMMITTEES = {
    "{county}矛盾纠纷调解中心人民调解委员会": CommitteeKind.COUNTY_CENTRE,
    "{county}医疗纠纷人民调解委员会": CommitteeKind.PROFESSIONAL,
    "{county}道路交通事故人民调解委员会": CommitteeKind.PROFESSIONAL,
    "{county}物业纠纷人民调解委员会": CommitteeKind.PROFESSIONAL,
    "{county}工商联人民调解委员会": CommitteeKind.SOCIAL,
    "{county}经济开发区人民调解委员会": CommitteeKind.ENTERPRISE,
}


class PlaceRefused(Exception):
    """Cases of all kinds were asked of a place that has no office for them."""


def ensure_places(region_code: str, *, first: date) -> list[Organization]:
    """The organizations of a region that could take cases from `first` on, made where there are none."""
    if level_of(region_code) in (Level.TOWNSHIP, Level.VILLAGE):
        raise PlaceRefused(f"{region_code}是乡级或村级区划，不设信访、复议、应诉和法律援助机构，请用县级以上区划代码")
    ensure_region(code=region_code)
    for county in counties_in(region_code):
        ensure_offices(region=county)
        committees = Organization.objects.under(county.code).filter(kind=OrganizationKind.MEDIATION_COMMITTEE)
        if not committees.exists():
            load_organizations(county=county, rows=list(committees_of(county)))
    return list(
        Organization.objects.under(region_code)
        .active_on(first)
        .filter(active_to=None, settled_on=None)
        .select_related("region", "county")
        .order_by("pk")
    )


def counties_in(region_code: str) -> list[Region]:
    """The region itself, where it is a county; else the counties that are known in it, or some made now."""
    known = Region.objects.under(region_code).at(Level.COUNTY).order_by("code")
    if not known.exists():
        ensure_regions(names=dict(new_counties(region_code)))
    return list(known)


def new_counties(region_code: str) -> Iterator[tuple[str, str]]:
    for prefecture in prefectures_in(region_code):
        for number, name in COUNTIES.items():
            yield f"{prefix_of(prefecture)}{number}".ljust(divisions.DIGITS, "0"), name


def prefectures_in(region_code: str) -> list[str]:
    """A few of the public ones."""
    if level_of(region_code) is Level.PREFECTURE:
        return [region_code]
    public = [code for code in sorted(public_names()) if divisions.is_under(code, region_code)]
    if level_of(region_code) is Level.NATION:
        provinces = [code for code in public if level_of(code) is Level.PROVINCE][:PREFECTURES]
        return [code for province in provinces for code in prefectures_in(province)]
    found = [code for code in public if level_of(code) is Level.PREFECTURE][:PREFECTURES]
    return found or [f"{prefix_of(region_code)}01".ljust(divisions.DIGITS, "0")]  # 台湾、香港、澳门 list none


def committees_of(county: Region) -> Iterator[OrganizationRow]:
    """A centre and professional committees in the county, one committee in each town and in each of its villages."""
    for pattern, kind in OWN_COMMITTEES.items():
        yield OrganizationRow(pattern.format(county=county.name), county.code, kind)
    for town_number, town in enumerate(TOWNS, start=100):
        code = f"{prefix_of(county.code)}{town_number}"
        yield OrganizationRow(f"{town}人民调解委员会", code.ljust(divisions.DIGITS, "0"), CommitteeKind.TOWNSHIP)
        yield from villages_of(code, town)


def villages_of(code: str, town: str) -> Iterator[OrganizationRow]:
    for number, village in enumerate(VILLAGES, start=201):
        kind = CommitteeKind.COMMUNITY if village.endswith("社区") else CommitteeKind.VILLAGE
        yield OrganizationRow(f"{town}{village}人民调解委员会", f"{code}{number}", kind)

"""The offices that no register names."""

import pytest

from casetrack.organizations.models import Organization, OrganizationKind, Region
from casetrack.organizations.operations import (
    OfficesRefused,
    OrganizationRow,
    ensure_offices,
    ensure_organization,
    ensure_region,
)
from tests.organizations.world import QINAN, XINGGUO


def test_a_county_has_its_offices(qinan: Region) -> None:
    offices = ensure_offices(region=qinan)

    assert {kind.value: office.name for kind, office in offices.items()} == {
        "petition_office": "秦安县信访局",
        "reconsideration_office": "秦安县司法局（行政复议机构）",
        "litigation_office": "秦安县行政应诉工作机构",
        "legal_aid_centre": "秦安县法律援助中心",
    }


def test_the_offices_are_made_once(qinan: Region) -> None:
    first = ensure_offices(region=qinan)

    assert ensure_offices(region=qinan) == first
    assert Organization.objects.count() == 4


def test_an_office_that_a_register_named_is_kept(qinan: Region) -> None:
    row = OrganizationRow(name="秦安县信访工作局", region_code=QINAN, kind=OrganizationKind.PETITION_OFFICE)
    named, _ = ensure_organization(county=qinan, row=row)

    assert ensure_offices(region=qinan)[OrganizationKind.PETITION_OFFICE] == named


@pytest.mark.django_db
def test_offices_made_before_the_region_had_a_name_are_called_by_it_later() -> None:
    unnamed, _ = ensure_region(code=QINAN)
    ensure_offices(region=unnamed)

    region, _ = ensure_region(code=QINAN, name="秦安县")

    assert ensure_offices(region=region)[OrganizationKind.PETITION_OFFICE].name == "秦安县信访局"
    assert Organization.objects.filter(name__contains="信访局").count() == 1


def test_a_town_has_no_offices(qinan: Region) -> None:
    town, _ = ensure_region(code=XINGGUO, name="兴国镇")

    with pytest.raises(OfficesRefused, match="县级以上"):
        ensure_offices(region=town)

"""The offices whose clocks are counted anew."""

import pytest

from casetrack.organizations.models import Organization, OrganizationKind, Region


@pytest.fixture
def reviewers(county: Region) -> Organization:
    kind = OrganizationKind.RECONSIDERATION_OFFICE
    return Organization.objects.create(region=county, county=county, name="秦安县司法局", kind=kind)

"""A county whose register is known, and what the tests of imports need of it."""

import pytest

from casetrack.organizations.models import Organization, Region


@pytest.fixture
def registered(county: Region, committee: Organization) -> Organization:
    """The committee of the county's register, in whose name disputes are sent."""
    return committee

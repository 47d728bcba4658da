"""The counties of the small world, and a committee in one."""

import pytest

from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region
from casetrack.organizations.operations import ensure_region
from tests.organizations.world import DIDAO, GANGU, QINAN, XINGGUO


@pytest.fixture
def qinan(db: None) -> Region:
    return ensure_region(code=QINAN, name="秦安县")[0]


@pytest.fixture
def gangu(db: None) -> Region:
    return ensure_region(code=GANGU, name="甘谷县")[0]


@pytest.fixture
def didao(db: None) -> Region:
    return ensure_region(code=DIDAO, name="滴道区")[0]


@pytest.fixture
def committee(qinan: Region) -> Organization:
    town, _ = ensure_region(code=XINGGUO, name="兴国镇")
    return Organization.objects.create(
        region=town,
        county=qinan,
        name="兴国镇人民调解委员会",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.TOWNSHIP,
    )

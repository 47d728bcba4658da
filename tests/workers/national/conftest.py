"""A province with three prefectures: two with a county each, and one whose town lies right below it."""

from datetime import UTC, date, datetime

import pytest

from casetrack.cases.generating.planning import Wish
from casetrack.cases.generating.running import generate
from casetrack.organizations.models import CommitteeKind, Region
from casetrack.organizations.regions import ensure_regions
from casetrack.stats import rebuilding
from tests.stats.conftest import committee
from tests.stats.world import day, log

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
PROVINCE, LANZHOU, JIAYUGUAN, TIANSHUI = "620000000000", "620100000000", "620200000000", "620500000000"
PREFECTURES = (LANZHOU, JIAYUGUAN, TIANSHUI)
ANNING, QINAN, FORT = "620105000000", "620522000000", "620200100000"


@pytest.fixture
def province(db: None) -> str:
    """Its code; cases of all kinds in two of the prefectures, one case in the third, all of them counted."""
    ensure_regions(names={ANNING: "安宁区", QINAN: "秦安县", FORT: "峪泉镇"})
    generate(Wish(cases=150, region=PROVINCE, first=date(2023, 11, 1), last=date(2024, 10, 31), seed=7, now=NOW))
    fort = committee(Region.objects.in_bulk(), FORT, "峪泉镇人民调解委员会", CommitteeKind.TOWNSHIP)
    log("mediation", fort, ("register", day("2024-03-05"), {"category": "neighbour"}), ("accept", day("2024-03-06")))
    rebuilding.rebuild()
    return PROVINCE

"""秦安县 with three village committees, a petition office and the disputes of a spring; all of it counted."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.operations import open_case
from casetrack.organizations.models import CommitteeKind, Organization, OrganizationKind, Region, Training
from casetrack.organizations.regions import ensure_regions
from reports.books import annual, monthly
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, take
from tests.reports.tables.county import state
from tests.reports.world import MARCH, QINAN, VILLAGE, settle


@pytest.fixture
def county(db: None) -> Region:
    return make_county()


@pytest.fixture
def spring(county: Region) -> list[Organization]:
    """The committees of the spring; the last has no case."""
    return make_spring(county)


@pytest.fixture(scope="session")
def march(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:
    """The book of March, written once for all tests that only read it."""
    return written(lambda: monthly.write(region=QINAN, month=MARCH), django_db_blocker)


@pytest.fixture(scope="session")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:
    return written(lambda: annual.write(region=QINAN, year=2024), django_db_blocker)


def written(write: Callable[[], bytes], blocker: DjangoDbBlocker) -> bytes:
    """A book of a spring that leaves nothing behind in the database."""
    with blocker.unblock(), transaction.atomic():
        make_spring(make_county())
        data = write()
        transaction.set_rollback(True)
    return data


def make_county() -> Region:
    ensure_regions(names={QINAN: "秦安县", VILLAGE: "兴国镇第1村"})
    return Region.objects.get(pk=QINAN)


def make_spring(county: Region) -> list[Organization]:
    """In March: one dispute settled that came in February, one failed, one still open, and a letter."""
    first, second, third = (make_committee(county, f"兴国镇第{number}村人民调解委员会") for number in (1, 2, 3))
    december = log_dispute(first, date(2023, 12, 20))
    take(december, "agree", date(2024, 1, 15), agreement="oral")
    february = log_dispute(first, date(2024, 2, 20))
    take(february, "agree", date(2024, 3, 10), agreement="written", amount=12_345_00)
    take(february, "perform", date(2024, 3, 20))
    failed = log_dispute(second, date(2024, 3, 5), category="contract")
    take(failed, "fail", date(2024, 3, 20))
    log_dispute(second, date(2024, 3, 28), persons=3)
    office = Organization.objects.create(
        region=county, county=county, name="秦安县信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    letter = StepDraft("register", date(2024, 3, 4), {"channel": "letter"})
    open_case(draft=CaseDraft("petition", office, (letter,)), actor=None, now=NOW)
    Training.objects.create(region=county, held_on=date(2024, 3, 12), name="春季培训", attendance=40)
    state(office, "legal_aid.advice_given", "52", qualifier="approximate")
    settle()
    return [first, second, third]


def make_committee(county: Region, name: str) -> Organization:
    return Organization.objects.create(
        region_id=VILLAGE,
        county=county,
        name=name,
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.VILLAGE,
        active_from=date(2012, 3, 1),
    )

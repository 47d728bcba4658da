"""What statistics ask: who was there on a day, and what was held in a period."""

from datetime import date

import pytest

from casetrack.organizations.models import (
    CommitteeKind,
    Mediator,
    Organization,
    OrganizationKind,
    Region,
    Training,
)
from tests.organizations.world import NATION, QINAN, XINGGUO

BEGUN, ENDED = date(2019, 3, 1), date(2020, 3, 1)


@pytest.fixture
def dated(committee: Organization) -> Organization:
    committee.active_from, committee.active_to = BEGUN, ENDED
    committee.save()
    return committee


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2019, 2, 28), False),
        (date(2019, 3, 1), True),
        (date(2020, 2, 29), True),
        (date(2020, 3, 1), False),
    ],
)
def test_a_committee_is_there_from_its_first_day_up_to_its_end(dated: Organization, day: date, there: bool) -> None:
    Mediator.objects.create(organization=dated, name="许某")

    assert Organization.objects.committees_on(day).exists() == there
    assert Mediator.objects.serving_on(day).exists() == there


def test_a_committee_without_dates_is_always_there(committee: Organization) -> None:
    assert list(Organization.objects.committees_on(date(1990, 1, 1))) == [committee]


def test_a_mediator_serves_from_appointment_to_dismissal(committee: Organization) -> None:
    Mediator.objects.create(organization=committee, name="许某", active_from=BEGUN, active_to=ENDED)

    days = [date(2019, 2, 28), BEGUN, date(2020, 2, 29), ENDED]

    assert [Mediator.objects.serving_on(day).count() for day in days] == [0, 1, 1, 0]


def test_offices_are_no_committees(qinan: Region) -> None:
    Organization.objects.create(region=qinan, county=qinan, name="信访局", kind=OrganizationKind.PETITION_OFFICE)

    assert not Organization.objects.committees_on(BEGUN).exists()


def test_both_days_of_a_period_count(qinan: Region) -> None:
    for day in (date(2018, 12, 31), date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 1)):
        Training.objects.create(region=qinan, held_on=day, name="培训班", attendance=89)

    assert Training.objects.held_between(date(2019, 1, 1), date(2019, 12, 31)).count() == 2


def test_every_reading_can_be_narrowed_to_a_branch(committee: Organization, gangu: Region) -> None:
    elsewhere = Organization.objects.create(
        region=gangu,
        county=gangu,
        name="甘谷县物业人民调解委员会",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.PROFESSIONAL,
    )
    for organization in (committee, elsewhere):
        Mediator.objects.create(organization=organization, name="许某")
        Training.objects.create(region=organization.county, held_on=BEGUN, name="培训班", attendance=89)

    def counts(code: str) -> tuple[int, int, int]:
        return (
            Organization.objects.committees_on(BEGUN).under(code).count(),
            Mediator.objects.serving_on(BEGUN).under(code).count(),
            Training.objects.held_between(BEGUN, BEGUN).under(code).count(),
        )

    assert counts(NATION) == (2, 2, 2)
    assert counts(QINAN) == (1, 1, 1)
    assert counts(XINGGUO) == (1, 1, 0)

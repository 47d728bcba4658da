"""What the database refuses, whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError

from casetrack.accounts.models import User
from casetrack.organizations.models import (
    CommitteeKind,
    Level,
    Mediator,
    Membership,
    Organization,
    OrganizationKind,
    Region,
    Role,
    Training,
)
from tests.organizations.world import NATION


def refuses(constraint: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.django_db
def test_a_code_of_other_than_twelve_digits() -> None:
    with refuses("region_code_is_twelve_digits"):
        Region.objects.create(code="620522", name="秦安县", level=Level.NATION)


def test_a_county_without_a_parent(qinan: Region) -> None:
    with refuses("region_only_nation_has_no_parent"):
        Region.objects.filter(pk=qinan.pk).update(parent=None)


def test_a_nation_with_a_parent(qinan: Region) -> None:
    with refuses("region_only_nation_has_no_parent"):
        Region.objects.filter(pk=NATION).update(parent=qinan)


def test_two_organizations_of_one_name_in_a_county(committee: Organization) -> None:
    with refuses("organization_name_unique_in_county"):
        Organization.objects.create(
            name=committee.name,
            county=committee.county,
            region=committee.county,
            kind=OrganizationKind.RESPONSIBLE_BODY,
        )


def test_a_committee_without_its_kind(committee: Organization) -> None:
    with refuses("organization_committee_kind_iff_committee"):
        Organization.objects.filter(pk=committee.pk).update(committee_kind="")


def test_an_office_with_a_kind_of_committee(qinan: Region) -> None:
    with refuses("organization_committee_kind_iff_committee"):
        Organization.objects.create(
            region=qinan,
            county=qinan,
            name="秦安县信访局",
            kind=OrganizationKind.PETITION_OFFICE,
            committee_kind=CommitteeKind.VILLAGE,
        )


def test_an_organization_that_ends_on_the_day_it_begins(committee: Organization) -> None:
    with refuses("organization_ends_after_it_begins"):
        Organization.objects.filter(pk=committee.pk).update(active_from=date(2020, 1, 1), active_to=date(2020, 1, 1))


def test_a_mediator_who_ends_before_beginning(committee: Organization) -> None:
    with refuses("mediator_ends_after_beginning"):
        Mediator.objects.create(
            organization=committee, name="许某", active_from=date(2020, 1, 2), active_to=date(2020, 1, 1)
        )


def test_two_mediators_of_one_name_and_telephone_in_a_committee(committee: Organization) -> None:
    Mediator.objects.create(organization=committee, name="许某", phone_index="same")

    with refuses("mediator_unique_by_phone"):
        Mediator.objects.create(organization=committee, name="许某", phone_index="same")


def test_one_training_twice(qinan: Region) -> None:
    Training.objects.create(region=qinan, held_on=date(2019, 8, 21), name="培训班", attendance=1)

    with refuses("training_unique"):
        Training.objects.create(region=qinan, held_on=date(2019, 8, 21), name="培训班", attendance=2)


@pytest.mark.parametrize("both", [True, False])
def test_a_membership_of_both_or_neither(qinan: Region, committee: Organization, both: bool) -> None:
    user = User.objects.create_user("clerk")

    with refuses("membership_of_region_or_organization"):
        Membership.objects.create(
            user=user, role=Role.CLERK, region=qinan if both else None, organization=committee if both else None
        )

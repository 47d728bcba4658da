"""A committee of another kind: its cases are counted under it, as a rebuild from the events would count them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from casetrack.accounts.models import User
from casetrack.cases.ledgers.importing import Import
from casetrack.cases.ledgers.people import load
from casetrack.cases.ledgers.registers import ORGANIZATIONS
from casetrack.cases.models import Case, Milestone, Unsettled
from casetrack.cases.offices import change_office
from casetrack.cases.sweep import sweep
from casetrack.cases.verification import differences
from casetrack.organizations.keeping import RegisterRefused
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.operations import OrganizationRow
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute

NEXT_TOWN = "620522101000"


def change(committee: Organization, clerk: User, changes: Mapping[str, Any]) -> None:
    change_office(organization_id=committee.pk, changes=changes, actor=clerk, now=NOW)


def counted_under() -> set[str]:
    return {row.dimensions["committee_kind"] for row in Milestone.objects.all()}


def test_the_cases_of_a_committee_follow_its_kind(committee: Organization, clerk: User) -> None:
    log_dispute(committee, date(2024, 3, 1))
    log_dispute(committee, date(2024, 5, 1))
    Unsettled.objects.all().delete()

    change(committee, clerk, {"committee_kind": "community"})

    assert counted_under() == {"community"}
    marked = Unsettled.objects.order_by("month").values_list("organization", "kind", "month")
    assert list(marked) == [
        (committee.pk, "mediation", date(2024, 3, 1)),
        (committee.pk, "mediation", date(2024, 5, 1)),
        (committee.pk, "mediation", date(2024, 6, 1)),  # in which both were entered
    ]
    assert list(differences(Case.objects.all())) == []


def test_the_same_kind_moves_nothing(committee: Organization, clerk: User) -> None:
    log_dispute(committee)
    Unsettled.objects.all().delete()

    change(committee, clerk, {"committee_kind": "village", "name": "兴国镇一村调委会"})

    assert not Unsettled.objects.exists()


def test_a_register_that_is_read_in_moves_them_too(committee: Organization, county: Region) -> None:
    log_dispute(committee)
    row = OrganizationRow(committee.name, committee.region_id, "community")

    load(ORGANIZATIONS.code, county, [row], Import(county, None, NOW))

    assert counted_under() == {"community"}
    assert list(differences(Case.objects.all())) == []


def test_a_committee_does_not_end_before_its_last_case(committee: Organization, clerk: User) -> None:
    log_dispute(committee, date(2024, 3, 1))

    with pytest.raises(RegisterRefused, match="该机构在2024-03-01还登记过案件"):
        change(committee, clerk, {"active_to": date(2024, 3, 1)})

    change(committee, clerk, {"active_to": date(2024, 3, 2)})
    assert Organization.objects.get(pk=committee.pk).active_to == date(2024, 3, 2)


def test_a_case_entered_at_the_very_moment_of_a_move_is_taken_along_by_the_sweep(
    committee: Organization, clerk: User
) -> None:
    as_read_before = Organization.objects.get(pk=committee.pk)
    change(committee, clerk, {"region": NEXT_TOWN, "moved_on": date(2024, 3, 1)})
    case = log_dispute(as_read_before, date(2024, 3, 15))
    assert [found.what for found in differences(Case.objects.all())] != []

    sweep(now=NOW, limit=10)

    assert Case.objects.get(pk=case.pk).region_code == NEXT_TOWN
    assert set(Milestone.objects.values_list("region_code", flat=True)) == {NEXT_TOWN}
    assert list(differences(Case.objects.all())) == []

"""An edition is taken away as one signed file by those from whom nothing in it is kept, and that is noted."""

from collections.abc import Callable
from datetime import date

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.operations import open_case
from casetrack.cases.signing import public_key
from casetrack.organizations.models import Organization, OrganizationKind, Role
from casetrack.stats.closing.checking import check
from tests.api.conftest import EAST, NOW, World, member
from tests.api.test_outsiders import closed_month

pytestmark = pytest.mark.django_db


def accused() -> None:
    """An accusation in March, in the east."""
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    facts = {"channel": "letter", "purpose": "accusation"}
    draft = CaseDraft("petition", office, (StepDraft("register", date(2024, 3, 5), facts),))
    open_case(draft=draft, actor=None, now=NOW)


def test_whoever_is_cleared_takes_the_archive_and_it_bears_itself_out(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    accused()
    edition, reader = closed_month(), member("auditor", Role.AUDITOR, region_id=EAST, cleared=True)

    answer = client_of(reader).get(f"/api/v1/closings/{edition.pk}/archive/")

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/zip",
        "no-store, private",
    )
    assert f"{EAST}-2024-03-1.zip" in answer["Content-Disposition"]
    assert check(answer.getvalue(), public_key()) == []
    entry = AuditEntry.objects.get(action=Action.EXPORT)
    assert (entry.actor, entry.region_code, entry.details["edition"]) == (reader, EAST, edition.pk)


@pytest.mark.parametrize(("cleared", "kinds"), [(False, []), (True, ["mediation"])])
def test_it_is_kept_from_those_who_may_not_see_all_of_its_cases(
    world: World, client_of: Callable[[User], APIClient], cleared: bool, kinds: list[str]
) -> None:
    accused()
    edition, reader = closed_month(), member("reader", Role.SUPERVISOR, region_id=EAST, cleared=cleared, kinds=kinds)

    answer = client_of(reader).get(f"/api/v1/closings/{edition.pk}/archive/")

    assert (answer.status_code, answer.json()["detail"][:12]) == (403, "归档含有该版的全部案件，")
    assert not AuditEntry.objects.filter(action=Action.EXPORT).exists()

"""Changing the people of a case: what was read must still stand when the change is written."""

import pytest

from casetrack.accounts.models import AuditEntry, User
from casetrack.accounts.versions import RowChanged, version_of
from casetrack.cases.models import Party
from casetrack.cases.parties import change_party
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute


def test_of_two_who_read_the_same_the_second_is_refused(committee: Organization, clerk: User) -> None:
    party = log_dispute(committee).parties.earliest("pk")
    read = version_of(party)
    change_party(party_id=party.pk, details={"name": "甲"}, actor=clerk, now=NOW, version=read)

    with pytest.raises(RowChanged):
        change_party(party_id=party.pk, details={"name": "乙"}, actor=clerk, now=NOW, version=read)

    assert Party.objects.get(pk=party.pk).name == "甲"
    assert AuditEntry.objects.count() == 1


def test_a_version_does_not_change_when_a_row_is_read_again(committee: Organization) -> None:
    party = log_dispute(committee).parties.earliest("pk")

    assert version_of(Party.objects.get(pk=party.pk)) == version_of(party)

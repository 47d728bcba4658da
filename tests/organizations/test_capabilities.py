"""What each role may do: the table, and where it leaves a user with several memberships."""

import pytest

from casetrack.accounts.models import User
from casetrack.organizations.capabilities import CAPABILITIES, Capability, roles_with
from casetrack.organizations.models import Membership, Region, Role
from casetrack.organizations.scope import scope_of
from tests.organizations.world import GANGU, QINAN


def test_every_role_has_its_line() -> None:
    assert set(CAPABILITIES) == set(Role)


def test_who_checks_or_counts_changes_nothing() -> None:
    changing = {Capability.WRITE_CASES, Capability.KEEP_REGISTERS, Capability.MANAGE_USERS}

    assert not CAPABILITIES[Role.AUDITOR] & changing
    assert not CAPABILITIES[Role.STATISTICIAN] & changing


def test_persons_are_read_by_those_who_handle_or_audit() -> None:
    assert roles_with(Capability.READ_PERSONAL) == {Role.CLERK, Role.HANDLER, Role.SUPERVISOR, Role.AUDITOR}


def test_who_gives_out_rights_does_not_keep_the_log_of_their_use() -> None:
    assert not roles_with(Capability.MANAGE_USERS) & roles_with(Capability.READ_AUDIT)


@pytest.mark.django_db
def test_a_capability_reaches_as_far_as_the_membership_that_gives_it(qinan: Region, gangu: Region) -> None:
    user = User.objects.create_user("wang")
    Membership.objects.create(user=user, role=Role.AUDITOR, region=qinan)
    Membership.objects.create(user=user, role=Role.CLERK, region=gangu)

    reading, writing = scope_of(user).able(Capability.READ_AUDIT), scope_of(user).able(Capability.WRITE_CASES)

    assert (reading.allows_region(QINAN), reading.allows_region(GANGU)) == (True, False)
    assert (writing.allows_region(QINAN), writing.allows_region(GANGU)) == (False, True)
    assert scope_of(user).able(Capability.MANAGE_USERS).is_empty


@pytest.mark.django_db
def test_a_superuser_may_do_everything_everywhere() -> None:
    user = User.objects.create_superuser("root")

    assert all(scope_of(user).able(capability).allows_region(QINAN) for capability in Capability)

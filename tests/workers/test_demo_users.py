"""Log-ins for trying it out: one a role, never beside a database of one's own."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from pytest_django.fixtures import Settings

from casetrack.accounts.models import User
from casetrack.organizations.models import Membership, Region, Role
from workers.demo_users import DemoUsersRefused, ensure_demo_users, password_file


@pytest.fixture(autouse=True)
def bundled(settings: Settings, tmp_path: Path) -> None:
    settings.SECRETS = tmp_path / "secrets"
    settings.BUNDLED = replace(settings.BUNDLED, postgres=True)


def test_every_role_can_log_in_and_is_a_member_of_every_sample_county(county: Region) -> None:
    logins = ensure_demo_users(region_codes=[county.code])

    assert [login.role for login in logins] == list(Role)
    for login in logins:
        user = authenticate(username=login.username, password=login.password)
        assert user is not None
        assert Membership.objects.filter(user=user, role=login.role, region=county).count() == 1


def test_asked_again_the_log_ins_are_the_same(county: Region) -> None:
    first = ensure_demo_users(region_codes=[county.code])

    second = ensure_demo_users(region_codes=[county.code])

    assert first == second
    assert Membership.objects.count() == len(Role)


def test_accusations_are_shown_to_handler_and_supervisor_only(county: Region) -> None:
    ensure_demo_users(region_codes=[county.code])

    cleared = Membership.objects.filter(cleared=True).order_by("role")
    assert [membership.role for membership in cleared] == ["handler", "supervisor"]


def test_the_passwords_outlive_the_database_and_only_their_owner_reads_them(county: Region) -> None:
    first = ensure_demo_users(region_codes=[county.code])
    User.objects.all().delete()

    second = ensure_demo_users(region_codes=[county.code])

    assert first == second
    assert stat.S_IMODE(password_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(password_file().parent.stat().st_mode) == 0o700


def test_no_two_roles_share_a_password(county: Region) -> None:
    logins = ensure_demo_users(region_codes=[county.code])

    assert len({login.password for login in logins}) == len(Role)


def test_a_database_of_ones_own_gets_no_accounts(county: Region, settings: Settings) -> None:
    settings.BUNDLED = replace(settings.BUNDLED, postgres=False)

    with pytest.raises(DemoUsersRefused, match="createsuperuser"):
        ensure_demo_users(region_codes=[county.code])

    assert not User.objects.exists()
    assert not password_file().exists()

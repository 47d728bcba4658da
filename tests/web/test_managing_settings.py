"""How the service is set up, as its administrators read it: all that matters, and no secret."""

import base64
from html import unescape

import pytest
from django.conf import LazySettings, settings

from casetrack.accounts.models import User
from casetrack.organizations.choices import Role
from casetrack.stats.periods import ReportingPeriods
from tests.api.conftest import CITY, World, member
from tests.test_configuration import ROWS
from tests.web.cases import client_of
from web.managing.configuration import GROUPS, UNSHOWN

SECRETS = ("SECRET_KEY", "SIGNING_KEY", "OIDC_CLIENT_SECRET", "EMAIL_HOST_PASSWORD", "METRICS_TOKEN", "REDIS_URL")


@pytest.fixture
def boss(world: World, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_ROLES = []
    return member("boss", Role.ADMINISTRATOR, region_id=CITY)


def shown(user: User) -> str:
    return unescape(client_of(user).get("/manage/settings/").content.decode())


def test_what_the_service_goes_by_is_told_in_words(boss: User, settings: LazySettings) -> None:
    settings.SESSION_IDLE, settings.ATTACHMENT_MEGABYTES = 900, 50
    settings.REPORTING_PERIODS = ReportingPeriods.written('[{"region": "6205", "closes_on": 25}]')

    page = shown(boss)

    assert "15分钟" in page
    assert "50MB" in page
    assert "区划6205开头的各主题：每月25日截止，年度止于12月" in page


def test_no_secret_is_shown(boss: User, settings: LazySettings) -> None:
    for name in SECRETS:
        if name != "REDIS_URL":
            setattr(settings, name, f"secret-of-{name}-0123456789012345678901234567890123456789")
    settings.SCAN_COMMAND = ["scan", "--password=secret-of-scanner"]

    page = shown(boss)

    assert "已设置" in page
    assert "secret-of-" not in page
    assert settings.REDIS_URL not in page
    assert not any(base64.b64encode(key).decode() in page for key in settings.FIELD_KEYS)


def test_every_variable_is_shown_or_left_out_for_a_reason() -> None:
    on_the_page = {each.variable for _, group in GROUPS for each in group if each.variable}

    assert on_the_page | UNSHOWN.keys() == set(ROWS)
    assert not on_the_page & UNSHOWN.keys()


def test_only_administrators_read_them(world: World, boss: User) -> None:
    assert client_of(world.clerk_east).get("/manage/settings/").status_code == 403
    assert client_of(world.outsider).get("/manage/settings/").status_code == 200, (
        "an administrator elsewhere reads them too"
    )
    assert settings.SECRET_KEY not in shown(boss)

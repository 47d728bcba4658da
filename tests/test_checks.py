"""System checks: each contradiction is named, and the project as it stands has none."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from casetrack import checks

KEY, OTHER = bytes(32), bytes(range(32))

CHINESE = re.compile("[一-鿿]")
"""Whoever starts the service reads them."""


def test_the_project_as_it_stands_has_no_contradiction() -> None:
    assert not [found for found in run_checks() if found.id and found.id.startswith("casetrack.")]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("FIELD_KEYS", [], "casetrack.E001"),
        ("FIELD_KEYS", [KEY, b"short"], "casetrack.E002"),
        ("FIELD_KEYS", [KEY, OTHER, KEY], "casetrack.E003"),
        ("SECRET_KEY", "changeme", "casetrack.E004"),
        ("SECRET_KEY", "ab" * 40, "casetrack.E004"),
        ("OIDC_CLIENT_ID", "casetrack", "casetrack.E008"),
        ("SECOND_FACTOR_ROLES", ["supervisor", "boss"], "casetrack.E010"),
        ("SESSION_LONGEST", 60, "casetrack.E011"),
        ("METRICS_TOKEN", "changeme", "casetrack.E007"),
    ],
)
def test_a_contradiction_is_named(settings: Settings, name: str, value: Any, found: str) -> None:
    setattr(settings, name, value)

    messages = [message for check in checks.CHECKS for message in check()]

    assert [message.id for message in messages] == [found]
    assert CHINESE.search(messages[0].msg)
    assert CHINESE.search(messages[0].hint or "")


@pytest.mark.parametrize(("zone", "aware"), [("UTC", True), ("Asia/Shanghai", False)])
def test_a_day_that_is_not_the_day_in_china_is_refused(monkeypatch: pytest.MonkeyPatch, zone: str, aware: bool) -> None:
    monkeypatch.setattr(checks, "settings", SimpleNamespace(TIME_ZONE=zone, USE_TZ=aware))

    assert [message.id for message in checks.days_are_chinese_days()] == ["casetrack.E006"]


@pytest.mark.parametrize(("hosts", "found"), [(["localhost"], "casetrack.W001"), (["cases.example"], "casetrack.E005")])
def test_debugging_beside_a_database_of_ones_own_is_warned_of_and_refused_in_public(
    settings: Settings, hosts: list[str], found: str
) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, hosts
    settings.BUNDLED = replace(settings.BUNDLED, postgres=False)

    assert [message.id for message in checks.debug_stays_at_home()] == [found]


@pytest.mark.parametrize(
    ("issuer", "found"),
    [
        ("https://sso.example/realms/county", []),
        ("http://127.0.0.1:9000", []),
        ("http://sso.example", ["casetrack.E009"]),
    ],
)
def test_a_provider_of_sign_on_is_spoken_to_in_private(settings: Settings, issuer: str, found: list[str]) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = issuer, "casetrack", "secret"

    assert [message.id for message in checks.sign_on_is_whole()] == found

"""Addresses that lead where they should not: into this network from here, and to other sites from our pages."""

import socket
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from pytest_django import Settings

from casetrack.accounts.models import User
from casetrack.checks import sign_on_is_whole
from casetrack.lib.webhooks import WebhookFailed, WebhookRefused, post, target_of

INSIDE = [
    "127.0.0.1",
    "10.0.0.8",
    "169.254.169.254",
    "100.100.100.200",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fd00::1",
    "fe80::1%eth0",
    "0.0.0.0",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
]


@pytest.mark.parametrize("number", INSIDE)
def test_a_name_that_answers_with_an_inner_number_is_refused_however_it_is_written(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where one answer of several is an open one: the robot is asked for nothing."""
    found = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", (number, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("something was called"))

    with pytest.raises((WebhookRefused, WebhookFailed)):
        post("https://robot.example/", b"{}", private=False)


@pytest.mark.parametrize(
    "address",
    [
        "https://2130706433/",
        "https://0x7f000001/",
        "https://017700000001/",
        "https://127.1/",
        "https://localhost/",
        "https://localhost.localdomain/",
        "https://[::ffff:7f00:1]/",
        "https://[::]/",
        "https://[fe80::1%25lo]/",
    ],
)
def test_an_inner_number_written_otherwise_is_never_called(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("something was called"))

    with pytest.raises((WebhookRefused, WebhookFailed)):
        post(address, b"{}", private=False)


@pytest.mark.parametrize(
    "address",
    [
        "https://robot.example@10.0.0.1/",
        "https://robot.example:443@10.0.0.1/",
        "https://ｒobot.example/",
        "https://机器人.example/",
        "https://robot.example\\@10.0.0.1/",
        "https://robot.example/\t",
        "https:/robot.example/",
        "https:robot.example",
        "//robot.example/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "gopher://10.0.0.1/",
        "https://robot.example:0x1bb/",
        "https://robot.example:-1/",
    ],
)
def test_an_address_that_two_readers_would_read_otherwise_is_none(address: str) -> None:
    with pytest.raises(WebhookRefused):
        target_of(address, private=False)


@pytest.mark.parametrize(
    "issuer", ["http://sso.example", "ftp://sso.example", "sso.example", "file:///etc/passwd", "http://169.254.169.254"]
)
def test_a_provider_of_sign_on_is_reached_by_https_alone(issuer: str, settings: Settings) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = issuer, "a", "b"

    assert [each.id for each in sign_on_is_whole()] == ["casetrack.E009"]
    with pytest.raises(SystemCheckError):
        call_command("check")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "onward",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https:elsewhere.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:a=b",
        "\x01https://elsewhere.example",
        "http://testserver@elsewhere.example/",
    ],
)
def test_whoever_logs_in_stays_here(onward: str) -> None:
    User.objects.create_user("clerk", password="correct-horse-battery-9")

    answer: Any = Client().post("/login/", {"login": "clerk", "password": "correct-horse-battery-9", "next": onward})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))
    assert not {"\r", "\n"} & set(answer["Location"])


@pytest.mark.django_db
def test_a_session_that_an_attacker_planted_is_not_the_one_that_logs_in() -> None:
    User.objects.create_user("clerk", password="correct-horse-battery-9")
    planted = Client()
    planted.session.save()
    before = planted.session.session_key
    planted.cookies["sessionid"] = str(before)

    planted.post("/login/", {"login": "clerk", "password": "correct-horse-battery-9"})

    assert planted.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = str(before)
    assert thief.get("/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("named", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_no_header_and_no_field_turns_a_request_into_another(named: str) -> None:
    user = User.objects.create_user("clerk", is_superuser=True)
    client = Client()
    client.force_login(user)

    answers = [
        client.get(f"/api/v1/users/{user.pk}/", headers={named: "DELETE"}),
        client.get(f"/api/v1/users/{user.pk}/?_method=DELETE"),
        client.get("/exports/?_method=POST", headers={named: "POST"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert User.objects.filter(is_active=True).count() == 1

"""Where nothing is posted: inside this network, without TLS, on a redirect."""

import socket
from pathlib import Path
from typing import Any

import pytest

from casetrack.lib.webhooks import WebhookFailed, WebhookRefused, is_public, post, target_of
from tests.cases.reminding.robot import answering
from tests.certificates import write_certificate


@pytest.mark.parametrize(
    "address",
    [
        "http://robot.example/",
        "ftp://robot.example/",
        "https://",
        "https://robot.example:99999/",
        "https://user:secret@robot.example/",
        "https://robot.example/\r\nHost: inside",
        "https://robot.example/机器人",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://10.1.2.3:8443/",
    ],
)
def test_an_address_that_is_none_or_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(WebhookRefused):
        target_of(address, private=False)


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_which_machines_are_on_the_open_network(number: str, public: bool) -> None:
    assert is_public(number) is public


def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    write_certificate(tmp_path / "robot.pem")
    with answering(tmp_path / "robot.pem") as robot, pytest.raises(WebhookRefused):
        post(robot.address, b"{}", private=False)

    assert robot.got == []


def test_a_name_is_asked_once_so_it_cannot_answer_otherwise_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is called is the number that was looked at, whatever the name says by then."""
    called: list[Any] = []

    def refuse(address: Any, *_: Any) -> socket.socket:
        called.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("8.8.8.8", 443))])
    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(WebhookFailed):
        post("https://robot.example/", b"{}", private=False)

    assert called == [("8.8.8.8", 443)]


def test_a_redirect_is_not_followed_and_a_strange_certificate_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_certificate(tmp_path / "robot.pem")
    with answering(tmp_path / "robot.pem") as robot:
        with pytest.raises(WebhookFailed, match="证书"):
            post(robot.address, b"{}", private=True)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "robot.pem"))
        robot.status, robot.moved_to = 302, robot.address
        with pytest.raises(WebhookFailed, match="302"):
            post(robot.address, b"{}", private=True)

    assert len(robot.got) == 1

"""Posting to an address that a user gave: by https, to public machines alone, to the very machine that was looked at.

A user's address must lead nowhere that the user could not reach without us. Names are resolved once and what they say
is held against that, so that a name can't say one thing when asked and another when called (DNS rebinding). Redirects
are answers like others, never followed; no proxy is asked.
"""

import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

WITHIN = 8.0  # seconds for a connection, and for each part of an answer
LONGEST_ANSWER = 65_536
TRANSLATED = IPv6Network("64:ff9b::/96")  # addresses of the old kind, written as new ones


class WebhookRefused(ValueError):
    """An address to which nothing is posted; the message says why."""


class WebhookFailed(Exception):
    """What was posted did not arrive; the message says what came in the way, and nothing of the address."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to post."""

    host: str
    port: int
    path: str


def target_of(address: str, *, private: bool) -> Target:
    """What an address says, where it may be posted to as far as its words tell."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        raise WebhookRefused("地址无法识别，请从机器人的设置中重新复制") from None
    if parts.scheme != "https" or not parts.hostname:
        raise WebhookRefused("地址应以 https:// 开头，请从机器人的设置中重新复制")
    if parts.username or parts.password or not address.isascii() or not address.isprintable() or " " in address:
        raise WebhookRefused("地址中不能有用户名、密码、空格或中文，请从机器人的设置中重新复制")
    if is_address(parts.hostname) and not (private or is_public(parts.hostname)):
        raise WebhookRefused("地址指向内部网络，不能使用；请填写公网上的机器人地址，或请管理员开放内部地址")
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.hostname, port, (parts.path or "/") + query)


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(number: str) -> bool:
    """Whether a numeric address is one of the open network, however it is written."""
    address = ip_address(number)
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None or address in TRANSLATED or address.teredo is not None:
            return False  # nobody needs these to reach a robot
    return address.is_global and not address.is_multicast


class Pinned(HTTPSConnection):
    """A connection to the machine that was looked at, held against the name that was asked for."""

    def __init__(self, target: Target, number: str) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=WITHIN, context=self.tls)
        self.number = number

    def connect(self) -> None:
        plain = socket.create_connection((self.number, self.port), WITHIN)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)


def numbers_of(target: Target) -> list[str]:
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise WebhookFailed("找不到该地址的服务器，请核对地址和网络") from None
    return [str(place[0]) for *_, place in found]


def post(address: str, body: bytes, *, private: bool) -> bytes:
    """Post JSON; the answer, where it was one of success. Raises WebhookRefused or WebhookFailed."""
    target = target_of(address, private=private)
    numbers = numbers_of(target)
    if not private and not all(map(is_public, numbers)):
        raise WebhookRefused("地址指向内部网络，不能使用；请填写公网上的机器人地址，或请管理员开放内部地址")
    connection = Pinned(target, numbers[0])
    try:
        connection.request("POST", target.path, body, {"Content-Type": "application/json; charset=utf-8"})
        answer = connection.getresponse()
        said = answer.read(LONGEST_ANSWER)
    except ssl.SSLError:
        raise WebhookFailed("对方的证书无效，没有发送") from None
    except (OSError, HTTPException):
        raise WebhookFailed("对方没有应答，或连接中断") from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise WebhookFailed(f"对方答复 HTTP {answer.status}，没有接收")
    return said

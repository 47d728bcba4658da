"""A person at a browser: logs in, carries the session and the CSRF token, and has an authenticator on the telephone."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

from rest_framework.test import APIClient

from casetrack.accounts.models import User

PASSWORD = "qingshui-luyin-47"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


class Browser(APIClient):
    """Answers to /api/auth/…, with the CSRF token as our own pages send it."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)

    def send(self, method: str, address: str, body: Any = None, **more: Any) -> Any:
        if "csrftoken" not in self.cookies:
            self.get("/api/auth/session")
        headers = {"X-CSRFToken": self.cookies["csrftoken"].value, **more.pop("headers", {})}
        return getattr(self, method)(address, body, headers=headers, **more)

    def log_in(self, username: str, password: str = PASSWORD, **more: Any) -> Any:
        return self.send("post", "/api/auth/login", {"username": username, "password": password}, **more)

    def show_password_again(self) -> Any:
        return self.send("post", "/api/auth/reauthenticate", {"password": PASSWORD})

    def enrol(self) -> str:
        """Bind an authenticator: its secret. The code used is of the step before, so that the next ones are fresh."""
        self.show_password_again()
        secret: str = self.get("/api/auth/totp").json()["meta"]["secret"]
        answer = self.send("post", "/api/auth/totp", {"code": code_of(secret, step=-1)})
        assert answer.status_code == 200, answer.json()
        return secret


def code_of(secret: str, *, step: int = 0) -> str:
    """What an authenticator shows: RFC 6238."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"

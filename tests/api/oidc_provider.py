"""A small OpenID provider on this machine: discovery, authorize, token, userinfo, keys. It signs, and checks PKCE."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "casetrack", "a secret of the provider"


class Provider(ThreadingHTTPServer):
    """Who is at the browser there is in `claims`; `signing` may be replaced by a key that is not published."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing = self.key
        self.audience = CLIENT
        self.claims: dict[str, Any] = {"sub": "u-1", "preferred_username": "clerk-east", "name": "王芳"}
        self.told: dict[str, Any] = {}  # what userinfo says otherwise
        self.asked: dict[str, dict[str, str]] = {}
        self.token_requests: list[dict[str, str]] = []

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = self.key.public_key().public_numbers()
        key = {"kty": "RSA", "kid": "k1", "alg": "RS256", "use": "sig", "n": written(public.n), "e": written(public.e)}
        return {"keys": [key]}

    def authorize(self, asked: dict[str, str]) -> str:
        """The user agrees at once: where the browser goes then."""
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})

    def token(self, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.token_requests.append(given)
        asked = self.asked.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = in_base64(digest)
        known = (given.get("client_id"), given.get("client_secret")) == (CLIENT, SECRET)
        if asked is None or not known or asked.get("code_challenge") != challenge:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {**self.claims, "iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + 300}
        signed = jwt.encode(claims, self.signing, algorithm="RS256", headers={"kid": "k1"})
        return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.server.authorize(asked))
            self.end_headers()
            return
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "/.well-known/openid-configuration": self.server.discovery,
            "/keys": self.server.keys,
            "/userinfo": lambda: {**self.server.claims, **self.server.told},
        }
        self.answer(200, answers[address.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(*self.server.token({name: values[0] for name, values in parse_qs(body).items()}))

    def answer(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests say enough."""


def written(number: int) -> str:
    return in_base64(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def in_base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()

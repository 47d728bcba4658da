"""What the proxy tells the service of its caller, with and without a proxy before it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from django.conf import settings

from tests.waiting import until
from workers.management.commands.stack import free_ports
from workers.stack.layout import found

CADDYFILE = Path(settings.BASE_DIR) / "deploy" / "Caddyfile"
ELSEWHERE = "203.0.113.9"


class Repeats(BaseHTTPRequestHandler):
    """Answers with what it is told of the caller."""

    def do_GET(self) -> None:
        said = ",".join(self.headers.get_all("X-Forwarded-For") or []).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *about: object) -> None:
        pass


@contextmanager
def proxy(folder: Path, *, trusted: str) -> Iterator[str]:
    """The address at which plain requests are led on from, and TLS is spoken with the proxy's own authority."""
    ports = free_ports(("http", "https"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Repeats) as service:
        Thread(target=service.serve_forever, daemon=True).start()
        environment = {
            "PROXY_SITE": "localhost",
            "PROXY_UPSTREAMS": f"127.0.0.1:{service.server_port}",
            "PROXY_HTTP_PORT": str(ports["http"]),
            "PROXY_HTTPS_PORT": str(ports["https"]),
            "PROXY_TRUSTED": trusted,
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        }
        running = subprocess.Popen(
            [found("caddy"), "run", "--config", CADDYFILE], env=environment, stderr=subprocess.DEVNULL
        )
        try:
            yield f"https://localhost:{ports['https']}/"
        finally:
            running.terminate()
            running.wait(30)
            service.shutdown()


@pytest.mark.parametrize(
    ("trusted", "told"), [("", {"127.0.0.1", "::1"}), ("10.62.0.5 127.0.0.0/8 ::1/128", {ELSEWHERE})]
)
def test_the_service_is_told_of_one_caller_whom_only_a_trusted_proxy_may_name(
    trusted: str, told: set[str], tmp_path: Path
) -> None:
    authority = tmp_path / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    with proxy(tmp_path, trusted=trusted) as address, requests.Session() as asked:
        asked.trust_env = False

        def heard() -> str:
            try:
                answer = asked.get(address, headers={"X-Forwarded-For": ELSEWHERE}, verify=str(authority), timeout=5)
            except (OSError, requests.RequestException):
                return ""
            return answer.text if answer.ok else ""

        until(lambda: bool(heard()), within=30, every=0.2)
        assert heard() in told

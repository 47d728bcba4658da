"""A robot on this machine that speaks TLS, notes what it is sent, and answers as it is told."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


@dataclass
class Robot:
    """What came, and what is answered next."""

    address: str = ""
    status: int = 200
    answer: bytes = b'{"errcode": 0}'
    moved_to: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        robot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                robot.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(robot.status)
                if robot.moved_to:
                    self.send_header("Location", robot.moved_to)
                self.end_headers()
                self.wfile.write(robot.answer)

            def log_message(self, format: str, *args: Any) -> None:
                """What a test posts is no news."""

        return Handler


@contextmanager
def answering(certificate: Path) -> Iterator[Robot]:
    robot = Robot()
    server = HTTPServer(("127.0.0.1", 0), robot.handler())
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    robot.address = f"https://localhost:{server.server_port}/robot?key=secret"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield robot
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

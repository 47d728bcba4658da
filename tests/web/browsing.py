"""A browser that npm brings, and the service it is shown: within the test's transaction, so nothing is left behind."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, connections
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
SCREENSHOTS = ROOT / "var/screenshots"
UNPACK = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"
FLAGS = (
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str:
    """The path of the browser, unpacked once into a folder of the checkout."""
    place = ROOT / "var/browser"
    place.mkdir(parents=True, exist_ok=True)
    node = shutil.which("node", path=f"{os.environ['PATH']}:{ROOT / '.venv/bin'}")
    if node is None:
        raise RuntimeError("there is no Node.js: run `make .venv` first")
    told = subprocess.run(
        [node, "--input-type=module", "-e", UNPACK],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(place)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return told.stdout.strip()


def fonts() -> Path:
    """A configuration of fonts with a Chinese one: without, every word would be as narrow as its boxes."""
    found = find_spec("zhplot")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("there is no Chinese font: run `make .venv` first")
    folder = Path(found.submodule_search_locations[0], "fonts")
    written = ROOT / "var/browser/fonts.conf"
    written.write_text(FONTS.format(folder=folder, cache=written.with_name("fonts")))
    return written


def launched(playwright: Playwright) -> Browser:
    """Just unpacked, the program may be held open for writing a moment longer (ETXTBSY)."""
    path, until = chromium(), time.monotonic() + 20
    known: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts())}
    while True:
        try:
            return playwright.chromium.launch(executable_path=path, args=list(FLAGS), env=known)
        except Error as refused:
            if "ETXTBSY" not in str(refused) or time.monotonic() > until:
                raise
            time.sleep(0.5)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright)
        try:
            yield started
        finally:
            started.close()


class QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.0"  # a connection a request: none waits for more when the test ends

    def log_message(self, format: str, *args: Any) -> None:
        """What a test asks for is no news."""


class Server(ThreadedWSGIServer):
    daemon_threads = False  # closing waits for the last answer

    def _close_connections(self) -> None:
        """Not after each request: there is but the one, and the test goes on in it."""


class OneAtATime:
    """The service, answering in the connection, and so in the transaction, of the test. Its threads wait in turn."""

    def __init__(self) -> None:
        self.service = get_wsgi_application()
        self.shared = connections["default"]
        self.turn = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self.turn:
            connections["default"] = self.shared
            answer: Any = self.service(environ, start_response)
            try:
                return [b"".join(answer)]
            finally:
                answer.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of the service, for as long as the test's transaction lasts."""
    connection.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    server = Server(("127.0.0.1", 0), QuietHandler)
    server.set_app(OneAtATime())
    running = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        connection.dec_thread_sharing()


def picture(page: Page, name: str) -> None:
    """A screenshot for a person to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def barriers(page: Page) -> list[str]:
    """What keeps people from using the page, by axe: rule and element."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]

"""Clients that are slow, too large or gone, against the web as it really runs: nobody else notices, nothing is kept."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings

from casetrack.cases import kept_files
from casetrack.cases.jobs import store
from casetrack.cases.models import Attachment, Job
from tests.api.conftest import EAST, World, log_dispute
from tests.faults.served import Served, cookies_of, token_of
from tests.jobs.world import finished_export
from tests.waiting import until

MEGABYTE = 2**20
FORM = "multipart/form-data; boundary=cut"
PART = b'--cut\r\nContent-Disposition: form-data; name="%b"; filename="a.pdf"\r\n\r\n%%PDF-1.7 '
LAST = b"\r\n--cut--\r\n"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("a web of its own")]


def head(path: str, length: int, *, method: str = "POST", kind: str = FORM, **more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Type: {kind}", f"Content-Length: {length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@contextmanager
def lines(web: Served, said: bytes, number: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(web.line(said)) for _ in range(number)]


def kept() -> tuple[int, int, int, int]:
    """Rows and files: of attachments, of jobs."""
    attached = sum(1 for shelf in kept_files.shelves() for _ in shelf.iterdir())
    return Attachment.objects.count(), attached, Job.objects.count(), len(list(store.folder().iterdir()))


def read_all(line: socket.socket) -> str:
    """What is answered, until the other end has said all."""
    pieces = []
    while piece := line.recv(2**16):
        pieces.append(piece)
    return b"".join(pieces).decode()


def test_however_many_send_slowly_everyone_else_is_answered_at_once(web: Served, world: World) -> None:
    """More of each kind than there are threads: heads that never end, small bodies and large ones that never come."""
    login = "application/x-www-form-urlencoded"
    with (
        lines(web, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 40) as slow,
        lines(web, head("/login/", 900, kind=login) + b"login=", 40),
        lines(web, head("/api/v1/imports/", 90_000, Authorization=token_of(world.supervisor)) + b"--", 40),
    ):
        for line in slow:
            line.sendall(b"a")
        began = time.monotonic()
        answers = [web.ask("/login/").status for _ in range(4)]
        answers += [web.ask("/api/v1/cases/", Authorization=token_of(world.clerk_east)).status for _ in range(4)]

        assert answers == [200] * 8
        assert time.monotonic() - began < 5


def test_those_who_read_slowly_keep_no_connection_to_the_database(web: Served, world: World) -> None:
    """More of them than both pools have connections; what they fetch is more than any socket takes in."""
    job = finished_export(world.supervisor)
    with store.path_of(job.result_file).open("r+b") as file:
        file.truncate(64 * MEGABYTE)
    asked = head(f"/api/v1/exports/{job.pk}/file/", 0, method="GET", Authorization=token_of(world.supervisor))

    with lines(web, asked, 8) as readers:
        for line in readers:
            assert line.recv(12) == b"HTTP/1.1 200"
        began = time.monotonic()
        answers = [web.ask("/api/v1/cases/", Authorization=token_of(world.clerk_east)).status for _ in range(8)]

    assert answers == [200] * 8
    assert time.monotonic() - began < 5


def test_an_upload_that_breaks_off_leaves_neither_row_nor_file(web: Served, world: World) -> None:
    case, before = log_dispute(world.east), kept()
    attached = head(f"/api/v1/cases/{case.pk}/attachments/", 3 * MEGABYTE, Authorization=token_of(world.clerk_east))
    imported = head("/api/v1/imports/", 3 * MEGABYTE, Authorization=token_of(world.supervisor))

    for asked, name in ((attached, b"file"), (imported, b"files")):
        with web.line(asked + PART % name) as line:
            line.sendall(bytes(MEGABYTE))
            until(lambda: kept()[3] > before[3])  # it is being received

    until(lambda: kept()[3] == before[3])
    assert kept() == before


@pytest.mark.parametrize("said", ["page", "api"])
def test_a_hundred_megabytes_are_refused_before_they_are_received(web: Served, world: World, said: str) -> None:
    """The client sends all of it before it looks at the answer, as browsers do."""
    case, before, size = log_dispute(world.east), kept(), 100 * MEGABYTE
    path = f"/cases/{case.pk}/attachments/" if said == "page" else f"/api/v1/cases/{case.pk}/attachments/"
    who = {"Cookie": f"{cookies_of(world.clerk_east)}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"}
    if said == "api":
        who = {"Authorization": token_of(world.clerk_east)}
    memory = web.memory()

    with web.line(head(path, size + len(PART % b"file") + len(LAST), **who) + PART % b"file") as line:
        for _ in range(100):
            line.sendall(bytes(MEGABYTE))
        line.sendall(LAST)
        answer = read_all(line)

    assert answer.startswith("HTTP/1.1 413")
    assert "共100MB，这里一次最多接收20MB，没有保存" in answer
    assert kept() == before
    assert web.memory() < memory + 20


def test_a_body_of_unsaid_length_is_refused_with_what_to_do(web: Served, world: World) -> None:
    before = kept()
    asked = head("/api/v1/imports/", 0, Authorization=token_of(world.supervisor))
    chunked = asked.replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")

    with web.line(chunked) as line:
        for _ in range(20):
            line.sendall(b"100000\r\n" + bytes(MEGABYTE) + b"\r\n")
        line.sendall(b"0\r\n\r\n")
        answer = read_all(line)

    assert answer.startswith("HTTP/1.1 411")
    assert "Content-Length" in answer
    assert kept() == before


def test_more_than_was_announced_is_no_second_request(web: Served, world: World) -> None:
    """What follows the announced length would be taken for a request of its own, in the name of whoever comes next."""
    body = b'{"region":"%b"}' % EAST.encode()
    asked = head("/api/v1/exports/", len(body), kind="application/json", Authorization=token_of(world.supervisor))

    with web.line(asked + body + bytes(MEGABYTE)) as line:
        answer = read_all(line)

    assert [each[:3] for each in answer.split("HTTP/1.1 ")[1:]] == ["422", "414"]

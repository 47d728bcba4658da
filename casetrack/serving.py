"""The web's worker: no client, however slow, keeps a thread from the others.

A thread is for who has said what they want. Until then a connection lies with the one loop that waits for all: while
its head comes, and a small body with it. Large bodies are read by a few of the threads at a time; who goes quiet, or is
slower than any line, is let go. What is still sent to us after its answer was given is read and forgotten, since a
connection that is closed under a client that sends would take the answer with it.

Gunicorn's own threads each wait for one client: as many slow ones as there are threads, and nobody else is answered.
"""

import re
import selectors
import socket
import struct
from collections import deque
from functools import partial
from time import monotonic
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_WITHIN = 20.0  # seconds for a head, and for a small body after it
QUIET = 30  # seconds without a byte, in either direction
SMALL = 64 * 1024  # bytes of a body that are waited for without a thread
MOST_HEAD = 64 * 1024
GRACE, SLOWEST = 30.0, 8 * 1024  # seconds, and bytes a second after them: a large body comes faster, or not at all
UPLOADS = 4  # threads of a process that may read large bodies
WAITING = 30.0  # seconds for which one more large body waits for its turn
LINGER, MOST_FORGOTTEN = 60.0, 512 * 2**20
PIECE = 64 * 1024
END = b"\r\n\r\n"
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r$")
UNKNOWN = re.compile(rb"(?im)^(transfer-encoding|expect):")
BUSY = "现在上传文件的人较多，请过一会儿再传".encode()
REFUSED = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 30\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(BUSY), BUSY)
)


class Body(SocketUnreader):
    """What comes in after the head. One that breaks off, goes quiet or crawls is an error, never a shorter body."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.begun, self.got = monotonic(), 0

    def chunk(self, size_hint: int | None = None) -> bytes:
        try:
            piece: bytes = super().chunk(size_hint)
        except BlockingIOError:
            raise ConnectionResetError("the client has gone quiet") from None
        if not piece:
            raise ConnectionResetError("the client has left before all had come")
        self.got += len(piece)
        if monotonic() - self.begun > GRACE + self.got / SLOWEST:
            raise ConnectionResetError("the client is too slow")
        return piece


class Line(TConn):
    """A connection, with what has come on it and belongs to no thread yet."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.head, self.until, self.forgotten = bytearray(), 0.0, 0
        self.is_upload = False
        quiet = struct.pack("ll", QUIET, 0)
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self.sock.setsockopt(socket.SOL_SOCKET, option, quiet)

    def is_whole(self) -> bool:
        """Whether a thread need not wait for it any more, or can't be spared it."""
        end = self.head.find(END)
        if end < 0:
            return len(self.head) > MOST_HEAD
        head = bytes(self.head[: end + 2])
        said = LENGTH.search(head)
        length = int(said[1]) if said else 0
        self.is_upload = bool(UNKNOWN.search(head)) or length > SMALL
        return self.is_upload or len(self.head) >= end + len(END) + length

    def hand_over(self) -> None:
        """Give what has come to the parser, which asks the socket for the rest of the body alone."""
        self.init()
        body = Body(self.sock)
        body.buf.write(self.parser.unreader.take_buffered() + bytes(self.head))
        self.parser.unreader = body
        self.head.clear()


class PatientWorker(ThreadWorker):
    """Threads behind a loop that waits."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.gathering: dict[Line, None] = {}  # the oldest first
        self.leaving: dict[Line, None] = {}
        self.uploading, self.turns = 0, deque[Line]()

    def accept(self, listener: socket.socket) -> None:
        try:
            sock, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        self.gather(Line(self.cfg, sock, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Line, client: socket.socket) -> None:
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.gather(conn)

    def gather(self, conn: Line) -> None:
        conn.sock.setblocking(False)
        conn.until = monotonic() + HEAD_WITHIN
        self.gathering[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.more, conn))

    def more(self, conn: Line, sock: socket.socket) -> None:
        if not (piece := received(sock)):
            if piece is not None:
                self.drop(conn, self.gathering)
            return
        conn.head += piece
        if conn.is_whole():
            self.poller.unregister(sock)
            del self.gathering[conn]
            self.take_turn(conn)

    def take_turn(self, conn: Line) -> None:
        if not conn.is_upload:
            self.begin(conn)
        elif self.uploading < UPLOADS:
            self.uploading += 1
            self.begin(conn)
        else:
            conn.until = monotonic() + WAITING
            self.turns.append(conn)

    def begin(self, conn: Line) -> None:
        conn.hand_over()
        self.enqueue_req(conn)

    def finish_request(self, conn: Line, future: Any) -> None:
        if conn.is_upload:
            conn.is_upload = False
            self.uploading -= 1
            if self.turns:
                self.take_turn(self.turns.popleft())
        if not future.cancelled() and future.exception() is None and not future.result():
            self.leave(conn)
            return
        super().finish_request(conn, future)

    def leave(self, conn: Line) -> None:
        """Say that nothing more comes, and forget what still does, until the client has gone as well."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.forget, conn))
        except (OSError, ValueError):  # it has gone
            self.nr_conns -= 1
            conn.close()
            return
        conn.until = monotonic() + LINGER
        self.leaving[conn] = None

    def forget(self, conn: Line, sock: socket.socket) -> None:
        piece = received(sock)
        conn.forgotten += len(piece or b"")
        if piece == b"" or conn.forgotten > MOST_FORGOTTEN:
            self.drop(conn, self.leaving)

    def drop(self, conn: Line, among: dict[Line, None]) -> None:
        del among[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Asked every second: who has taken too long is let go; who is to end waits for nobody who has said nothing."""
        now = monotonic()
        for among in (self.gathering, self.leaving):
            for conn in [each for each in among if each.until < now or not (self.alive or each.head)]:
                self.drop(conn, among)
        while self.turns and (self.turns[0].until < now or not self.alive):
            self.refuse(self.turns.popleft())

    def refuse(self, conn: Line) -> None:
        conn.sock.send(REFUSED)  # so little that the socket takes it at once
        self.leave(conn)


def received(sock: socket.socket) -> bytes | None:
    """What has come; empty where the other end has gone, None where nothing has come after all."""
    try:
        return sock.recv(PIECE)
    except BlockingIOError:
        return None
    except OSError:
        return b""

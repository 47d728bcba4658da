"""What stands between a service and a server: it passes everything on, until a test has it cut, refuse or swallow."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

PIECE = 2**16


class Between:
    """A socket of its own whose every connection leads to another's."""

    def __init__(self, path: Path, to: str) -> None:
        self.path, self.to = path, to
        self.passes = threading.Event()
        self.lock = threading.Lock()
        self.ends: list[socket.socket] = []
        self.listening: socket.socket | None = None
        self.back()

    def back(self) -> None:
        """The server is there, and answers."""
        self.passes.set()
        if self.listening is None:
            self.path.unlink(missing_ok=True)
            self.listening = socket.socket(socket.AF_UNIX)
            self.listening.bind(str(self.path))
            self.listening.listen(64)
            threading.Thread(target=self.accept, args=[self.listening], daemon=True).start()

    def gone(self) -> None:
        """As when it was stopped: nobody listens, and who was connected is cut off."""
        if self.listening is not None:
            # closing alone would leave the thread that waits in accept
            with contextlib.suppress(OSError):
                self.listening.shutdown(socket.SHUT_RDWR)
            self.listening.close()
            self.listening = None
        self.path.unlink(missing_ok=True)
        self.cut()

    def cut(self) -> None:
        with self.lock:
            ends, self.ends = self.ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def silent(self) -> None:
        """As when the network swallows all: connections are made, and nothing comes back."""
        self.passes.clear()

    def accept(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            with self.lock:
                self.ends += [caller, server]
            try:
                server.connect(self.to)
            except OSError:
                caller.close()
                continue
            for one, other in ((caller, server), (server, caller)):
                threading.Thread(target=self.carry, args=[one, other], daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while content := one.recv(PIECE):
                self.passes.wait()
                other.sendall(content)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def between(path: Path, to: str) -> Iterator[Between]:
    made = Between(path, to)
    try:
        yield made
    finally:
        made.passes.set()
        made.gone()

"""Several processes as one: started together, ended together, none restarted."""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Self

PATIENCE = 20.0  # seconds for a request or a job to end by itself
SECOND_PATIENCE = 5.0  # after a second SIGTERM, which ends a worker together with its job
PORTS_TRIED = 100


class NoPortFree(Exception):
    """Every port that was tried is taken."""


def listening_from(port: int, *, host: str = "127.0.0.1") -> socket.socket:
    """A socket listening on the first free port from `port` on: open from now, so that nobody takes it meanwhile."""
    last = min(port + PORTS_TRIED, 65536)
    for candidate in range(port, last):
        try:
            return socket.create_server((host, candidate), backlog=128)
        except OSError:
            continue
    raise NoPortFree(f"{host} 的端口 {port} 至 {last - 1} 均被占用，请用 --port 指定其他端口")


class Company:
    """Child processes by name, in this process' group, so that what ends the group ends them all."""

    def __init__(self, *, cwd: Path, patience: float = PATIENCE) -> None:
        self.cwd, self.patience = cwd, patience
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
        output: IO[bytes] | None = None,
        inherits: bool = True,
    ) -> None:
        """Start a child that leaves Ctrl-C to us, which the terminal sends to it too, until it says otherwise.

        What it says goes where ours does, or to `output`. Where it inherits nothing, `env` is its whole environment.
        """
        ours = signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited
        try:
            self.children[name] = subprocess.Popen(
                argv,
                cwd=self.cwd,
                env={**(os.environ if inherits else {}), **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=pass_fds,
            )
        finally:
            signal.signal(signal.SIGINT, ours)

    def first_to_end(self) -> str | None:
        """A child that has ended by itself."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """Ask all to end, then insist, then kill: a kill is safe too, since all work is done in transactions."""
        for ask, patience in (("terminate", self.patience), ("terminate", SECOND_PATIENCE), ("kill", SECOND_PATIENCE)):
            running = [child for child in self.children.values() if child.poll() is None]
            for child in running:
                getattr(child, ask)()
            if all(ended(child, patience) for child in running):
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def ended(child: subprocess.Popen[bytes], patience: float) -> bool:
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        return False
    return True


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Set by Ctrl-C, SIGTERM or the end of the terminal."""
    asked = threading.Event()

    def ask(signum: int, frame: FrameType | None) -> None:
        asked.set()

    before = {signum: signal.signal(signum, ask) for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield asked
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)

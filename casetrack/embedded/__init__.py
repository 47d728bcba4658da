"""The bundled PostgreSQL and Redis, for trying out, developing and testing: real servers that no one has to install.

Used for what DATABASE_URL or REDIS_URL does not name; each is decided by itself. See docs/decisions/0001.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casetrack.embedded import account, belonging, folders, postgres_server, programs, redis_server
from casetrack.embedded.place import SYSTEM_FOLDER, Place, data_dir, place_of
from casetrack.embedded.refusals import ServersRefused
from casetrack.lib.env import envhidden

__all__ = ["Bundled", "Place", "ServersRefused", "bundled", "ensure"]

LOCK_PATIENCE = 300.0  # longer than the slowest start after the slowest stop


@dataclass(frozen=True, slots=True)
class Bundled:
    """Which servers are ours to run, and where."""

    place: Place
    postgres: bool
    redis: bool
    system_folder: Path = SYSTEM_FOLDER

    def ensure(self) -> None:
        """Have them running: at once when they are, and once however many ask at a time."""
        try:
            if self._answer():
                return
            folders.open_data_dir(self.place)
            with _alone(self.place):
                if not self._answer():
                    self._start()
        except OSError as error:
            raise folders.unusable(Path(error.filename or self.place.home), error.strerror or str(error)) from error

    def stop(self) -> None:
        """End them; what PostgreSQL holds is safe, what Redis holds can be rebuilt."""
        if not (self.place.data_dir.is_dir() or self.place.home.is_dir()):
            return
        folders.open_data_dir(self.place)
        with _alone(self.place):
            _stop_both(self.place)

    def remove(self) -> None:
        """End them and delete what they hold: for tests, whose data nobody will ask for."""
        self.stop()
        for folder in (self.place.home, self.place.run):
            if folder.exists():
                shutil.rmtree(folder)

    def status(self) -> dict[str, bool]:
        """Which of them answer."""
        found = {}
        if self.postgres:
            found["PostgreSQL"] = postgres_server.answers(self.place)
        if self.redis:
            found["Redis"] = redis_server.answers(self.place)
        return found

    def _answer(self) -> bool:
        if belonging.outlived(self.place):
            return False
        return (not self.redis or redis_server.answers(self.place)) and (
            not self.postgres or postgres_server.answers(self.place)
        )

    def _start(self) -> None:
        runs_as = account.current()
        belonging.settle(self.place, stop=_stop_both)
        folders.prepare(self.place, runs_as)
        belonging.sign(self.place)
        found = programs.for_account(runs_as, system_folder=self.system_folder)
        if self.redis and not redis_server.answers(self.place):
            redis_server.start(self.place, runs_as, found)
        if self.postgres and not postgres_server.answers(self.place):
            postgres_server.start(self.place, runs_as, found)


def bundled(env: Mapping[str, str] = os.environ) -> Bundled:
    """What the environment leaves to us. Starts nothing."""
    return Bundled(
        place=place_of(data_dir(env)),
        postgres=not envhidden("DATABASE_URL", env=env),
        redis=not envhidden("REDIS_URL", env=env),
    )


def ensure() -> None:
    """Have running whatever this process' environment does not name."""
    found = bundled()
    if found.postgres or found.redis:
        found.ensure()


def _stop_both(place: Place) -> None:
    redis_server.stop(place)
    postgres_server.stop(place)


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """One process at a time starts or stops these servers. The system frees the lock of one that is killed."""
    with _opened(place) as file:
        until = time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise ServersRefused(
                        f"另一个进程正在启动或停止内置服务器，等候{LOCK_PATIENCE:.0f}秒仍未完成。"
                        f"请查看 {place.logs} 中的日志，结束占用 {place.lock} 的进程后再运行一次。",
                        f"Another process has held {place.lock} for {LOCK_PATIENCE:.0f} seconds.",
                    ) from None
                time.sleep(0.05)
        yield


@contextmanager
def _opened(place: Place) -> Iterator[int]:
    try:
        file = os.open(place.lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise folders.unusable(place.lock, error.strerror or str(error)) from error
    try:
        yield file
    finally:
        os.close(file)

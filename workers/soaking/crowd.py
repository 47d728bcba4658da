"""Everyone who takes part: web, workers, schedule, settlers and clients; each is started again when it was killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings

from casetrack.embedded import processes
from workers.processes import Company
from workers.soaking.ground import diary_of, orders_of

PROC = Path("/proc")
MARK = "CASETRACK_SOAK"
"""In the environment of everyone who takes part, and so of those whom they leave behind."""
WEB_ENV = {"CASETRACK_DB_POOL": "4", "CASETRACK_HTTPS": "false"}
QUIET = ("--log-level=error", "--no-control-socket")
GUNICORN = ("gunicorn", "casetrack.wsgi", "--preload", "--workers=2", *QUIET)
"""Loaded once, so that a worker of it that was killed is back at once."""
WEB, SCHEDULE = "web", "schedule"
SPARED = ("settler 1", "worker 1")
"""They live through the whole trial, so that their memory can be followed."""


@dataclass(slots=True)
class Crowd:
    """The processes by name: how each is started, and how often it was killed."""

    company: Company
    output: IO[bytes]
    listening: socket.socket
    mark: str
    killed: Counter[str] = field(default_factory=Counter)
    ended: list[str] = field(default_factory=list)
    ways: dict[str, list[str]] = field(default_factory=dict)

    @property
    def manage(self) -> list[str]:
        return [sys.executable, str(settings.BASE_DIR / "manage.py")]

    def gather(self, *, clients: Sequence[str], settlers: int, folder: Path) -> None:
        manage = self.manage
        self.ways[WEB] = [sys.executable, "-m", *GUNICORN, f"--bind=fd://{self.listening.fileno()}"]
        for number in (1, 2):
            self.ways[f"worker {number}"] = [*manage, "work", "--verbosity=0"]
        self.ways[SCHEDULE] = [*manage, "schedule", "--verbosity=0"]
        for number in range(settlers):
            self.ways[f"settler {number + 1}"] = [*manage, "soak", "--settle"]
        for name in clients:
            program = [sys.executable, "-m", "workers.soaking.client"]
            self.ways[f"client {name}"] = [*program, str(orders_of(folder, name)), str(diary_of(folder, name))]
        for name in self.ways:
            self.start(name)

    def start(self, name: str) -> None:
        env = {MARK: self.mark, **(WEB_ENV if name == WEB else {})}
        fds = [self.listening.fileno()] if name == WEB else []
        self.company.start(name, self.ways[name], env=env, pass_fds=fds, output=self.output)

    def named(self, *beginnings: str) -> list[str]:
        return [name for name in self.ways if name.startswith(beginnings)]

    def kill(self, name: str) -> None:
        """What kills it asks nobody; those it started are left to themselves."""
        child = self.company.children[name]
        child.kill()
        child.wait()
        self.killed[name] += 1

    def kill_child_of(self, name: str, choose: Callable[[Sequence[int]], int]) -> bool:
        """One of those that a process has started, if there is any."""
        found = children_of(self.company.children[name].pid)
        if found:
            processes.send(choose(found), signal.SIGKILL)
            self.killed[f"{name} 的子进程"] += 1
        return bool(found)

    def errand(self, command: str, *, patience: float) -> bool:
        """A command beside the others, killed where it takes longer than that: whether it came to its end."""
        self.company.start(command, [*self.manage, command], env={MARK: self.mark}, output=self.output)
        child = self.company.children.pop(command)
        try:
            if code := child.wait(patience):
                self.ended.append(f"{command}结束时出错（退出码{code}）")
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return False
        return True

    def tend(self) -> None:
        """Start again whoever is gone; those whom nobody killed are noted: nothing that happens here may end them."""
        for name, child in list(self.company.children.items()):
            if child.poll() is not None:
                if child.returncode != -signal.SIGKILL:
                    self.ended.append(f"{name}自行结束（退出码{child.returncode}）")
                self.start(name)

    def end(self, names: Sequence[str], *, patience: float) -> list[str]:
        """Ask some to end after what they are at: who did not, or not well."""
        for name in names:
            self.company.children[name].terminate()
        until = time.monotonic() + patience
        return [said for name in names if (said := self.how_it_ended(name, until - time.monotonic()))]

    def how_it_ended(self, name: str, patience: float) -> str:
        child = self.company.children.pop(name)
        try:
            code = child.wait(max(patience, 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return f"{name}未按要求结束"
        return f"{name}结束时出错（退出码{code}）" if code not in (0, -signal.SIGTERM) else ""

    def end_the_rest(self, *, patience: float) -> None:
        """Those who were left to themselves, once they have had time to end."""
        until = time.monotonic() + patience
        while (left := marked(self.mark)) and time.monotonic() < until:
            time.sleep(0.2)
        for pid in left:
            processes.send(pid, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    return [each for each in pids() if parent_of(each) == pid]


def pids() -> list[int]:
    return sorted(int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def parent_of(pid: int) -> int | None:
    try:
        return int((PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


def marked(mark: str) -> list[int]:
    """The living processes, other than this one, that carry a mark in their environment."""
    wanted, found = f"{MARK}={mark}".encode(), []
    for pid in pids():
        try:
            if pid != os.getpid() and wanted in (PROC / str(pid) / "environ").read_bytes().split(b"\0"):
                found.append(pid)
        except OSError:
            continue
    return found

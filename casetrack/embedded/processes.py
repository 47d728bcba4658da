"""Telling our own server's process from a stranger that has inherited its number."""

import contextlib
import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")


def working_in(folder: Path) -> list[int]:
    """The living processes whose working folder this is: both servers stand in their own data folder."""
    wanted = os.path.realpath(folder)
    wanted_or_deleted = {wanted, f"{wanted} (deleted)"}
    found = []
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.readlink(entry / "cwd") in wanted_or_deleted:  # a zombie has none
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def end(folder: Path, pid: int, *, gently: signal.Signals, patience: float) -> bool:
    """Ask the process to end, and everything that stands in the folder with it; then make them."""
    for sent, wait in ((gently, patience), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        for target in [pid] if sent is gently else working_in(folder):
            send(target, sent)
        if _gone(folder, within=wait):
            return True
    return False


def send(pid: int, sent: signal.Signals) -> None:
    """A signal to a process that may have ended already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sent)


def _gone(folder: Path, *, within: float) -> bool:
    until = time.monotonic() + within
    while working_in(folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True

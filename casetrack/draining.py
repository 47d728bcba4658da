"""A web process that was asked to end says so for some seconds first, so that whoever sends it requests sends no more.

Read by gunicorn's own process (gunicorn.conf.py), which all of its workers are forked from, and by health checks.
"""

import mmap
import signal
from types import FrameType

_told = mmap.mmap(-1, 1)  # one byte that the processes forked from this one share with it


def is_leaving() -> bool:
    return _told[0] != 0


def leave_slowly(*, seconds: int) -> None:
    """From now on a SIGTERM is told to health checks at once, and heeded after so many seconds; a second one, at once.

    What stands behind the signal now is what ends the process: to be called when that has been set up.
    """
    end = signal.getsignal(signal.SIGTERM)

    def leave(signum: int, frame: FrameType | None) -> None:
        if is_leaving() or not seconds:
            end_now(signum, frame)  # which may only have noted it, and come back
            return
        _told[0] = 1
        signal.signal(signal.SIGALRM, end_now)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def end_now(signum: int, frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if callable(end):
            end(signal.SIGTERM, frame)

    signal.signal(signal.SIGTERM, leave)

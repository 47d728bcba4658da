"""Read by gunicorn itself: a folder in which its workers add up what they measure, its log, and how it ends.

Its own lines take the form of the service's. It keeps no log of requests, whose addresses hold what people search for:
the service writes a line a request itself.
"""

import atexit
import fcntl
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from casetrack.draining import leave_slowly
from casetrack.lib.env import envhidden, envint
from casetrack.lib.logs.setting_up import logging_in

worker_class = "casetrack.serving.PatientWorker"
threads = 16  # most of which wait, for the database or for a client that reads slowly
SHARED, FOLDER, HELD = "PROMETHEUS_MULTIPROC_DIR", "casetrack-metrics-", "held"
# the application is loaded once, before its workers are forked: each is there at once, and they share what it takes
preload_app = True

accesslog = None
usual = "json" if envhidden("DATABASE_URL") else "line"
logconfig_dict = logging_in(os.environ.get("CASETRACK_LOG_FORMAT", "").strip() or usual, level="INFO", messages=False)
logconfig_dict["loggers"] |= {
    "gunicorn.error": {"handlers": [], "propagate": True},
    "gunicorn.access": {"level": "ERROR", "handlers": [], "propagate": False},
}


def removed_by(owner: int, folder: str, lock: IO[str]) -> None:
    """Workers end as well, and leave it there."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def hold(folder: Path) -> IO[str]:
    """The folder's lock, which workers inherit: it is free once all of a run are gone. It is there only when locked."""
    file = (folder / f"{HELD}.new").open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    (folder / f"{HELD}.new").rename(folder / HELD)
    return file


def remove_left_behind(folder: Path) -> None:
    """What those measured who were killed, and could remove nothing; a worker may outlive its master for a while."""
    for left in folder.glob(f"{FOLDER}*"):
        with suppress(OSError), (left / HELD).open() as file:  # held by one who lives, or not ours to remove
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def end_in_order(signum: int, frame: object) -> None:
    """Until gunicorn, once all is loaded, has its own way: the folder goes too."""
    sys.exit(128 + signum)


if SHARED not in os.environ:  # this file is read again when gunicorn is asked to read its settings anew
    signal.signal(signal.SIGTERM, end_in_order)
    remove_left_behind(Path(tempfile.gettempdir()))
    os.environ[SHARED] = tempfile.mkdtemp(prefix=FOLDER)  # of this run: counters begin anew with it
    atexit.register(removed_by, os.getpid(), os.environ[SHARED], hold(Path(os.environ[SHARED])))


def when_ready(server: object) -> None:
    """Behind a proxy, which is to look elsewhere before we end."""
    leave_slowly(seconds=envint("CASETRACK_DRAIN_SECONDS", 0))

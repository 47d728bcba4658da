"""Read by gunicorn itself: a folder in which its workers add up what they measure, its log, and how it ends.

Its own lines take the form of the service's. It keeps no log of requests, whose addresses hold what people search for:
the service writes a line a request itself.
"""

import atexit
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from casetrack.draining import leave_slowly
from casetrack.lib.env import envhidden, envint
from casetrack.lib.logs.setting_up import logging_in

worker_class = "casetrack.serving.PatientWorker"
threads = 16  # most of which wait, for the database or for a client that reads slowly
SHARED, FOLDER = "PROMETHEUS_MULTIPROC_DIR", "casetrack-metrics-"
# the application is loaded once, before its workers are forked: each is there at once, and they share what it takes
preload_app = True

accesslog = None
usual = "json" if envhidden("DATABASE_URL") else "line"
logconfig_dict = logging_in(os.environ.get("CASETRACK_LOG_FORMAT", "").strip() or usual, level="INFO", messages=False)
logconfig_dict["loggers"] |= {
    "gunicorn.error": {"handlers": [], "propagate": True},
    "gunicorn.access": {"level": "ERROR", "handlers": [], "propagate": False},
}


def removed_by(owner: int, folder: str) -> None:
    """Workers end as well, and leave it there."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def remove_left_behind(folder: Path) -> None:
    """What those measured who were killed, and could remove nothing."""
    for left in folder.glob(f"{FOLDER}*-*"):
        owner = left.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdecimal() and not is_there(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def end_in_order(signum: int, frame: object) -> None:
    """Until gunicorn, once all is loaded, has its own way: the folder goes too."""
    sys.exit(128 + signum)


if SHARED not in os.environ:  # this file is read again when gunicorn is asked to read its settings anew
    signal.signal(signal.SIGTERM, end_in_order)
    remove_left_behind(Path(tempfile.gettempdir()))
    os.environ[SHARED] = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")  # of this run: counters begin anew with it
    atexit.register(removed_by, os.getpid(), os.environ[SHARED])


def when_ready(server: object) -> None:
    """Behind a proxy, which is to look elsewhere before we end."""
    leave_slowly(seconds=envint("CASETRACK_DRAIN_SECONDS", 0))

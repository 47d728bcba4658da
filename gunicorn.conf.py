"""Read by gunicorn itself: a folder in which its workers add up what they measure, so that any may answer for all.

Its own lines take the form of the service's. It keeps no log of requests, whose addresses hold what people search for:
the service writes a line a request itself.
"""

import os
import shutil
import tempfile

from casetrack.lib.logs.setting_up import logging_in

worker_class = "casetrack.serving.PatientWorker"
threads = 16  # most of which wait, for the database or for a client that reads slowly
SHARED = "PROMETHEUS_MULTIPROC_DIR"

accesslog = None
usual = "json" if os.environ.get("DATABASE_URL") else "line"
logconfig_dict = logging_in(os.environ.get("CASETRACK_LOG_FORMAT", "").strip() or usual, level="INFO", messages=False)
logconfig_dict["loggers"] |= {
    "gunicorn.error": {"handlers": [], "propagate": True},
    "gunicorn.access": {"level": "ERROR", "handlers": [], "propagate": False},
}


def on_starting(server: object) -> None:
    """Before the first worker: a folder of this run alone, since counters begin anew with it."""
    os.environ[SHARED] = tempfile.mkdtemp(prefix="casetrack-metrics-")


def on_exit(server: object) -> None:
    shutil.rmtree(os.environ[SHARED], ignore_errors=True)

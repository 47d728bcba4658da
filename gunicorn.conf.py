"""Read by gunicorn itself: a folder in which its workers add up what they measure, so that any may answer for all."""

import os
import shutil
import tempfile

SHARED = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: object) -> None:
    """Before the first worker: a folder of this run alone, since counters begin anew with it."""
    os.environ[SHARED] = tempfile.mkdtemp(prefix="casetrack-metrics-")


def on_exit(server: object) -> None:
    shutil.rmtree(os.environ[SHARED], ignore_errors=True)

"""The project's settings with a data folder of their own, so that tests never meet a running demo.

Several processes may run tests side by side, on the same two servers. Each has a database of PostgreSQL, which
pytest-django names for it; a database of Redis, by its number; and a folder for files.
"""

import os
from pathlib import Path

os.environ.setdefault("CASETRACK_DATA_DIR", str(Path(__file__).resolve().parents[1] / "var" / "test"))

from casetrack.settings import *  # noqa: E402, F403 - the folder is read when the settings are
from casetrack.settings import DATA_DIR as SHARED_DIR  # noqa: E402
from casetrack.settings import REDIS_URL as SHARED_REDIS  # noqa: E402
from casetrack.settings import RQ_QUEUES as SHARED_QUEUES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # passwords of tests guard nothing
WHITENOISE_AUTOREFRESH = True  # else every client of a test looks for all static files when it begins

if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # gw0, gw1, ...
    number = int(worker.removeprefix("gw")) + 1
    address, _, options = SHARED_REDIS.partition("?")
    REDIS_URL = f"{address}?db={number}&{options}"  # the first counts, before a later one and one in the path
    RQ_QUEUES = {name: {**queue, "URL": REDIS_URL} for name, queue in SHARED_QUEUES.items()}
    DATA_DIR = SHARED_DIR / worker

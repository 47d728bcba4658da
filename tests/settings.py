"""The project's settings with a data folder of their own, so that tests never meet a running demo."""

import os
from pathlib import Path

os.environ.setdefault("CASETRACK_DATA_DIR", str(Path(__file__).resolve().parents[1] / "var" / "test"))

from casetrack.settings import *  # noqa: E402, F403 - the folder is read when the settings are

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # passwords of tests guard nothing

"""The settings of a web process that a test starts: the test's database, reached by ways that the test can cut."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASE, RQ_QUEUES
from tests.settings import REDIS_URL as REDIS

WAYS = os.environ["CASETRACK_TESTED_WAYS"]  # a folder with a socket for each server
DATABASES = {"default": {**DATABASE, "NAME": os.environ["CASETRACK_TESTED_DATABASE"], "HOST": WAYS}}
REDIS_URL = f"unix://{WAYS}/redis.sock?{REDIS.partition('?')[2]}"
RQ_QUEUES = {name: {**queue, "URL": REDIS_URL} for name, queue in RQ_QUEUES.items()}
ALLOWED_HOSTS = ["*"]

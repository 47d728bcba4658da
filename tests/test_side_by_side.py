"""Tests that run side by side on the same two servers never meet, and guard passwords less than production does."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from redis import Redis

from casetrack import settings as production

SHOW = """
import json
from tests import settings
urls = {settings.REDIS_URL, *(queue["URL"] for queue in settings.RQ_QUEUES.values())}
print(json.dumps([*urls, str(settings.DATA_DIR)]))
"""


def seen_by(worker: str) -> tuple[str, str]:
    """The Redis, the same for every queue, and the folder of the process of that name."""
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=os.environ | {"PYTEST_XDIST_WORKER": worker},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    redis, folder = json.loads(done.stdout)
    return redis, folder


@pytest.mark.usefixtures("servers")
def test_what_one_process_puts_into_redis_another_does_not_find() -> None:
    (first, first_folder), (second, second_folder) = seen_by("gw8"), seen_by("gw9")
    with Redis.from_url(first) as one, Redis.from_url(second) as other:
        one.set("left by one", "1", ex=60)

        found = [redis.get("left by one") for redis in (one, other)]

        one.delete("left by one")
    assert found == [b"1", None]
    assert first_folder != second_folder


def test_passwords_are_hashed_with_argon2_outside_tests() -> None:
    assert production.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert settings.PASSWORD_HASHERS != production.PASSWORD_HASHERS


@pytest.mark.xdist_group("kept together")
def test_what_is_to_be_kept_together_says_so_to_whoever_hands_the_tests_out(request: pytest.FixtureRequest) -> None:
    together = "@kept together" if "PYTEST_XDIST_WORKER" in os.environ else ""

    assert request.node.nodeid.partition("hands_the_tests_out")[2] == together

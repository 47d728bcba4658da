"""`manage.py run`, as a person starts it: web, a worker that forks and the schedule, until it is asked to stop."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

MANAGE = (sys.executable, "manage.py")
ADDRESS = re.compile(r"服务已启动：(http://127\.0\.0\.1:\d+)/")
LOG_A_CASE = """
import time
from datetime import date
from django.utils.timezone import now
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Region
from casetrack.organizations.operations import ensure_offices
from casetrack.stats import rollup

office = ensure_offices(region=Region.objects.get(code="620500000000"))["petition_office"]
while rollup.waiting():
    time.sleep(0.1)
step = StepDraft("register", date(2024, 3, 1), {"channel": "letter"})
open_case(draft=CaseDraft("petition", office, (step,)), actor=None, now=now())
until = time.monotonic() + 20
while rollup.waiting() and time.monotonic() < until:
    time.sleep(0.1)
print("waiting", rollup.waiting())
"""


@pytest.fixture
def service(servers: None) -> Iterator[subprocess.Popen[str]]:
    command = [*MANAGE, "run", "--without-samples", "--port=0"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as process:
        yield process
        if process.poll() is None:
            process.kill()


def address_of(service: subprocess.Popen[str]) -> str:
    assert service.stdout
    for line in service.stdout:
        if found := ADDRESS.search(line):
            return found[1]
    raise AssertionError("the service ended without saying where it is")


def test_the_service_answers_counts_what_is_logged_and_stops_when_asked(service: subprocess.Popen[str]) -> None:
    address = address_of(service)
    with urlopen(f"{address}/health/ready", timeout=10) as response:
        health = json.load(response)
    logged = subprocess.run(
        [*MANAGE, "shell", "-v0"],
        input=LOG_A_CASE,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    service.send_signal(signal.SIGTERM)
    ended = service.wait(30)

    assert health == {"status": "ok", "database": "ok", "queues": "ok", "unsettled_seconds": 0.0}
    assert logged.stdout.strip() == "waiting 0"
    assert ended == 0
    with pytest.raises(URLError):
        urlopen(f"{address}/health/live", timeout=2)

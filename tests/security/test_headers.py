"""What every answer says of itself: pages, problems, files, errors and what stands still."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import LazySettings
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casetrack import headers
from casetrack.embedded.place import CHECKOUT
from tests.api.conftest import World
from tests.cases.logging import log_dispute


def broken_view(*_: object) -> None:
    raise RuntimeError("nobody foresaw this")


COOKIES = """
import json
from django.conf import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
  s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS]))
"""


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/", 200),
        ("/login/", 302),
        ("/nowhere/", 404),
        ("/manage/audit/", 403),
        ("/api/v1/cases/", 200),
        ("/api/v1/nowhere/", 404),
        ("/api/v1/docs/", 200),
        ("/health/live", 200),
        ("/cases", 301),
        ("/static/web/icon.svg", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_every_answer_keeps_others_out(world: World, asked: str, status: int) -> None:
    client = Client()
    client.force_login(world.clerk_east)

    answer = client.get(asked)

    assert answer.status_code == status
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "'none'"
    assert policy["default-src"] in ("'none'", "'self'")
    assert not {"unsafe", "http:", "https:", "*", "nonce"} & set(answer["Content-Security-Policy"].split())
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"] or asked.startswith("/static/web/")
    assert {"Server", "X-Powered-By"}.isdisjoint(answer.headers)


def test_an_answer_to_what_breaks_or_is_refused_before_any_view_says_it_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.clerk_east)
    strange = client.get("/", headers={"Host": "elsewhere.example"})
    forged = Client(enforce_csrf_checks=True).post("/login/", {"login": "x"})
    monkeypatch.setattr("web.start.StartView.get", broken_view)
    broken = client.get("/")

    assert (strange.status_code, forged.status_code, broken.status_code) == (400, 403, 500)
    for answer in (strange, forged, broken):
        assert "no-store" in answer["Cache-Control"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["Permissions-Policy"].startswith("accelerometer=()")


def test_a_file_that_somebody_sent_in_runs_nothing(world: World, settings: LazySettings) -> None:
    client, case = Client(), log_dispute(world.east, date(2024, 3, 1))
    client.force_login(world.clerk_east)
    file = SimpleUploadedFile("笔录.txt", b"<script>alert(1)</script>")
    client.post(f"/cases/{case.pk}/attachments/", {"sort": "other", "file": file})
    kept = case.attachments.get()

    answer = client.get(f"/cases/{case.pk}/attachments/{kept.pk}/file/")

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == headers.OF_FILES
    assert answer["Content-Type"] == "text/plain"
    assert "no-store" in answer["Cache-Control"]


def test_over_https_cookies_are_of_this_host_alone_and_in_the_trial_they_work_without() -> None:
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "casetrack.settings", "CASETRACK_HTTPS": "true"}

    told = subprocess.run(
        [sys.executable, "-c", COOKIES], cwd=CHECKOUT, env=given, capture_output=True, text=True, check=True
    )

    assert json.loads(told.stdout) == ["__Host-sessionid", "__Host-csrftoken", True, True, True, 31_536_000]
    assert (project.SESSION_COOKIE_NAME, project.SESSION_COOKIE_SECURE) == ("sessionid", False)
    assert (project.CSRF_COOKIE_NAME, project.CSRF_COOKIE_SECURE) == ("csrftoken", False)

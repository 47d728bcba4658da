"""What a token must be issued for, address by address. A new address, or a new method, without its line here fails."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.module_loading import import_string
from rest_framework.test import APIClient

from api.permissions import scope_needed
from api.urls import v1
from casetrack.accounts.models import Token
from casetrack.accounts.token_scopes import TOKEN_SCOPES
from casetrack.cases.models import Case
from tests.api.conftest import EAST, World, new_dispute

READS = {"GET": "read"}
WRITES = {"GET": "read", "POST": "write"}
NEEDED: dict[str, dict[str, str]] = {
    "region-list": READS,
    "region-detail": READS,
    "organization-list": WRITES,
    "organization-detail": {"GET": "read", "PATCH": "write"},
    "mediator-list": WRITES,
    "mediator-detail": {"GET": "read", "PATCH": "write"},
    "training-list": WRITES,
    "training-detail": {"GET": "read", "PATCH": "write"},
    "kind-list": READS,
    "kind-detail": READS,
    "case-list": WRITES,
    "case-detail": {"GET": "read", "PATCH": "write"},
    "case-event-list": WRITES,
    "case-deadline-list": READS,
    "case-party-list": WRITES,
    "case-party-detail": {"GET": "read", "PATCH": "write"},  # with a purpose, also "personal"
    "case-attachment-list": WRITES,
    "case-attachment-detail": READS,
    "case-attachment-file": {"GET": "personal"},
    "case-attachment-remove": {"POST": "write"},
    "case-link-list": WRITES,
    "deadline-list": READS,
    "case-bulk": {"POST": "write"},
    "case-suggestions": {"POST": "read"},
    "event-bulk": {"POST": "write"},
    "audit-list": {"GET": "audit"},
    "import-list": WRITES,
    "import-detail": READS,
    "import-cancel": {"POST": "write"},
    "import-undo": {"POST": "write"},
    "import-errors": {"GET": "write"},  # gives back what was sent in
    "export-list": {"GET": "export", "POST": "export"},
    "export-detail": {"GET": "export"},
    "export-cancel": {"POST": "export"},
    "export-file": {"GET": "export"},
    "report-check-list": {"GET": "statistics", "POST": "statistics"},
    "report-check-detail": {"GET": "statistics"},
    "report-check-file": {"GET": "statistics"},
    "report-check-cancel": {"POST": "statistics"},
    "closings": {"GET": "statistics", "POST": "write"},
    "closing": {"GET": "statistics"},
    "closing-figures": {"GET": "statistics"},
    "closing-cases": {"GET": "read"},
    "closing-archive": {"GET": "export"},
    "closing-reported": {"GET": "read"},
    "closing-restatement": {"GET": "statistics"},
    "restatements": {"GET": "statistics"},
    "reports-draft": {"GET": "statistics"},
    "reports-draft-file": {"GET": "statistics"},
    "reports-tables": {"GET": "statistics"},
    "reports-table": {"GET": "statistics"},
    "reports-table-file": {"GET": "statistics"},
    "months": {"GET": "statistics"},
    "reported-list": {"GET": "read", "POST": "write"},
    "reported-detail": {"GET": "read", "PATCH": "write"},
    "reported-version-list": {"GET": "read"},
    "statistics-registers": {"GET": "read"},
    "statistics-reported": {"GET": "read"},
    "month-reports": {"GET": "statistics", "POST": "write"},
    "statistics": {"GET": "statistics"},
    "statistics-cases": {"GET": "read"},
    "indicators": READS,
    "law-rules": READS,
    "law-rule": READS,
    "law-due-date": READS,
    "schema": READS,
    "docs": READS,
    "token-list": {"GET": "tokens", "POST": "tokens"},
    "token-detail": {"GET": "tokens", "DELETE": "tokens"},
    "user-list": {"GET": "users", "POST": "users"},
    "user-detail": {"GET": "users", "PATCH": "users"},
    "user-unlock": {"POST": "users"},
    "user-reset-second-factor": {"POST": "users"},
    "user-end-access": {"POST": "users"},
    "user-one-time-password": {"POST": "users"},
    "membership-list": {"GET": "users", "POST": "users"},
    "membership-detail": {"GET": "users", "PATCH": "users", "DELETE": "users"},
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def views_in(patterns: list[URLPattern | URLResolver]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= views_in(pattern.url_patterns)
        else:
            found[str(pattern.name)] = pattern.callback
    return found


def needed_by(callback: Any) -> dict[str, str]:
    """The methods that a view answers, each with the scope that it asks for."""
    actions: dict[str, str] = getattr(callback, "actions", None) or {
        method.lower(): "" for method in METHODS if hasattr(callback.cls, method.lower())
    }
    found = {}
    for method, action in actions.items():
        view = callback.cls(**getattr(callback, "initkwargs", {}))
        view.action = action
        found[method.upper()] = scope_needed(view, method.upper())
    return {method: scope for method, scope in found.items() if method in METHODS}


def test_every_address_says_what_a_token_needs_there() -> None:
    assert {name: needed_by(callback) for name, callback in views_in(v1).items()} == NEEDED


def test_every_view_asks_for_it() -> None:
    usual = [import_string(path) for path in settings.PERMISSIONS]

    for name, callback in views_in(v1).items():
        assert list(callback.cls.permission_classes)[: len(usual)] == usual, name


def program(world: World, *scopes: str) -> APIClient:
    _, secret = Token.issue(user=world.clerk_east, name="测试", now=timezone.now(), expires_at=None, scopes=scopes)
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.django_db
def test_a_token_for_reading_writes_nothing(world: World) -> None:
    reading = program(world, "read")

    answer = reading.post("/api/v1/cases/", new_dispute(world.east))

    assert (answer.status_code, answer.json()["code"]) == (403, "token_scope_missing")
    assert "登记" in answer.json()["detail"]
    assert reading.get("/api/v1/cases/").status_code == 200
    assert not Case.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("scope", TOKEN_SCOPES)
def test_figures_are_only_for_tokens_issued_for_them(world: World, scope: str) -> None:
    world.clerk_east.memberships.update(organization=None, region_id=EAST)
    address = f"/api/v1/statistics/?region={EAST}&from=2024-01-01&to=2024-12-31"

    assert program(world, scope).get(address).status_code == (200 if scope == "statistics" else 403)
    assert program(world, scope).head(address).status_code == (200 if scope == "statistics" else 403)


@pytest.mark.django_db
def test_a_token_for_nothing_opens_nothing(world: World) -> None:
    assert program(world).get("/api/v1/cases/").status_code == 403


@pytest.mark.django_db
def test_a_session_needs_no_scope(world: World) -> None:
    browser = APIClient()
    browser.force_login(world.clerk_east)

    assert browser.get("/api/v1/tokens/").status_code == 200

"""The command that gives programs their tokens, and takes them back."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, Token
from tests.api.conftest import World

pytestmark = pytest.mark.django_db


def said(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("tokens", *words, stdout=out, **options)
    return out.getvalue().strip()


def test_an_issued_token_logs_in_until_it_is_revoked(world: World) -> None:
    secret = said("issue", "clerk-east", "--name", "县热线平台")
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    before = program.get("/api/v1/cases/").status_code
    listed = said("list", "clerk-east")
    revoked = said("revoke", "clerk-east", "--name", "县热线平台")

    assert secret.startswith("ct_")
    assert "县热线平台\t有效期至" in listed
    assert secret not in listed
    assert revoked == "已吊销 1 个令牌"
    assert (before, program.get("/api/v1/cases/").status_code) == (200, 401)


def test_a_name_that_no_token_has_is_refused_and_nobody_takes_a_leak_for_stopped(world: World) -> None:
    said("issue", "clerk-east", "--name", "县热线平台")

    with pytest.raises(CommandError, match="没有用途为“热线平台”的令牌，没有吊销；已有的：县热线平台"):
        said("revoke", "clerk-east", "--name", "热线平台")

    assert Token.objects.get().revoked_at is None


def test_a_token_ends_by_itself(world: World) -> None:
    said("issue", "clerk-east", "--name", "试用", "--days", "7")

    token = Token.objects.get()

    assert token.expires_at is not None
    assert (token.expires_at - token.created_at).days == 7


@pytest.mark.parametrize(
    "words", [("issue", "nobody", "--name", "x"), ("issue", "clerk-east", "--name", "x", "--days", "0")]
)
def test_what_can_not_be_issued_is_refused_in_words(world: World, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="没有名为|有效天数"):
        said(*words)


def test_a_token_is_issued_for_what_it_is_asked_for_and_usually_for_no_personal_data(world: World) -> None:
    said("issue", "clerk-east", "--name", "统计屏", "--scope", "statistics", "--scope", "read")
    said("issue", "clerk-east", "--name", "县热线平台")

    narrow, usual = Token.objects.order_by("pk")

    assert narrow.scopes == ["read", "statistics"]
    assert usual.scopes == ["read", "statistics", "write"]


def test_what_the_command_does_is_in_the_audit_log(world: World) -> None:
    said("issue", "clerk-east", "--name", "试用")
    said("revoke", "clerk-east")
    said("revoke", "clerk-east")

    assert [(entry.action, entry.actor) for entry in AuditEntry.objects.order_by("pk")] == [
        (Action.TOKEN_ISSUED, None),
        (Action.TOKEN_REVOKED, None),
    ]

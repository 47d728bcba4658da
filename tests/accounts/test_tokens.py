"""Tokens: issued once, found by their secret, and no longer once expired or revoked."""

from datetime import UTC, datetime, timedelta

import pytest

from casetrack.accounts.models import Token, User

NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("qinan-clerk", display_name="王芳")


def issue(user: User, expires_at: datetime | None = None) -> tuple[Token, str]:
    return Token.issue(user=user, name="台账导入程序", now=NOW, expires_at=expires_at)


def test_a_token_is_found_by_its_secret(clerk: User) -> None:
    token, secret = issue(clerk)

    assert Token.objects.find(secret, NOW) == token


def test_the_secret_is_not_in_the_database(clerk: User) -> None:
    token, secret = issue(clerk)

    assert secret.startswith("ct_")
    assert secret not in str(Token.objects.filter(pk=token.pk).values().get())


def test_two_tokens_have_different_secrets(clerk: User) -> None:
    assert issue(clerk)[1] != issue(clerk)[1]


def test_a_wrong_secret_finds_nothing(clerk: User) -> None:
    _, secret = issue(clerk)

    assert Token.objects.find(secret + "x", NOW) is None


def test_a_token_ends_at_the_moment_it_expires(clerk: User) -> None:
    token, secret = issue(clerk, expires_at=TOMORROW)

    assert Token.objects.find(secret, TOMORROW - timedelta(seconds=1)) == token
    assert Token.objects.find(secret, TOMORROW) is None


def test_a_revoked_token_finds_nothing(clerk: User) -> None:
    _, secret = issue(clerk)

    Token.objects.filter(user=clerk).revoke(NOW)

    assert Token.objects.find(secret, NOW) is None


def test_revoking_twice_keeps_the_first_time(clerk: User) -> None:
    token, _ = issue(clerk)
    Token.objects.revoke(NOW)

    Token.objects.revoke(TOMORROW)

    token.refresh_from_db()
    assert token.revoked_at == NOW


def test_the_token_of_a_user_who_left_finds_nothing(clerk: User) -> None:
    _, secret = issue(clerk)

    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert Token.objects.find(secret, NOW) is None


def test_a_user_is_shown_by_name_where_there_is_one(clerk: User) -> None:
    assert str(clerk) == "王芳"
    assert str(User(username="ops")) == "ops"

"""The version of a row: it changes with what the row says, and tells nothing of it."""

import hashlib

import pytest
from pytest_django.fixtures import Settings

from casetrack.accounts.models import User
from casetrack.accounts.versions import RowChanged, refuse_unless_at, version_of


def test_a_row_that_says_something_else_has_another_version() -> None:
    row = User(pk=1, username="wang", display_name="王敏")
    before = version_of(row)

    row.display_name = "王敏敏"

    assert version_of(row) != before
    row.display_name = "王敏"
    assert version_of(row) == before


def test_two_rows_that_say_the_same_differ() -> None:
    assert version_of(User(pk=1, username="wang")) != version_of(User(pk=2, username="wang"))


def test_without_the_key_nobody_finds_out_what_the_row_says(settings: Settings) -> None:
    row = User(pk=1, username="13812341234")
    before = version_of(row)

    settings.SECRET_KEY = hashlib.sha256(b"another").hexdigest()

    assert version_of(row) != before


def test_a_passed_version_is_refused_and_none_is_any() -> None:
    row = User(pk=1, username="wang")
    passed = version_of(row)
    row.username = "li"

    refuse_unless_at(row, None)
    refuse_unless_at(row, version_of(row))
    with pytest.raises(RowChanged, match="这一用户已被他人更新"):
        refuse_unless_at(row, passed)

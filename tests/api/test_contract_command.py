"""The contract as a file: current, and written the same every time."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

DOCS = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


def test_the_contract_in_the_docs_is_current() -> None:
    call_command("contract", "--check", verbosity=0)


def test_a_contract_that_is_not_current_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text("openapi: 3.1.1\n")

    with pytest.raises(CommandError, match="manage.py contract"):
        call_command("contract", "--check", file=file)

    assert file.read_text() == "openapi: 3.1.1\n"


def test_it_is_written_the_same_every_time(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"

    call_command("contract", file=file)

    assert file.read_bytes() == DOCS.read_bytes()  # of another process, on another day
    assert "登记案件" in file.read_text()

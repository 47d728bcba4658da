"""The pages on security name only what is there: a file that was renamed takes its evidence along, or fails here."""

import re

import pytest

from casetrack.embedded.place import CHECKOUT

NAMED = re.compile(r"`((?:api|casetrack|reports|web|workers|tests|docs|deploy|\.ci)/[\w./-]+)`")
ROWS = re.compile(r"^\| \d[^|]*\|[^|]*\| (\w+) \|([^|]*)\|$", re.MULTILINE)


@pytest.mark.parametrize("page", ["asvs.md", "security.md"])
def test_every_file_that_is_named_exists(page: str) -> None:
    named = set(NAMED.findall((CHECKOUT / "docs" / page).read_text(encoding="utf-8")))

    assert len(named) > 15
    assert sorted(name for name in named if not (CHECKOUT / name).exists()) == []


def test_every_requirement_that_is_met_says_where() -> None:
    rows = ROWS.findall((CHECKOUT / "docs" / "asvs.md").read_text(encoding="utf-8"))

    assert len(rows) > 120
    assert {status for status, _ in rows} <= {"yes", "part", "operator", "no", "none"}
    assert [evidence for status, evidence in rows if status == "yes" and not evidence.strip()] == []

"""What stands in the way of a file is said in words that its reader knows."""

from pathlib import Path

import pytest

from casetrack.lib.os_errors import reason_of


@pytest.mark.parametrize(
    ("path", "words"),
    [("nowhere/file", "没有这个文件或文件夹"), (".", "这是文件夹，不是文件"), ("a" * 300, "文件名太长")],
)
def test_why_a_file_is_not_opened_is_said_in_chinese(tmp_path: Path, path: str, words: str) -> None:
    with pytest.raises(OSError) as refused:  # noqa: PT011 - which of them is what is looked at
        (tmp_path / path).read_bytes()

    assert reason_of(refused.value) == words


def test_what_has_no_words_yet_is_said_as_the_system_has_it() -> None:
    assert reason_of(OSError(114, "Operation already in progress")) == "Operation already in progress"
    assert reason_of(OSError("without a number")) == "without a number"

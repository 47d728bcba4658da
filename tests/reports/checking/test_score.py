"""The checker reads the labelled passages as well as it must, those held out too."""

from pathlib import Path

import pytest

from reports.checking.scoring import score

LABELLED = Path(__file__).parent / "labelled"


@pytest.mark.parametrize("name", ["tuned.txt", "held_out.txt"])
def test_labelled_passages_are_read_well_enough(name: str) -> None:
    read = score(LABELLED / name)

    assert read.recall >= 0.90, read.remarks
    assert read.precision >= 0.95, read.remarks
    assert read.subject_precision >= 0.90, read.remarks
    assert read.relation_recall >= 0.80, read.remarks
    assert read.false_inconsistent == 0, read.remarks


def test_a_score_is_printed_with_what_it_must_reach() -> None:
    lines = score(LABELLED).lines()

    assert len(lines) == 7
    assert lines[0].startswith("找到的数字：")
    assert lines[-1] == "误报不一致：0（应为0）"

"""The checker reads the labelled passages as well as it must, those held out too."""

from pathlib import Path

import pytest

from reports.checking.scoring import score

LABELLED = Path(__file__).parent / "labelled"


@pytest.mark.parametrize("name", ["tuned.txt", "held_out.txt", "strangers.txt", "unseen.txt"])
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


def test_a_label_may_allow_several_subjects_and_measures(tmp_path: Path) -> None:
    written = """> 全年受理信访事项63件，办结57件。
claim hotline|petition handled|received 63 件
claim hotline|proposal closed 57 件
"""
    labelled = tmp_path / "either.txt"
    labelled.write_text(written, encoding="utf-8")

    read = score(labelled)

    assert (read.right, read.right_subject, read.right_measure) == (2, 1, 1)

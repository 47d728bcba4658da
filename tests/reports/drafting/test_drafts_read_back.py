"""What we write ourselves the checker reads as we meant it: no figure of a draft differs from the record."""

from datetime import date

import pytest

from casetrack.lib.months import Period
from reports.checking.record import comparing
from reports.checking.record.rows import Standing
from reports.checking.reviewing import Review, review
from reports.documents import apart
from reports.drafting.drafting import Wish, draft
from reports.drafting.formats import FORMATS
from tests.reports.world import QINAN

TODAY = date(2025, 3, 1)
YEAR = Period.of_year(2024)


def read_back(ending: str) -> Review:
    made = draft(Wish(QINAN, YEAR, "https://casetrack.example"), today=TODAY)
    document = apart.read(FORMATS[ending](made), f"draft.{ending}")
    return review(document, comparing.Wish(QINAN, 2024), today=TODAY)


@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
def test_every_figure_of_a_draft_and_its_appendix_is_equal_to_the_record(spring: object, ending: str) -> None:
    found = read_back(ending)

    assert [found.checked.claims[row.claim].quote for row in found.rows if row.standing is not Standing.EQUAL] == []
    assert len(found.rows) > 20

"""What we write ourselves the checker reads as we meant it: no figure of a draft differs from the record."""

from datetime import date

import pytest

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.lib.months import Period
from casetrack.organizations.models import Organization, OrganizationKind
from reports.checking.claims import Verdict
from reports.checking.record import comparing
from reports.checking.record.rows import Standing
from reports.checking.reviewing import Review, review
from reports.documents import apart
from reports.drafting.drafting import Wish, draft
from reports.drafting.formats import FORMATS
from reports.drafting.writing import plain_text
from tests.cases.conftest import NOW
from tests.cases.logging import take
from tests.reports.world import QINAN, settle

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


def test_what_was_carried_over_stands_beside_what_came_in_so_that_the_sentence_balances(spring: object) -> None:
    old = log_letter(date(2023, 11, 6))
    take(old, "accept", date(2023, 11, 10))
    take(old, "conclude", date(2024, 1, 8))
    log_letter(date(2023, 12, 28))
    settle()

    made = draft(Wish(QINAN, YEAR, "https://casetrack.example"), today=TODAY)
    found = read_back("txt")

    assert (
        "2024年共收到群众信访事项1件，同比下降50%，上年结转2件，共办理3件；"
        "办结1件，办结率（含结转）33.3%，同比提高33.3个百分点。"
        "其中，受理群众来信1件，上年结转2件，办结1件，正在办理2件，办结率（含结转）33.3%。"
    ) in "".join(plain_text(chapter.body) for chapter in made.chapters)
    assert [found.checked.claims[row.claim].quote for row in found.rows if row.standing is Standing.DIFFERS] == []
    assert [relation for relation in found.checked.relations if relation.verdict is Verdict.INCONSISTENT] == []


def log_letter(on: date) -> Case:
    office = Organization.objects.get(kind=OrganizationKind.PETITION_OFFICE)
    letter = StepDraft("register", on, {"channel": "letter"})
    return open_case(draft=CaseDraft("petition", office, (letter,)), actor=None, now=NOW)

"""Short ways to log a case in a test."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import advance, open_case
from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW


def log_dispute(
    committee: Organization, on: date = date(2024, 3, 1), *, actor: User | None = None, **facts: Fact
) -> Case:
    """A neighbours' dispute, registered and accepted the same day."""
    draft = CaseDraft(
        kind="mediation",
        organization=committee,
        steps=(
            StepDraft("register", on, {"category": "neighbour", "summary": "宅前排水沟走向", **facts}),
            StepDraft("accept", on),
        ),
        parties=(PartyDraft("applicant", "张三", phone="13800000000"), PartyDraft("respondent", "李四")),
    )
    return open_case(draft=draft, actor=actor, now=NOW)


def take(case: Case, step: str, on: date, **facts: Fact) -> CaseEvent:
    return advance(case_id=case.pk, draft=StepDraft(step, on, facts), actor=None, now=NOW)


def noon(day: date) -> datetime:
    """The middle of a day where the offices are."""
    return datetime.combine(day, time(12), ZoneInfo("Asia/Shanghai"))

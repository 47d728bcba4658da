"""Cases whose clocks rest on more than a start: an extension, a suspension."""

from dataclasses import replace
from datetime import date

from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.law.statutes import RULES
from casetrack.law.terms import Rule
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW


def petition_with_extension(office: Organization) -> Case:
    """Accepted on 4 March 2024; on 10 April the sixty days were lengthened by thirty."""
    steps = (
        StepDraft("register", date(2024, 3, 1), {"channel": "letter", "purpose": "appeal"}),
        StepDraft("accept", date(2024, 3, 4)),
        StepDraft("extend", date(2024, 4, 10), {"extended_days": 30, "approved": True, "reasons_told": True}),
    )
    return open_case(draft=CaseDraft("petition", office, steps), actor=None, now=NOW)


def suspended_and_resumed(office: Organization) -> Case:
    """A reconsideration accepted on 1 March 2024 that stood still from 8 to 18 April."""
    steps = (
        StepDraft("receive", date(2024, 2, 28)),
        StepDraft("accept", date(2024, 3, 1)),
        StepDraft("suspend", date(2024, 4, 8), {"suspension_ground": "force_majeure", "parties_notified": True}),
        StepDraft("resume", date(2024, 4, 18), {"parties_notified": True}),
    )
    return open_case(draft=CaseDraft("reconsideration", office, steps), actor=None, now=NOW)


def apply_for_review(office: Organization, received: date, accepted_on: date | None = None) -> Case:
    """An application for reconsideration, accepted if said so."""
    steps = [StepDraft("receive", received)]
    if accepted_on:
        steps.append(StepDraft("accept", accepted_on))
    return open_case(draft=CaseDraft("reconsideration", office, tuple(steps)), actor=None, now=NOW)


def counting_from(rule_id: str, fact: str) -> Rule:
    return replace(RULES[rule_id], counted_from=fact)

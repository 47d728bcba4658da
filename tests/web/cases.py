"""Cases as seen from today, since pages ask the clock which day it is."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.kinds.base import Fact
from casetrack.organizations.models import Organization


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def dispute(office: Organization, days_ago: int = 0) -> Case:
    """A dispute of two neighbours, accepted on the day it came in."""
    on = timezone.localdate() - timedelta(days=days_ago)
    first = StepDraft("register", on, {"category": "neighbour", "summary": "宅前排水沟走向"})
    return opened("mediation", office, first, StepDraft("accept", on), role="applicant")


def petition(office: Organization, days_ago: int = 0, *further: StepDraft, **facts: Fact) -> Case:
    """A letter, registered on the day it came in."""
    on = timezone.localdate() - timedelta(days=days_ago)
    said = {"channel": "letter", "purpose": "appeal", "matter": "征地补偿", **facts}
    return opened("petition", office, StepDraft("register", on, said), *further, role="petitioner")


def opened(kind: str, office: Organization, *steps: StepDraft, role: str) -> Case:
    draft = CaseDraft(kind, office, steps, (PartyDraft(role, "张三", phone="13812341234"),))
    return open_case(draft=draft, actor=None, now=timezone.now())

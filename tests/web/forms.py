"""What a browser sends of a new dispute, and who sends it."""

from django.test import Client

from casetrack.accounts.models import User
from casetrack.organizations.models import Organization

NEW = "/cases/new/mediation/"


def form(office: Organization, **changed: str) -> dict[str, str]:
    """What a browser sends of a dispute that was settled on the day it came in."""
    return {
        "token": "5f0c5a80-0000-4000-8000-000000000001",
        "office-organization": str(office.pk),
        "opening-occurred_on": "2024-03-01",
        "opening-category": "neighbour",
        "opening-summary": "宅前排水沟走向",
        "course-course": "2",
        "agree-agreement": "oral",
        "parties-rows": "2",
        "parties-0-role": "applicant",
        "parties-0-name": "张三",
        "parties-0-phone": "13812341234",
        "parties-1-role": "respondent",
        "parties-1-name": "李四",
        **changed,
    }


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client

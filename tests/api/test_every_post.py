"""Every address that takes a POST, asked twice under one key: the same answer, and the deed done once.

A new one without its entry here fails.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver
from rest_framework.test import APIClient

from api.urls import v1
from casetrack.accounts.models import IdempotencyKey
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Organization, OrganizationKind
from tests.api.conftest import EAST, NOW, World, new_dispute
from tests.api.keepers import Clients, of_city
from tests.api.test_outsiders import attached_to
from tests.jobs.world import finished_import, waiting_check, waiting_export, waiting_import

pytestmark = pytest.mark.django_db

KEY = {"Idempotency-Key": "b0c3f3c6-2f50-4f7e-9d36-58f1a7a11a01"}


@dataclass(frozen=True)
class Place:
    """What the requests are about."""

    world: World
    case: Case
    petition: Case


Request = Callable[[Place], tuple[str, dict[str, Any]]]
POSTS: dict[str, Request] = {  # by the name of the address: where, and a body that is taken
    "case-list": lambda place: ("cases/", new_dispute(place.world.east)),
    "organization-list": lambda place: (
        "organizations/",
        {"name": "麦积区石佛镇调委会", "kind": "mediation_committee", "committee_kind": "township", "region": EAST},
    ),
    "mediator-list": lambda place: ("mediators/", {"organization": place.world.east.pk, "name": "赵兰"}),
    "training-list": lambda place: (
        "trainings/",
        {"region": EAST, "held_on": "2024-04-02", "name": "新任调解员培训", "attendance": 12},
    ),
    "reported-list": lambda place: (
        "reported/",
        {
            **{"organization": place.world.east.pk, "subject": "mediation", "measure": "sweeps", "value": 4},
            **{"from": "2024-04-01", "to": "2024-04-30", "source": "排查台账"},
        },
    ),
    "case-suggestions": lambda place: ("cases/suggestions/", {"kind": "mediation", "parties": ["13800001111"]}),
    "closings": lambda place: (
        "closings/",
        {"region": EAST, "month": "2024-02", "without_confirmations": "尚未实行确认"},
    ),
    "month-reports": lambda place: (
        "months/reports/",
        {"organization": place.world.east.pk, "month": "2024-04", "act": "confirmed", "zero": True},
    ),
    "case-bulk": lambda place: ("cases/bulk/", {"cases": [new_dispute(place.world.east)]}),
    "event-bulk": lambda place: (
        "events/bulk/",
        {"events": [{"case": place.case.pk, "type": "withdraw", "occurred_on": "2024-03-05"}]},
    ),
    "case-event-list": lambda place: (
        f"cases/{place.case.pk}/events/",
        {"type": "withdraw", "occurred_on": "2024-03-05"},
    ),
    "case-party-list": lambda place: (
        f"cases/{place.case.pk}/parties/",
        {"role": "respondent", "name": "王五", "phone": "13700001111"},
    ),
    "case-attachment-list": lambda place: (
        f"cases/{place.case.pk}/attachments/",
        {"sort": "application", "file": b"application"},
    ),
    "case-attachment-remove": lambda place: (
        f"cases/{place.case.pk}/attachments/{attached_to(place.case).pk}/remove/",
        {"reason": "误传他案材料"},
    ),
    "case-link-list": lambda place: (
        f"cases/{place.petition.pk}/links/",
        {"later": place.case.pk, "relation": "petition_to_mediation"},
    ),
    "import-list": lambda place: ("imports/", {"region": EAST, "files": b"content"}),
    "import-cancel": lambda place: (f"imports/{waiting_import(place.world.supervisor, EAST).pk}/cancel/", {}),
    "import-undo": lambda place: (f"imports/{finished_import(place.world.supervisor, place.case).pk}/undo/", {}),
    "export-list": lambda place: ("exports/", {"resource": "cases", "format": "csv"}),
    "export-cancel": lambda place: (f"exports/{waiting_export(place.world.supervisor).pk}/cancel/", {}),
    "report-check-list": lambda place: ("reports/check/", {"text": "调解9件", "region": EAST, "year": 2024}),
    "report-check-cancel": lambda place: (f"reports/check/{waiting_check(place.world.supervisor).pk}/cancel/", {}),
    "token-list": lambda place: ("tokens/", {"name": "县热线平台", "scopes": ["read"], "days": 30}),
    "user-list": lambda place: (
        "users/",
        {"username": "lihua", "full_name": "李华", "membership": {"role": "clerk", "region": EAST}},
    ),
    "user-unlock": lambda place: (f"users/{place.world.clerk_east.pk}/unlock/", {}),
    "user-reset-second-factor": lambda place: (f"users/{place.world.clerk_east.pk}/reset-second-factor/", {}),
    "user-end-access": lambda place: (f"users/{place.world.clerk_east.pk}/end-access/", {}),
    "user-one-time-password": lambda place: (f"users/{place.world.clerk_east.pk}/one-time-password/", {}),
    "membership-list": lambda place: (
        "memberships/",
        {"user": place.world.clerk_east.pk, "role": "clerk", "region": EAST},
    ),
}
MANAGING = {name for name in POSTS if name.startswith(("user-", "membership-"))}
WORDLESS = {
    "import-cancel",
    "import-undo",
    "export-cancel",
    "report-check-cancel",
    *(MANAGING - {"user-list", "membership-list"}),
}  # nothing is said, so nothing can be said wrongly


def post(client: APIClient, address: str, body: dict[str, Any]) -> Any:
    """Under the one key; files go as a form."""
    if not address.endswith(("imports/", "attachments/")):
        return client.post(f"/api/v1/{address}", body, headers=KEY)
    files = {name: value for name, value in body.items() if isinstance(value, bytes)}
    form = body | {name: SimpleUploadedFile("台账.csv" if name == "files" else "a.txt", files[name]) for name in files}
    return client.post(f"/api/v1/{address}", form, headers=KEY, format="multipart")


@pytest.fixture
def place(world: World, dispute: Case) -> Place:
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    step = StepDraft("register", dispute.received_on or NOW.date(), {"channel": "visit", "purpose": "appeal"})
    return Place(world, dispute, open_case(draft=CaseDraft("petition", office, (step,)), actor=None, now=NOW))


@pytest.fixture
def caller(supervisor: APIClient, client_of: Clients, name: str) -> APIClient:
    """Who may: the supervisor, or for accounts the administrator."""
    return of_city(client_of) if name in MANAGING else supervisor


def posts_in(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from posts_in(pattern.url_patterns)
        elif takes_post(pattern.callback):
            yield str(pattern.name)


def takes_post(view: Any) -> bool:
    return "post" in view.actions if hasattr(view, "actions") else hasattr(view.cls, "post")


def test_every_address_that_takes_a_post_is_asked_here() -> None:
    assert set(posts_in(v1)) == set(POSTS)


@pytest.mark.parametrize("name", POSTS)
def test_the_same_request_under_the_same_key_gets_the_same_answer(place: Place, caller: APIClient, name: str) -> None:
    address, body = POSTS[name](place)

    first, second = (post(caller, address, body) for _ in range(2))

    assert first.status_code in (200, 201, 202), first.json()
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("name", POSTS)
def test_another_request_under_the_same_key_is_refused(place: Place, caller: APIClient, name: str) -> None:
    address, body = POSTS[name](place)
    post(caller, address, body)

    answer = post(caller, address, {**body, "further": "另一请求"})

    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


@pytest.mark.parametrize("name", sorted(POSTS.keys() - WORDLESS))
def test_a_refused_request_leaves_no_key(place: Place, caller: APIClient, name: str) -> None:
    address, body = POSTS[name](place)

    refused = post(caller, address, {})

    assert 400 <= refused.status_code < 500
    assert not IdempotencyKey.objects.exists()
    assert post(caller, address, body).status_code in (200, 201, 202)

"""Every address, asked from outside: nothing is shown without a log-in, and nothing beyond the scope with one.

A new address without its entry here fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from rest_framework.test import APIClient

from api.urls import v1
from casetrack.accounts.models import Token, User
from casetrack.cases.attachments import attach
from casetrack.cases.models import Attachment, Case, Party
from casetrack.organizations.models import Mediator, Membership, Organization, ReportedFigure, Training
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition, MonthReport
from casetrack.stats.closing.reporting import confirm
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, World, sweeps_reported
from tests.jobs.world import (
    finished_check,
    finished_export,
    finished_import,
    waiting_check,
    waiting_export,
    waiting_import,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Place:
    """The rows of the east district that addresses name."""

    case: Case
    organization: Organization
    mediator: Mediator
    training: Training
    party: Party


Address = Callable[[Place], str]
HIDDEN: dict[str, Address] = {  # 404 outside the scope
    "case-detail": lambda place: f"cases/{place.case.pk}/",
    "case-event-list": lambda place: f"cases/{place.case.pk}/events/",
    "case-deadline-list": lambda place: f"cases/{place.case.pk}/deadlines/",
    "case-party-list": lambda place: f"cases/{place.case.pk}/parties/",
    "case-party-detail": lambda place: f"cases/{place.case.pk}/parties/{place.party.pk}/",
    "case-attachment-list": lambda place: f"cases/{place.case.pk}/attachments/",
    "case-attachment-detail": lambda place: f"cases/{place.case.pk}/attachments/{attached_to(place.case).pk}/",
    "case-attachment-file": lambda place: (
        f"cases/{place.case.pk}/attachments/{attached_to(place.case).pk}/file/?purpose=核对申请材料"
    ),
    "case-link-list": lambda place: f"cases/{place.case.pk}/links/",
    "organization-detail": lambda place: f"organizations/{place.organization.pk}/",
    "mediator-detail": lambda place: f"mediators/{place.mediator.pk}/",
    "training-detail": lambda place: f"trainings/{place.training.pk}/",
    "import-detail": lambda place: f"imports/{waiting_import(supervisor_of(place), EAST).pk}/",
    "import-errors": lambda place: f"imports/{finished_import(supervisor_of(place), place.case).pk}/errors/",
    "export-detail": lambda place: f"exports/{waiting_export(supervisor_of(place)).pk}/",
    "export-file": lambda place: f"exports/{finished_export(supervisor_of(place)).pk}/file/",
    "report-check-detail": lambda place: f"reports/check/{waiting_check(supervisor_of(place)).pk}/",
    "report-check-file": lambda place: f"reports/check/{finished_check(supervisor_of(place)).pk}/file/",
    "statistics": lambda place: f"statistics/?region={EAST}&from=2024-01-01&to=2024-12-31",
    "reported-detail": lambda place: f"reported/{reported_in(place).pk}/",
    "reported-version-list": lambda place: f"reported/{reported_in(place).pk}/versions/",
    "statistics-reported": lambda place: (
        f"statistics/reported/?region={EAST}&from=2024-01-01&to=2024-12-31&subject=mediation&measure=sweeps"
    ),
    "statistics-registers": lambda place: (
        f"statistics/registers/?region={EAST}&from=2024-01-01&to=2024-12-31&subject=organization&measure=mediators"
    ),
    "statistics-cases": lambda place: (
        f"statistics/cases/?region={EAST}&from=2024-01-01&to=2024-12-31&subject=mediation&measure=received"
    ),
    "closing": lambda place: f"closings/{closed_month().pk}/",
    "closing-figures": lambda place: f"closings/{closed_month().pk}/figures/",
    "closing-cases": lambda place: f"closings/{closed_month().pk}/cases/?subject=mediation&measure=received",
    "closing-archive": lambda place: f"closings/{closed_month().pk}/archive/",
    "closing-reported": lambda place: f"closings/{closed_month().pk}/reported/?subject=mediation&measure=sweeps",
    "closing-restatement": lambda place: f"closings/{closed_month().pk}/restatement/",
    "reports-draft": lambda place: f"reports/draft/?region={EAST}&month=2024-03",
    "reports-draft-file": lambda place: f"reports/draft/file/?region={EAST}&month=2024-03",
    "reports-table": lambda place: f"reports/tables/mediation_teams/?region={EAST}&month=2024-03",
    "reports-table-file": lambda place: f"reports/tables/mediation_teams/file/?region={EAST}&month=2024-03",
}
NARROWED: dict[str, Address] = {  # lists leave out what lies outside the scope
    "case-list": lambda place: "cases/",
    "deadline-list": lambda place: "deadlines/",
    "organization-list": lambda place: f"organizations/?under={CITY}",
    "mediator-list": lambda place: "mediators/",
    "training-list": lambda place: "trainings/",
    "closings": lambda place: f"closings/?page_size={closed_month().pk and 50}",
    "restatements": lambda place: f"restatements/?page_size={closed_month().pk and 50}",
    "months": lambda place: "months/?month=2024-03",
    "month-reports": lambda place: f"months/reports/?page_size={confirmed_month(place).pk and 50}",
    "reported-list": lambda place: f"reported/?organization={reported_in(place).organization_id}",
    "import-list": lambda place: f"imports/?page_size={waiting_import(supervisor_of(place), EAST).pk and 50}",
    "report-check-list": lambda place: f"reports/check/?page_size={waiting_check(supervisor_of(place)).pk and 50}",
    "export-list": lambda place: f"exports/?page_size={waiting_export(supervisor_of(place)).pk and 50}",
}
PUBLIC: dict[str, Address] = {  # nothing of anyone: division codes and declarations
    "region-list": lambda place: "regions/",
    "region-detail": lambda place: f"regions/{EAST}/",
    "kind-list": lambda place: "kinds/",
    "kind-detail": lambda place: "kinds/mediation/",
    "indicators": lambda place: "indicators/",
    "reports-tables": lambda place: "reports/tables/",
    "law-rules": lambda place: "law/rules/",
    "law-rule": lambda place: "law/rules/XF-END-22/",
    "law-due-date": lambda place: "law/due-date/?duty=petition.conclude&on=2024-03-01",
    "schema": lambda place: "schema/",
    "docs": lambda place: "docs/",
}


OWN: dict[str, Address] = {  # what is the caller's own; of others, only what an administrator looks after
    "token-list": lambda place: "tokens/",
    "token-detail": lambda place: f"tokens/{token_of('supervisor').pk}/",
    "user-list": lambda place: "users/",
    "user-detail": lambda place: f"users/{supervisor_of(place).pk}/",
    "membership-list": lambda place: "memberships/",
    "membership-detail": lambda place: f"memberships/{seat_of('supervisor').pk}/",
}
CHECKED: dict[str, Address] = {  # for those who check others, in test_audit.py
    "audit-list": lambda place: "audit/",
}
# take only a POST: see test_attachments.py, test_bulk_cases.py, test_bulk_events.py, test_suggestions.py
WRITTEN: dict[str, Address] = {
    "case-attachment-remove": lambda place: f"cases/{place.case.pk}/attachments/{attached_to(place.case).pk}/remove/",
    "case-suggestions": lambda place: "cases/suggestions/",
    "case-bulk": lambda place: "cases/bulk/",
    "event-bulk": lambda place: "events/bulk/",
}
LOOKED_AFTER: dict[str, Address] = {  # take only a POST, of those who manage the account, in test_ways_in.py
    "user-unlock": lambda place: f"users/{supervisor_of(place).pk}/unlock/",
    "user-reset-second-factor": lambda place: f"users/{supervisor_of(place).pk}/reset-second-factor/",
    "user-end-access": lambda place: f"users/{supervisor_of(place).pk}/end-access/",
    "user-one-time-password": lambda place: f"users/{supervisor_of(place).pk}/one-time-password/",
}
CALLED: dict[str, Address] = {  # take only a POST: 404 outside the scope
    "import-cancel": lambda place: f"imports/{waiting_import(supervisor_of(place), EAST).pk}/cancel/",
    "import-undo": lambda place: f"imports/{finished_import(supervisor_of(place), place.case).pk}/undo/",
    "report-check-cancel": lambda place: f"reports/check/{waiting_check(supervisor_of(place)).pk}/cancel/",
    "export-cancel": lambda place: f"exports/{waiting_export(supervisor_of(place)).pk}/cancel/",
}
EVERY = {**HIDDEN, **NARROWED, **PUBLIC, **OWN, **CHECKED, **WRITTEN, **LOOKED_AFTER, **CALLED}


def attached_to(case: Case) -> Attachment:
    """A file of a case."""
    return attach(
        case_id=case.pk, name="申请书.txt", content=b"application", sort="application", actor=None, now=timezone.now()
    )


def closed_month() -> Edition:
    while settle():
        pass
    return close(
        region=EAST, month=date(2024, 3, 1), without_confirmations="尚未实行确认", actor=None, now=timezone.now()
    )


def confirmed_month(place: Place) -> MonthReport:
    return confirm(
        organization_id=place.organization.pk, month=date(2024, 3, 1), zero=False, actor=None, now=timezone.now()
    )


def reported_in(place: Place) -> ReportedFigure:
    """What the committee reported for May."""
    known = ReportedFigure.objects.first()
    return known or sweeps_reported(place.organization, 5).figure


def supervisor_of(place: Place) -> User:
    return User.objects.get(username="supervisor")


def seat_of(name: str) -> Membership:
    return Membership.objects.get(user__username=name)


def token_of(name: str) -> Token:
    user = User.objects.get(username=name)
    return Token.issue(user=user, name="平台", now=timezone.now(), expires_at=None)[0]


@pytest.fixture
def place(dispute: Case, world: World, mediator: Mediator, training: Training) -> Place:
    return Place(dispute, world.east, mediator, training, dispute.parties.earliest("pk"))


def names_in(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        found |= names_in(pattern.url_patterns) if isinstance(pattern, URLResolver) else {str(pattern.name)}
    return found


def test_every_address_has_its_outsider_test() -> None:
    assert names_in(v1) == set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_shown_without_a_log_in(place: Place, name: str) -> None:
    answer = APIClient().get("/api/v1/" + EVERY[name](place))

    assert answer.status_code == 401


@pytest.mark.parametrize("name", HIDDEN)
def test_what_lies_outside_the_scope_is_not_there(
    place: Place, supervisor: APIClient, outsider: APIClient, name: str
) -> None:
    address = "/api/v1/" + HIDDEN[name](place)

    assert supervisor.get(address).status_code == 200
    assert outsider.get(address).status_code == 404


@pytest.mark.parametrize("name", NARROWED)
def test_lists_leave_out_what_lies_outside_the_scope(
    place: Place, supervisor: APIClient, outsider: APIClient, name: str
) -> None:
    address = "/api/v1/" + NARROWED[name](place)

    assert supervisor.get(address).json()["results"] != []
    assert outsider.get(address).json()["results"] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_of_nobody_is_open_to_all_who_are_logged_in(place: Place, outsider: APIClient, name: str) -> None:
    assert outsider.get("/api/v1/" + PUBLIC[name](place)).status_code == 200


@pytest.mark.parametrize("name", CALLED)
def test_what_is_called_for_outside_the_scope_is_not_there(
    place: Place, supervisor: APIClient, outsider: APIClient, name: str
) -> None:
    address = "/api/v1/" + CALLED[name](place)

    assert outsider.post(address).status_code == 404
    assert supervisor.post(address).status_code == 202


def test_tokens_are_shown_to_whom_they_belong(place: Place, supervisor: APIClient, outsider: APIClient) -> None:
    address = "/api/v1/" + OWN["token-detail"](place)

    assert supervisor.get(address).status_code == 200
    assert outsider.get(address).status_code == 404
    assert {row["username"] for row in outsider.get("/api/v1/tokens/").json()["results"]} == {"outsider"}


@pytest.mark.parametrize("name", ["user-detail", "membership-detail"])
def test_accounts_are_shown_to_whom_they_belong(
    place: Place, supervisor: APIClient, outsider: APIClient, name: str
) -> None:
    address = "/api/v1/" + OWN[name](place)

    assert supervisor.get(address).status_code == 200
    assert outsider.get(address).status_code == 404


@pytest.mark.parametrize("name", LOOKED_AFTER)
def test_an_outsider_looks_after_nobody_here(place: Place, outsider: APIClient, name: str) -> None:
    assert outsider.post("/api/v1/" + LOOKED_AFTER[name](place)).status_code == 404


def test_an_outsider_changes_nothing(place: Place, outsider: APIClient) -> None:
    case = f"/api/v1/cases/{place.case.pk}/"

    assert outsider.patch(case, {"private": {"summary": "改"}}, headers={"If-Match": '"2"'}).status_code == 404
    assert outsider.post(f"{case}events/", {"type": "withdraw", "occurred_on": "2024-03-05"}).status_code == 404
    assert place.case.events.count() == 2


def test_someone_without_a_membership_sees_nothing(
    place: Place, world: World, client_of: Callable[..., APIClient]
) -> None:
    world.outsider.memberships.all().delete()
    nobody = client_of(world.outsider)

    assert nobody.get("/api/v1/cases/").json()["results"] == []
    assert nobody.post("/api/v1/cases/", {}).status_code == 403


def test_a_membership_for_some_kinds_shows_no_others(place: Place, world: World, supervisor: APIClient) -> None:
    world.supervisor.memberships.update(kinds=["petition"])

    assert supervisor.get("/api/v1/cases/").json()["results"] == []
    assert supervisor.get(f"/api/v1/cases/{place.case.pk}/").status_code == 404

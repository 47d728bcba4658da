"""Every address and method, asked by every role, inside and outside the place: the answer is the one declared here.

Generated from the URL table: a new address, or a new method of one, fails until it has its rule in RULES. What is only
read follows from the lists of test_outsiders.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from api.urls import v1
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.organizations.capabilities import Capability, roles_with
from casetrack.organizations.models import Mediator, Organization, OrganizationKind, Role, Training
from tests.api.conftest import CITY, EAST, FAR, NOW, World, log_dispute, member, new_dispute
from tests.api.test_outsiders import EVERY, HIDDEN, NARROWED, PUBLIC, Place, supervisor_of
from tests.api.test_token_scopes import needed_by, views_in
from tests.undoing import undone

pytestmark = pytest.mark.django_db

WRITE, REGISTERS, MANAGE = Capability.WRITE_CASES, Capability.KEEP_REGISTERS, Capability.MANAGE_USERS
ABOVE, ELSEWHERE = CITY, FAR


@dataclass(frozen=True)
class Rule:
    """What is answered: to those able, in the place and outside it, and to those whose role is not able.

    Outside the place 404 comes before any question of roles: what is not there can't be forbidden.
    """

    inside: int
    outside: int
    able: Capability | None = None
    unable: int = 403
    body: Callable[[Place], Any] = lambda place: None
    form: bool = False  # sent as one, with files

    def answer(self, role: Role, where: str) -> int:
        expected = self.inside if where == ABOVE else self.outside
        if self.able and role not in roles_with(self.able) and expected != 404:
            return self.unable
        return expected


def later_of(place: Place) -> int:
    return Case.objects.exclude(pk=place.case.pk).latest("pk").pk


def further_seat(place: Place) -> dict[str, Any]:
    return {"user": supervisor_of(place).pk, "role": "clerk", "region": EAST}


AGREED = {"type": "withdraw", "occurred_on": "2024-03-05"}
COMMITTEE = {"name": "新调委会", "kind": "mediation_committee", "committee_kind": "township", "region": EAST}
TRAINING = {"region": EAST, "held_on": "2024-05-30", "name": "新培训", "attendance": 3}
FEBRUARY = {"region": EAST, "month": "2024-02", "without_confirmations": "尚未实行确认"}
NO_CASES = {"month": "2024-04", "act": "confirmed", "zero": True}
TOKEN = {"name": "平台", "scopes": ["read"], "days": 30}
NEWCOMER = {"username": "lihua", "full_name": "李华", "membership": {"role": "clerk", "region": EAST}}


def application() -> dict[str, Any]:
    return {"sort": "application", "file": SimpleUploadedFile("申请书.txt", b"application")}


def sweeps_of_april(organization: Organization) -> dict[str, Any]:
    """A figure that nobody reported yet."""
    days = {"from": "2024-04-01", "to": "2024-04-30"}
    return {
        "organization": organization.pk,
        "subject": "mediation",
        "measure": "sweeps",
        **days,
        "value": 4,
        "source": "排查台账",
    }


RULES: dict[tuple[str, str], Rule] = {
    **{(name, "GET"): Rule(200, 404) for name in HIDDEN},
    **{(name, "GET"): Rule(200, 200) for name in (*NARROWED, *PUBLIC)},
    # an export and the rejected rows of an import are their owner's alone; who writes there sees how an import fares
    ("import-detail", "GET"): Rule(200, 404, WRITE, unable=404),
    ("import-errors", "GET"): Rule(404, 404),
    ("import-cancel", "POST"): Rule(202, 404, WRITE, unable=404),
    ("import-undo", "POST"): Rule(202, 404, WRITE, unable=404),
    ("import-list", "POST"): Rule(202, 403, WRITE, body=lambda place: ledger(), form=True),
    ("export-detail", "GET"): Rule(404, 404),
    ("export-file", "GET"): Rule(404, 404),
    ("export-cancel", "POST"): Rule(404, 404),
    ("export-list", "POST"): Rule(202, 202, Capability.EXPORT, body=lambda place: {"resource": "cases"}),
    ("report-check-detail", "GET"): Rule(404, 404),
    ("report-check-file", "GET"): Rule(404, 404),
    ("report-check-cancel", "POST"): Rule(404, 404),
    ("report-check-list", "POST"): Rule(200, 404, body=lambda place: {"text": "9件", "region": EAST, "year": 2024}),
    ("audit-list", "GET"): Rule(200, 200, Capability.READ_AUDIT),
    ("case-list", "POST"): Rule(201, 422, WRITE, body=lambda place: new_dispute(place.organization)),
    ("case-detail", "PATCH"): Rule(200, 404, WRITE, body=lambda place: {"private": {"summary": "改"}}),
    ("case-event-list", "POST"): Rule(201, 404, WRITE, body=lambda place: AGREED),
    ("case-party-list", "POST"): Rule(201, 404, WRITE, body=lambda place: {"role": "respondent", "name": "王五"}),
    ("case-party-detail", "PATCH"): Rule(200, 404, WRITE, body=lambda place: {"name": "王五"}),
    ("case-attachment-file", "GET"): Rule(200, 404, Capability.READ_PERSONAL),
    ("case-attachment-list", "POST"): Rule(201, 404, WRITE, body=lambda place: application(), form=True),
    ("case-attachment-remove", "POST"): Rule(200, 404, WRITE, body=lambda place: {"reason": "误传他案材料"}),
    ("case-link-list", "POST"): Rule(
        201, 404, WRITE, body=lambda place: {"later": later_of(place), "relation": "mediation_renewed"}
    ),
    # of many in one call each has its own answer: all taken is 200, some refused 207
    ("case-suggestions", "POST"): Rule(200, 200, body=lambda place: {"kind": "mediation", "text": "宅前排水沟"}),
    ("case-bulk", "POST"): Rule(200, 207, WRITE, body=lambda place: {"cases": [new_dispute(place.organization)]}),
    ("event-bulk", "POST"): Rule(200, 207, WRITE, body=lambda place: {"events": [{"case": place.case.pk, **AGREED}]}),
    ("organization-list", "POST"): Rule(201, 403, REGISTERS, body=lambda place: COMMITTEE),
    ("organization-detail", "PATCH"): Rule(200, 404, REGISTERS, body=lambda place: {"name": "改名调委会"}),
    ("mediator-list", "POST"): Rule(
        201, 422, REGISTERS, body=lambda place: {"organization": place.organization.pk, "name": "冯建军"}
    ),
    ("mediator-detail", "PATCH"): Rule(200, 404, REGISTERS, body=lambda place: {"name": "冯军"}),
    ("training-list", "POST"): Rule(201, 403, REGISTERS, body=lambda place: TRAINING),
    ("training-detail", "PATCH"): Rule(200, 404, REGISTERS, body=lambda place: {"attendance": 48}),
    ("closings", "POST"): Rule(201, 404, Capability.CLOSE_MONTHS, body=lambda place: FEBRUARY),
    ("month-reports", "POST"): Rule(
        201, 422, WRITE, body=lambda place: {**NO_CASES, "organization": place.organization.pk}
    ),
    ("reported-list", "POST"): Rule(201, 422, WRITE, body=lambda place: sweeps_of_april(place.organization)),
    ("reported-detail", "PATCH"): Rule(200, 404, WRITE, body=lambda place: {"value": 9, "reason": "漏计"}),
    # tokens: one's own, and of those whom one manages
    ("token-list", "GET"): Rule(200, 200),
    ("token-list", "POST"): Rule(201, 201, body=lambda place: TOKEN),
    ("token-detail", "GET"): Rule(200, 404, MANAGE, unable=404),
    ("token-detail", "DELETE"): Rule(204, 404, MANAGE, unable=404),
    # accounts: one's own is there for everyone, others for those who manage all that their holders do
    ("user-list", "GET"): Rule(200, 200),
    ("user-list", "POST"): Rule(201, 403, MANAGE, body=lambda place: NEWCOMER),
    ("user-detail", "GET"): Rule(200, 404, MANAGE, unable=404),
    ("user-detail", "PATCH"): Rule(200, 404, MANAGE, unable=404, body=lambda place: {"active": False}),
    ("user-unlock", "POST"): Rule(200, 404, MANAGE, unable=404),
    ("user-reset-second-factor", "POST"): Rule(200, 404, MANAGE, unable=404),
    ("user-end-access", "POST"): Rule(200, 404, MANAGE, unable=404),
    ("user-one-time-password", "POST"): Rule(200, 404, MANAGE, unable=404),
    ("membership-list", "GET"): Rule(200, 200),
    ("membership-list", "POST"): Rule(201, 422, MANAGE, body=lambda place: further_seat(place)),
    ("membership-detail", "GET"): Rule(200, 404, MANAGE, unable=404),
    ("membership-detail", "PATCH"): Rule(200, 404, MANAGE, unable=404, body=lambda place: {"role": "clerk"}),
    ("membership-detail", "DELETE"): Rule(409, 404, MANAGE, unable=404),  # the only one stays: 204 in test_memberships
}
NAMING_A_CASE = sorted(
    key for key in RULES if key[0].startswith("case-") and key[0] not in ("case-list", "case-bulk", "case-suggestions")
)


@pytest.fixture
def place(dispute: Case, world: World, mediator: Mediator, training: Training) -> Place:
    """What the addresses name, and a later dispute to link the first one to."""
    log_dispute(world.east)
    return Place(dispute, world.east, mediator, training, dispute.parties.earliest("pk"))


@pytest.fixture
def accusation(place: Place) -> Place:
    """The same, with an accusation in place of the dispute."""
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    facts = {"channel": "letter", "purpose": "accusation"}
    steps = (StepDraft("register", NOW.date(), facts),)
    case = open_case(
        draft=CaseDraft("petition", office, steps, (PartyDraft("petitioner", "赵六"),)), actor=None, now=NOW
    )
    return Place(case, place.organization, place.mediator, place.training, case.parties.earliest("pk"))


def test_every_address_and_method_has_its_rule() -> None:
    there_are = {(name, method) for name, view in views_in(v1).items() for method in needed_by(view)}

    assert there_are - set(RULES) == set(), "say in RULES who may do this, and what everyone else is answered"
    assert set(RULES) - there_are == set(), "these are gone: take their rules out"


@pytest.mark.parametrize("key", RULES, ids=" ".join)
def test_each_role_is_answered_as_declared(place: Place, key: tuple[str, str]) -> None:
    address = EVERY[key[0]](place)

    answered = {(role, where): asked(key, place, role, where, address) for role in Role for where in (ABOVE, ELSEWHERE)}

    assert answered == {(role, where): RULES[key].answer(role, where) for role, where in answered}


@pytest.mark.parametrize("key", NAMING_A_CASE, ids=" ".join)
def test_to_no_role_an_accusation_is_there_unless_it_is_cleared(accusation: Place, key: tuple[str, str]) -> None:
    address = EVERY[key[0]](accusation)

    uncleared = {role: asked(key, accusation, role, ABOVE, address) for role in Role}
    cleared = {role: asked(key, accusation, role, ABOVE, address, cleared=True) for role in Role}

    assert uncleared == dict.fromkeys(Role, 404)
    assert 404 not in cleared.values() or key == ("case-link-list", "POST")  # there is no petition to link it to


def asked(key: tuple[str, str], place: Place, role: Role, where: str, address: str, *, cleared: bool = False) -> int:
    """The status that a member of that role and place is answered with; nothing of it stays."""
    (_, method), rule = key, RULES[key]
    with undone():
        client = APIClient(headers={} if method == "GET" else {"If-Match": "*"})
        client.force_authenticate(member("asking", role, region_id=where, cleared=cleared))
        send = getattr(client, method.lower())
        sent = [] if method == "GET" else [rule.body(place)]
        format_ = {"format": "multipart"} if rule.form else {}
        status: int = send(f"/api/v1/{address}", *sent, **format_).status_code
    return status


@pytest.mark.parametrize("name", ["case-party-detail", "mediator-detail"])
def test_whole_details_are_for_those_who_deal_with_people_or_check_them(place: Place, name: str) -> None:
    address = f"/api/v1/{EVERY[name](place)}?purpose=电话通知调解时间"

    answered = {role: client_of_role(role).get(address).status_code for role in Role}

    assert answered == {
        Role.CLERK: 200,
        Role.HANDLER: 200,
        Role.SUPERVISOR: 200,
        Role.STATISTICIAN: 403,
        Role.AUDITOR: 200,
        Role.ADMINISTRATOR: 403,
    }


@pytest.mark.parametrize(
    ("act", "able"),
    [
        ("confirmed", Capability.WRITE_CASES),
        ("returned", Capability.CLOSE_MONTHS),
        ("reminded", Capability.CLOSE_MONTHS),
    ],
)
def test_each_act_upon_a_month_takes_its_own_capability(place: Place, act: str, able: Capability) -> None:
    said = {"organization": place.organization.pk, "month": "2024-03", "act": act, "reason": "漏报一件"}

    refused = {role for role in Role if report_of(role, said) == 403}

    assert refused == set(Role) - roles_with(able)


def report_of(role: Role, said: dict[str, Any]) -> int:
    with undone():
        status: int = client_of_role(role).post("/api/v1/months/reports/", said).status_code
    return status


def client_of_role(role: Role) -> APIClient:
    client = APIClient()
    client.force_authenticate(member(f"asking-{role}", role, region_id=ABOVE))
    return client


def ledger() -> dict[str, Any]:
    return {"region": EAST, "files": SimpleUploadedFile("台账.csv", "案号,申请日期\n".encode())}

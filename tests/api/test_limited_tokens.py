"""A token limited to a place or a kind: nothing beyond is there, in whatever way it is asked for."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import UNLIMITED, AuditEntry, Token, TokenLimits, User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.running import run
from casetrack.cases.models import Case, Job
from casetrack.organizations.models import Membership, Organization, OrganizationKind, Role
from reports.exporting.jobs import run_export
from tests.api.conftest import CITY, EAST, WEST, World, log_dispute, member, new_dispute
from tests.jobs.world import finished_export, finished_import

pytestmark = pytest.mark.django_db

TOKENS, CASES, EXPORTS = "/api/v1/tokens/", "/api/v1/cases/", "/api/v1/exports/"
PLATFORM: dict[str, Any] = {"name": "区热线平台", "scopes": ["read", "write", "export", "tokens"], "days": 30}


def program(secret: str) -> APIClient:
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


def limited(user: User, **limits: Any) -> APIClient:
    _, secret = Token.issue(user=user, name="收窄", now=timezone.now(), expires_at=None, limits=TokenLimits(**limits))
    return program(secret)


@pytest.fixture
def both(world: World, dispute: Case) -> tuple[Case, Case]:
    """A dispute in the east and one in the west."""
    return dispute, log_dispute(world.west)


def test_an_issued_token_keeps_to_its_place(both: tuple[Case, Case], supervisor: APIClient) -> None:
    east, west = both

    issued = supervisor.post(TOKENS, {**PLATFORM, "region": "620503"}).json()
    vendor = program(issued["secret"])

    assert (issued["region"], issued["organization"], issued["kinds"]) == (EAST, None, [])
    assert [row["id"] for row in vendor.get(CASES).json()["results"]] == [east.pk]
    assert vendor.get(f"{CASES}{west.pk}/").status_code == 404
    assert len(supervisor.get(CASES).json()["results"]) == 2


def test_it_writes_only_there(world: World, both: tuple[Case, Case]) -> None:
    vendor = limited(world.supervisor, organization_id=world.east.pk)
    agreed = {"type": "withdraw", "occurred_on": "2024-03-05"}
    east, west = both

    assert vendor.post(f"{CASES}{west.pk}/events/", agreed).status_code == 404
    assert vendor.post(CASES, new_dispute(world.west)).status_code == 422
    assert vendor.post(f"{CASES}{east.pk}/events/", agreed).status_code == 201


def test_an_organization_s_rooms_go_with_it(world: World) -> None:
    room = Organization.objects.create(
        region_id=WEST, county_id=EAST, name="驻法院调解室", kind=OrganizationKind.MEDIATION_ROOM, parent=world.east
    )
    case = log_dispute(room)

    assert limited(world.supervisor, organization_id=world.east.pk).get(f"{CASES}{case.pk}/").status_code == 200
    assert limited(world.clerk_east, region_code=EAST).get(f"{CASES}{case.pk}/").status_code == 404
    assert limited(world.clerk_east, region_code=WEST).get(f"{CASES}{case.pk}/").status_code == 200


def test_it_opens_nothing_that_its_user_does_not_see(world: World, both: tuple[Case, Case]) -> None:
    vendor = limited(world.clerk_west, region_code=EAST)

    assert vendor.get(CASES).json()["results"] == []
    assert vendor.post(CASES, new_dispute(world.east)).status_code == 403


def test_even_of_a_superuser_it_shows_no_more(both: tuple[Case, Case]) -> None:
    root = User.objects.create_superuser("root", password=None)

    assert len(limited(root).get(CASES).json()["results"]) == 2
    assert len(limited(root, region_code=WEST).get(CASES).json()["results"]) == 1
    assert limited(root, kinds=["petition"]).get(CASES).json()["results"] == []


@pytest.mark.django_db(transaction=True)
def test_an_export_that_it_asked_for_holds_what_it_sees(
    both: tuple[Case, Case], world: World, supervisor: APIClient
) -> None:
    vendor = limited(world.supervisor, region_code=WEST)
    asked = vendor.post(EXPORTS, {"resource": "cases", "format": "csv"}).json()

    run(job_id=asked["id"], runners={"export": run_export}, leavers={}, clock=timezone.now)

    job = Job.objects.get(pk=asked["id"])
    text = store.path_of(job.result_file).read_text(encoding="utf-8-sig")
    assert (job.state, job.counts) == ("done", {"rows": 1})
    assert both[1].number in text
    assert both[0].number not in text
    assert supervisor.get(f"{EXPORTS}{job.pk}/").status_code == 200


def test_it_reaches_no_job_of_its_user_s_but_those_it_asked_for(both: tuple[Case, Case], world: World) -> None:
    export, taken_in = finished_export(world.supervisor), finished_import(world.supervisor, both[0])
    vendor = limited(world.supervisor, region_code=EAST, kinds=["petition"])

    assert vendor.get(EXPORTS).json()["results"] == []
    assert vendor.get(f"{EXPORTS}{export.pk}/file/").status_code == 404
    assert vendor.get(f"/api/v1/imports/{taken_in.pk}/errors/").status_code == 404


def test_it_hears_no_answer_that_its_user_was_given_whole(world: World, supervisor: APIClient) -> None:
    key = {"Idempotency-Key": "b0c3f3c6-2f50-4f7e-9d36-58f1a7a11a01"}
    supervisor.post(CASES, new_dispute(world.east), headers=key)

    answer = limited(world.supervisor, region_code=WEST).post(CASES, new_dispute(world.east), headers=key)

    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ({}, (EAST, ["mediation"])),
        ({"region": "620503101"}, ("620503101000", ["mediation"])),
        ({"kinds": ["mediation"]}, (EAST, ["mediation"])),
        ({"region": CITY}, "region"),
        ({"region": WEST}, "region"),
        ({"kinds": ["petition"]}, "kinds"),
    ],
)
def test_it_issues_none_that_is_wider(world: World, asked: dict[str, Any], answered: Any) -> None:
    vendor = limited(world.supervisor, region_code=EAST, kinds=["mediation"])

    answer = vendor.post(TOKENS, {**PLATFORM, **asked})

    if isinstance(answered, str):
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [answered])
    else:
        assert (answer.json()["region"], answer.json()["kinds"]) == answered


def test_of_an_organization_it_issues_none_for_another_or_a_region(world: World) -> None:
    vendor = limited(world.supervisor, organization_id=world.east.pk)

    refused = [
        vendor.post(TOKENS, {**PLATFORM, **asked}) for asked in ({"organization": world.west.pk}, {"region": EAST})
    ]

    assert [list(answer.json()["errors"]) for answer in refused] == [["organization"], ["region"]]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"region": EAST, "organization": "east"}, "region"),
        ({"organization": 999_999}, "organization"),
        ({"kinds": ["gossip"]}, "kinds.0"),
        ({"region": "x"}, "region"),
    ],
)
def test_limits_that_can_not_be_are_refused(
    world: World, supervisor: APIClient, asked: dict[str, Any], named: str
) -> None:
    places = {"east": world.east.pk}
    answer = supervisor.post(TOKENS, {**PLATFORM, **{k: places.get(str(v), v) for k, v in asked.items()}})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_a_vendor_gets_a_service_account_and_a_token_for_one_county_and_kind(
    both: tuple[Case, Case], client_of: Callable[[User], APIClient]
) -> None:
    administrator = client_of(member("keeper-city", Role.ADMINISTRATOR, region_id=CITY))
    account = {"username": "vendor", "full_name": "平台公司", "service": True}
    made = administrator.post("/api/v1/users/", {**account, "membership": {"role": "clerk", "region": CITY}}).json()

    asked = {**PLATFORM, "scopes": ["read"], "user": made["id"], "region": EAST, "kinds": ["mediation"]}
    vendor = program(administrator.post(TOKENS, asked).json()["secret"])

    assert [row["id"] for row in vendor.get(CASES).json()["results"]] == [both[0].pk]
    assert Membership.objects.get(user=made["id"]).region_id == CITY


def test_limits_are_in_the_audit_log(supervisor: APIClient) -> None:
    supervisor.post(TOKENS, {**PLATFORM, "region": EAST, "kinds": ["petition"]})

    details = AuditEntry.objects.get().details

    assert (details["region"], details["organization"], details["kinds"]) == (EAST, None, ["petition"])


def test_the_command_issues_them_too(world: World, both: tuple[Case, Case]) -> None:
    out = StringIO()
    call_command(
        "tokens", "issue", "supervisor", "--name", "平台", "--region", "620502", "--kind", "mediation", stdout=out
    )
    listed = StringIO()
    call_command("tokens", "list", "supervisor", stdout=listed)

    assert [row["id"] for row in program(out.getvalue().strip()).get(CASES).json()["results"]] == [both[1].pk]
    assert listed.getvalue().strip().endswith("限于620502000000、mediation")
    assert Token.objects.get().expires_at == Token.objects.get().created_at + timedelta(days=90)


def test_a_token_issued_without_limits_is_not_limited(world: World) -> None:
    call_command("tokens", "issue", "supervisor", "--name", "平台", stdout=StringIO())

    assert Token.objects.get().limits == UNLIMITED

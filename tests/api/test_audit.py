"""The audit log through the API: for auditors, about their places, and about accusations only if they are cleared."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.models import Case
from casetrack.organizations.models import Membership, Role
from tests.api.conftest import CITY, EAST, FAR, NOW, WEST, World, member

pytestmark = pytest.mark.django_db

AUDIT = "/api/v1/audit/"


@pytest.fixture
def auditor(world: World, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(member("auditor", Role.AUDITOR, region_id=CITY))


def note(actor: User | None, region: str, *, at: datetime = NOW, action: Action = Action.CHANGE, **about: Any) -> int:
    return record(action=action, actor=actor, now=at, about=About(region_code=region, **about)).pk


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.json()
    return [entry["id"] for entry in answer.json()["results"]]


def test_an_auditor_reads_what_was_done_newest_first(dispute: Case, clerk: APIClient, auditor: APIClient) -> None:
    party = dispute.parties.get(role="applicant")
    clerk.get(f"/api/v1/cases/{dispute.pk}/parties/{party.pk}/?purpose=电话通知调解时间")
    clerk.patch(f"/api/v1/cases/{dispute.pk}/parties/{party.pk}/", {"phone": "13700001111"}, headers={"If-Match": "*"})

    changed, read = auditor.get(AUDIT).json()["results"]

    assert (changed["action"], changed["details"]) == ("change", {"party": party.pk, "fields": ["phone"]})
    assert (read["action"], read["action_label"], read["purpose"]) == (
        *("read_personal", "查看个人信息", "电话通知调解时间"),
    )
    assert (read["actor"]["username"], read["case"], read["region"], read["kind"]) == (
        *("clerk-east", dispute.pk, EAST, "mediation"),
    )
    assert "13700001111" not in str(changed["details"])


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reads_it(world: World, client_of: Callable[[User], APIClient], role: Role) -> None:
    answer = client_of(member("someone", role, region_id=CITY)).get(AUDIT)

    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_sufficient")


def test_what_happened_elsewhere_is_not_there(world: World, auditor: APIClient) -> None:
    here, west = note(world.clerk_east, EAST), note(world.clerk_west, WEST)
    note(world.clerk_east, FAR)

    assert ids(auditor.get(AUDIT)) == [west, here]


def test_accusations_are_there_for_the_cleared_only(world: World, auditor: APIClient) -> None:
    secret = note(world.clerk_east, EAST, kind="petition", case_id=7, restricted=True)

    before = ids(auditor.get(AUDIT))
    Membership.objects.filter(user__username="auditor").update(cleared=True)

    assert (before, ids(auditor.get(AUDIT))) == ([], [secret])


def test_log_ins_are_there_of_those_who_work_in_the_place(world: World, auditor: APIClient) -> None:
    ours = note(world.clerk_east, "", action=Action.LOG_IN)
    note(world.outsider, "", action=Action.LOG_IN)
    note(None, "", action=Action.LOG_IN_FAILED)

    assert ids(auditor.get(AUDIT)) == [ours]


def test_a_superuser_reads_all_of_it(world: World, client_of: Callable[[User], APIClient]) -> None:
    entries = [note(None, "", action=Action.LOG_IN_FAILED), note(world.outsider, FAR, restricted=True)]
    root = User.objects.create_superuser("root")

    assert ids(client_of(root).get(AUDIT)) == entries[::-1]


def test_the_log_is_narrowed(world: World, auditor: APIClient) -> None:
    midnight = datetime(2024, 5, 31, 16, 0, tzinfo=UTC)  # in China
    first = note(world.clerk_east, EAST, at=midnight - timedelta(seconds=1), case_id=7)
    second = note(world.clerk_west, WEST, at=midnight, action=Action.EXPORT)

    found = {
        query: ids(auditor.get(f"{AUDIT}?{query}"))
        for query in (
            *("case=7", "action=export", f"actor={world.clerk_east.pk}", "under=620502"),
            *("from=2024-06-01", "to=2024-05-31", "from=2024-05-31&to=2024-06-01"),
        )
    }

    assert found == {
        "case=7": [first],
        "action=export": [second],
        f"actor={world.clerk_east.pk}": [first],
        "under=620502": [second],
        "from=2024-06-01": [second],
        "to=2024-05-31": [first],
        "from=2024-05-31&to=2024-06-01": [second, first],
    }


@pytest.mark.parametrize("query", ["case=x", "actor=0", "action=praise", "from=2024-6-1", "to=9999-12-31x", "who=me"])
def test_a_parameter_that_can_not_be_meant_is_named(auditor: APIClient, query: str) -> None:
    answer = auditor.get(f"{AUDIT}?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.partition("=")[0]])


def test_the_log_comes_in_pages(world: World, auditor: APIClient) -> None:
    entries = [note(world.clerk_east, EAST) for _ in range(3)]

    first = auditor.get(f"{AUDIT}?page_size=2").json()
    second = auditor.get(first["next"]).json()

    assert [entry["id"] for page in (first, second) for entry in page["results"]] == entries[::-1]
    assert second["next"] is None


@pytest.mark.parametrize("query", ["from=0001-01-01", "to=9999-12-31"])
def test_the_first_and_the_last_day_there_are_may_be_named(world: World, auditor: APIClient, query: str) -> None:
    entry = note(world.clerk_east, EAST)

    assert ids(auditor.get(f"{AUDIT}?{query}")) == [entry]


def test_a_page_makes_its_queries_however_many_lines_it_has(
    world: World, auditor: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for user in (world.clerk_east, world.clerk_west, world.supervisor):
        note(user, EAST)
    auditor.get(AUDIT)  # notes the use of the token, once a minute

    with django_assert_num_queries(3):  # the token, the scope, the lines with those who did it
        auditor.get(AUDIT)


def test_nobody_writes_into_it_from_outside(auditor: APIClient) -> None:
    for method in (auditor.post, auditor.put, auditor.patch, auditor.delete):
        assert method(AUDIT, {}).status_code == 405

    assert not AuditEntry.objects.exists()

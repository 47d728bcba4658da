"""Lists read from a real standby: older for others, one's own writing always, the first database when it is away."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.db.utils import ConnectionHandler
from django.http import HttpRequest
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings
from rest_framework.test import APIClient

from casetrack.accounts.models import Token, User
from casetrack.lib.databases import reading_from
from casetrack.metrics.replicas import of_replicas
from casetrack.organizations.models import Membership, Organization, Region, Role
from casetrack.replicas import choosing, middleware
from casetrack.replicas.doors import LISTS
from casetrack.replicas.router import Router
from casetrack.replicas.standing import Standing
from tests.api.conftest import CITY, EAST, committee, log_dispute, make_regions, member, new_dispute
from tests.clusters import ADMIN, PORT, Cluster, at, clusters, filled, schema
from tests.waiting import until
from workers.doctoring.findings import Visit
from workers.doctoring.replicas import replicas_follow

pytestmark = pytest.mark.xdist_group("servers of its own")
CASES = "/api/v1/cases/"
FIGURES = "/api/v1/statistics/?region=620500000000&from=2024-01-01&to=2024-12-31"


@dataclass(frozen=True)
class Pair:
    """A server with its standby, and who works there; what a test writes stays, since the record is only added to."""

    first: Cluster
    standby: Cluster
    office: Organization
    clerk: APIClient
    supervisor: APIClient

    def catch_up(self) -> None:
        (reached,) = self.first.execute("SELECT pg_current_wal_insert_lsn()::text")[0]
        replayed = f"SELECT pg_last_wal_replay_lsn() >= '{reached}'::pg_lsn"
        until(lambda: self.standby.execute(replayed)[0][0], within=60, every=0.05)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """All that is there now is in the standby, and nothing that comes now."""
        self.catch_up()
        self.standby.execute("SELECT pg_wal_replay_pause()")
        try:
            yield
        finally:
            self.standby.execute("SELECT pg_wal_replay_resume()")


def client_of(user: User) -> APIClient:
    _, secret = Token.issue(user=user, name="测试", now=timezone.now(), expires_at=None)
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture(scope="module")
def servers_of_its_own(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    with django_db_blocker.unblock(), clusters("first", "standby") as (first, standby):
        made_of = schema(whole=True)
        first.make()
        first.start()
        first.execute("CREATE ROLE casetrack LOGIN")
        database = filled(first, "casetrack", {}, owner="casetrack", made_of=made_of)
        first.run(
            *("pg_basebackup", "-h", first.folder, "-p", str(PORT), "-U", ADMIN, "-D", standby.data),
            *("-R", "-X", "stream", "--checkpoint=fast", "--no-sync"),
        )
        standby.start()
        copy = standby.database("casetrack", "casetrack")
        with at(database):
            connections["replica1"] = ConnectionHandler({"default": database, "replica1": copy})["replica1"]
            make_regions()
            office = committee("麦积区道北街道人民调解委员会", EAST)
            clerk = client_of(member("clerk", Role.CLERK, organization=office))
            yield Pair(first, standby, office, clerk, client_of(member("supervisor", Role.SUPERVISOR, region_id=CITY)))
            connections["replica1"].close()
            del connections["replica1"]


@pytest.fixture
def pair(servers_of_its_own: Pair, settings: Settings, caplog: pytest.LogCaptureFixture) -> Iterator[Pair]:
    caplog.set_level(logging.WARNING)
    settings.REPLICAS = ("replica1",)
    settings.DATABASE_ROUTERS = ["casetrack.replicas.router.Router"]
    choosing.away.clear()
    servers_of_its_own.catch_up()
    yield servers_of_its_own
    choosing.away.clear()


def numbers(client: APIClient) -> list[str]:
    answer = client.get(CASES, {"ordering": "id"})
    assert answer.status_code == 200
    return [case["number"] for case in answer.json()["results"]]


@contextmanager
def heard() -> Iterator[list[str]]:
    """What the standby is asked meanwhile."""
    asked: list[str] = []

    def hear(execute: Callable[..., object], sql: str, *more: object) -> object:
        asked.append(sql)
        return execute(sql, *more)

    with connections["replica1"].execute_wrapper(hear):
        yield asked


def test_a_list_comes_from_the_standby_and_who_has_written_sees_it_all_the_same(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    before = numbers(pair.supervisor)
    one = log_dispute(pair.office).number
    with pair.standing_still():
        two = log_dispute(pair.office).number

        assert numbers(pair.supervisor) == [*before, one]  # the state at which the standby stands still
        three = pair.clerk.post(CASES, new_dispute(pair.office)).json()["number"]
        assert numbers(pair.clerk) == [*before, one, two, three]  # the standby has not what this user wrote
        assert numbers(pair.supervisor) == [*before, one]
    assert caplog.messages == []


def test_a_standby_that_falls_too_far_behind_is_passed_over_and_that_is_said(
    pair: Pair, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with pair.standing_still():
        before = numbers(pair.supervisor)
        late = log_dispute(pair.office).number
        assert numbers(pair.supervisor) == before

        settings.REPLICA_LAG = 1
        until(lambda: numbers(pair.supervisor) == [*before, late], every=0.1)

    assert any("replica1 is" in said and "s behind" in said for said in caplog.messages)


def measured() -> dict[str, float]:
    """What the metrics say of the replica, by the last word of their names."""
    found = (sample for metric in of_replicas() for sample in metric.samples)
    return {sample.name.split("_")[2]: sample.value for sample in found if sample.labels == {"replica": "replica1"}}


def doctor() -> list[str]:
    visit = Visit(timezone.now(), timezone.localdate(), trial=False)
    return [f"{finding.level}: {finding.said}" for finding in replicas_follow(visit)]


def test_how_far_the_standby_is_behind_is_measured_and_the_doctor_names_what_is_too_far(
    pair: Pair, settings: Settings
) -> None:
    assert measured() == {"usable": 1, "lag": 0}
    assert doctor() == []

    settings.REPLICA_LAG = 1
    with pair.standing_still():
        log_dispute(pair.office)
        until(lambda: measured()["usable"] == 0, within=60, every=0.1)

        assert measured()["lag"] > 1
        (said,) = doctor()
        assert said.startswith("warning: 副本replica1（")
        assert said.endswith("超过允许的1秒，改由主库应答")


def test_a_replica_that_is_none_or_of_another_database_is_named(pair: Pair, settings: Settings) -> None:
    another = {"default": pair.standby.database("postgres"), "replica2": pair.standby.database("postgres")}
    connections["replica2"] = ConnectionHandler(another)["replica2"]
    settings.REPLICAS = ("default", "replica2")

    said = doctor()

    del connections["replica2"]
    assert [each.partition("）")[2] for each in said] == [
        "不跟随主库：不是备库，或已被提升",
        "不是本库的副本，读到的会是另一个库的数据",
    ]


def test_what_somebody_may_see_is_never_read_from_a_copy(pair: Pair) -> None:
    log_dispute(pair.office)
    user = member("leaver", Role.CLERK, organization=pair.office)
    leaver = client_of(user)
    with pair.standing_still():
        assert numbers(leaver) != []
        pair.first.execute(f"DELETE FROM organizations_membership WHERE user_id = {user.pk}", database="casetrack")

        assert numbers(leaver) == []


def test_lists_and_figures_are_asked_of_the_standby_and_nothing_about_whoever_asks(pair: Pair) -> None:
    with heard() as asked:
        numbers(pair.supervisor)
        assert pair.supervisor.get(FIGURES).status_code == 200

    assert any("cases_case" in sql for sql in asked)
    assert any("cases_milestone" in sql for sql in asked)
    assert not any("accounts_" in sql or "organizations_membership" in sql for sql in asked)


def test_while_the_standby_is_away_the_first_database_answers(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    pair.standby.stop()
    try:
        one = log_dispute(pair.office).number

        assert numbers(pair.supervisor)[-1] == one
        assert any(said.startswith("replica1 ") and "read from the first database" in said for said in caplog.messages)
        assert measured() == {"usable": 0}
        assert [said.partition("）")[2].partition("：")[0] for said in doctor()] == ["不能读取，改由主库应答"]
    finally:
        pair.standby.start()
        connections["replica1"].close()  # which the standby has cut


def test_while_one_looks_whether_a_standby_is_back_nobody_else_waits_for_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing.away["replica1"] = 0.0  # was away, and may be asked again
    meanwhile = []

    def slowly(cursor: object, *, written: str | None) -> Standing:
        meanwhile.append(choosing.replica_for(None))
        return Standing(follows=True, has_all=True, seconds=0.0)

    monkeypatch.setattr(Standing, "told", slowly)

    assert choosing.replica_for(None) == "replica1"
    assert meanwhile == ["default"]
    assert choosing.away == {}


def test_requests_choose_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Barrier(2, timeout=10)
    monkeypatch.setattr(middleware, "replica_for", lambda user: f"replica{both.wait()}")
    requests = [HttpRequest(), HttpRequest()]
    for request in requests:
        request.user = AnonymousUser()

    with ThreadPoolExecutor(2) as threads:
        chosen = set(threads.map(lambda request: middleware.Reader(request).alias, requests))

    assert chosen == {"replica0", "replica1"}


def test_every_door_is_an_address_that_there_is() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names >= LISTS


def test_rights_accounts_and_writing_belong_to_the_first_database(db: None) -> None:
    router = Router()
    with reading_from(lambda: "replica1"):
        assert router.db_for_read(Region) == "default"  # inside a transaction, as every test is
        assert router.db_for_write(Region) == router.db_for_read(Membership) == router.db_for_read(User) == "default"

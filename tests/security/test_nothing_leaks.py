"""A day at the service, with everything that is logged written down and Redis turned inside out: nobody is in it.

Names, numbers, words of cases, passwords, tokens and the addresses of robots go in by every door; the work goes wrong
in every way that there is. What production's log says of it, at the level that says most, is searched for all of them.
"""

import base64
import logging
import zlib
from collections.abc import Iterator
from io import StringIO
from typing import Any

import django_rq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.models import Case, Job
from casetrack.cases.reminding.choosing import ChoiceDraft, choose
from casetrack.cases.reminding.sending import gather, send
from casetrack.lib.logs.filters import RoutesForPaths
from casetrack.lib.logs.formats import JsonLine
from casetrack.organizations.models import Membership, Organization, Role
from tests.cases.ledgers.books import COUNTY, dispute, ledger
from workers import jobs
from workers.discreet import Discreet
from workers.draining import BurstWorker, Drained, empty_queues
from workers.steady import SteadyWorker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]

NAME, OTHER, PHONE, IDENTITY = "欧阳泄露", "司徒外传", "13987654321", "620522197912310017"
WORDS, PASSWORD, SECRET = "宅前水渠被堵的来龙去脉", "correct-horse-battery-9", "SEC0ff11cialR0b0t"
MARKS = (NAME, OTHER, PHONE, IDENTITY, WORDS, PASSWORD, SECRET)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All loggers there are, as production writes them, down to the least."""
    output, levels = StringIO(), {}
    handler = logging.StreamHandler(output)
    handler.setFormatter(JsonLine())
    handler.addFilter(RoutesForPaths())
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    for logger in loggers:
        levels[logger] = (logger.level, logger.disabled)
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
        if logger is logging.root or not logger.propagate:
            logger.addHandler(handler)
    yield output
    for logger, (level, disabled) in levels.items():
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.disabled = disabled


@pytest.fixture
def clerk_here(committee: Organization) -> User:
    user = User.objects.create_user("clerk-here", password=PASSWORD)
    Membership.objects.create(user=user, role=Role.SUPERVISOR, region_id=COUNTY)
    return user


def test_nobody_is_in_the_log_or_in_redis_whatever_goes_wrong(
    log: StringIO, clerk_here: User, committee: Organization, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    django_rq.get_connection("default").flushdb()  # what a run that failed has left
    at_the_door(clerk_here)
    case = a_case(clerk_here, committee)
    searched(clerk_here, case)
    a_ledger(clerk_here)
    a_broken_job(clerk_here, monkeypatch)
    a_broken_page(clerk_here, monkeypatch)
    a_reminder(clerk_here, settings)

    said = log.getvalue()
    assert said.count('"level": "ERROR"') >= 3, "what went wrong is there"
    assert "duplicate" not in said
    assert [mark for mark in MARKS if mark in said or escaped(mark) in said] == []
    assert [mark for mark in MARKS for found in in_redis() if mark.encode() in found] == []


def escaped(mark: str) -> str:
    return mark.encode("unicode_escape").decode()


def at_the_door(user: User) -> None:
    """A name and a password that are wrong, in each other's field, and the right ones."""
    for name, password in (
        (NAME, PASSWORD),
        (PASSWORD, NAME),
        (user.username, f"{PASSWORD}!"),
        (user.username, PASSWORD),
    ):
        Client().post("/login/", {"login": name, "password": password})
        client = APIClient()
        client.get("/api/auth/session")
        client.post("/api/auth/login", {"username": name, "password": password}, format="json")
    APIClient(headers={"Authorization": f"Bearer ct_{SECRET}"}).get("/api/v1/cases/")
    Client().get(f"/deadlines/feed/{SECRET}.ics")
    Client().post("/status/", {"code": SECRET})


def a_case(user: User, office: Organization) -> Case:
    """One taken, one refused, and one whose body is no JSON."""
    client = APIClient()
    client.force_authenticate(user)
    people = [{"role": "applicant", "name": NAME, "phone": PHONE, "identity": IDENTITY}]
    facts = {"category": "neighbour", "summary": WORDS}
    body = {"kind": "mediation", "organization": office.pk, "on": "2024-03-01", "facts": facts, "parties": people}
    answer: Any = client.post("/api/v1/cases/", body, format="json")
    assert answer.status_code == 201, answer.json()
    client.post("/api/v1/cases/", {**body, "facts": {**facts, "category": NAME}}, format="json")
    client.post("/api/v1/cases/", f'{{"name": "{NAME}"'.encode(), content_type="application/json")
    return Case.objects.get()


def searched(user: User, case: Case) -> None:
    client = Client()
    client.force_login(user)
    for address in (f"/cases/?search={NAME}", f"/api/v1/cases/?party={PHONE}", f"/cases/?nothing={NAME}", f"/{NAME}/"):
        client.get(address)
    client.get(f"/api/v1/cases/{case.pk}/parties/{case.parties.get().pk}/?purpose=联系{NAME}")
    file = SimpleUploadedFile(f"{NAME}.exe", b"MZ")
    client.post(f"/cases/{case.pk}/attachments/", {"sort": "other", "file": file})


def a_ledger(user: User) -> None:
    """Rows with people in the wrong columns, through a worker."""
    client = Client()
    client.force_login(user)
    rows = (
        dispute(申请人=OTHER),
        dispute(编号="2号", 受理日期=NAME, 联系电话=PHONE),
        dispute(编号="3号", 金额=IDENTITY),
    )
    file = SimpleUploadedFile(f"{NAME}的台账.xlsx", ledger(*rows))
    assert client.post("/imports/", {"under": COUNTY, "sent": [file]}).status_code == 302
    call_command("work", burst=True)
    assert Job.objects.get().state == "done"


def broken(*_: Any, **__: Any) -> None:
    """As a library fails that repeats what it was given, on the way from a refusal of the database."""
    User.objects.create_user(NAME)
    try:
        User.objects.create_user(NAME)
    except Exception as error:
        raise ValueError(f"{NAME} {PHONE} {IDENTITY} {WORDS}") from error


def a_broken_job(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that a user asked for, one of the schedule; what rq itself keeps of both is in Redis."""
    with monkeypatch.context() as patch:
        patch.setitem(jobs.RUNNERS, Job.Kind.EXPORT, broken)
        client = APIClient()
        client.force_authenticate(user)
        asked: Any = client.post("/api/v1/exports/", {"resource": "cases", "filters": {"party": PHONE}}, format="json")
        assert asked.status_code == 202
        drained = Drained()
        empty_queues(drained)
        User.objects.filter(username=NAME).delete()
        patch.setattr(jobs, "sweep", broken)
        jobs.sweep_deadlines.delay()
        empty_queues(drained)
        User.objects.filter(username=NAME).delete()
    assert len(drained.failures) == 2
    assert [mark for mark in MARKS if mark in str(drained.failures)] == []


def a_broken_page(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    with monkeypatch.context() as patch:
        patch.setattr("web.start.StartView.get", broken)
        patch.setattr("rest_framework.views.APIView.initial", broken)
        for address in ("/", f"/api/v1/cases/?search={NAME}"):
            answer = client.get(address)
            assert answer.status_code == 500
            assert [mark for mark in MARKS if mark in answer.content.decode()] == []
            User.objects.filter(username=NAME).delete()


def a_reminder(user: User, settings: Settings) -> None:
    """To a robot whose address holds its secret, and which is not there."""
    settings.WEBHOOK_PRIVATE = True
    choose(
        user=user,
        draft=ChoiceDraft(channel="json", address=f"https://127.0.0.1:9/send?key={SECRET}"),
        now=timezone.now(),
    )
    client = Client()
    client.force_login(user)
    client.post("/reminders/", {"channel": "json", "address": f"http://robot.example/?key={SECRET}", "try": "1"})
    if message := gather(user_id=user.pk, now=timezone.now()):
        send(message_id=message, now=timezone.now(), link="")


def in_redis() -> Iterator[bytes]:
    """Every value of every kind under every key, also as it was before it was packed."""
    redis: Any = django_rq.get_connection("default")
    keys = list(redis.scan_iter())
    assert keys, "there is something to look at"
    for key in keys:
        for value in [key, *values_of(redis, key)]:
            yield from unpacked(value)


def values_of(redis: Any, key: bytes) -> list[bytes]:
    match redis.type(key):
        case b"string":
            return [redis.get(key)]
        case b"hash":
            return [part for pair in redis.hgetall(key).items() for part in pair]
        case b"list":
            return list(redis.lrange(key, 0, -1))
        case b"set":
            return list(redis.smembers(key))
        case b"zset":
            return list(redis.zrange(key, 0, -1))
        case b"stream":
            return [part for _, fields in redis.xrange(key) for pair in fields.items() for part in pair]
    raise AssertionError(f"{key!r} is of a kind that nobody looks into")


def unpacked(value: bytes) -> Iterator[bytes]:
    yield value
    for way in (lambda packed: packed, base64.b64decode):
        try:
            yield zlib.decompress(way(value))
        except (zlib.error, ValueError):
            continue


def test_what_rq_keeps_of_a_failure_says_where_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "sweep", broken)
    job: Any = jobs.sweep_deadlines.delay()

    empty_queues(Drained())

    result = job.latest_result()
    assert "test_nothing_leaks.py" in result.exc_string
    assert "builtins.ValueError" in result.exc_string
    assert "which came of" in result.exc_string
    assert [mark for mark in MARKS if mark in result.exc_string] == []


def test_both_workers_are_discreet() -> None:
    assert issubclass(BurstWorker, Discreet)
    assert issubclass(SteadyWorker, Discreet)

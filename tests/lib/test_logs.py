"""The log: numbers of requests and jobs on every line, one line a request, and nothing that somebody entered."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import django_rq
import pytest
from django.test import Client
from pytest_django import Settings
from rq.job import Job

from casetrack import draining
from casetrack.lib.env import SettingRefused
from casetrack.lib.logs import setting_up
from casetrack.lib.logs.context import Doing, at_work, new_number, number_of
from casetrack.lib.logs.filters import RoutesForPaths
from casetrack.lib.logs.formats import JsonLine, PlainLine
from casetrack.lib.logs.jobs import asked_by, told
from casetrack.lib.queues import nudge

OURS = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
ENTERED = "张三丰 13812345678"
UUID = "0b5f6d8e-3f0a-4c5e-9a51-6c8a2e9f7d10"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def output() -> StringIO:
    return StringIO()


@pytest.fixture
def lines(output: StringIO) -> Iterator[Lines]:
    """What is logged meanwhile, as production writes it."""
    handler = logging.StreamHandler(output)
    handler.setFormatter(JsonLine())
    handler.addFilter(RoutesForPaths())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in output.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_is_one_line_that_names_its_route_and_no_path(client: Client, lines: Lines) -> None:
    answer = client.get("/login/sign-on/?name=王小明")

    (line,) = lines()
    assert (line["level"], line["method"], line["route"]) == ("INFO", "GET", "sign-on")
    assert line["status"] == answer.status_code
    assert line["ms"] >= 0
    assert line["request_id"] == answer["X-Request-ID"]
    assert OURS.fullmatch(line["request_id"])
    assert "王小明" not in json.dumps(line, ensure_ascii=False)
    assert "user" not in line


def test_a_proxy_that_asks_all_day_long_is_heard_of_only_when_it_is_not_answered_well(
    client: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/health/live")
    assert client.get("/health/open").status_code == 200
    assert lines() == []

    monkeypatch.setattr(draining, "is_leaving", lambda: True)
    client.get("/health/open")

    assert [(line["route"], line["status"]) for line in lines()] == [("health-open", 503)]


def test_a_method_that_a_client_made_up_is_not_said(client: Client, lines: Lines) -> None:
    client.generic("WANGXIAOMING", "/health/live")

    assert lines()[-1]["method"] == "unknown"
    assert "WANGXIAOMING" not in json.dumps(lines())


@pytest.mark.django_db
def test_who_asked_is_a_number(client: Client, lines: Lines, django_user_model: Any) -> None:
    client.force_login(user := django_user_model.objects.create_user("wang-xiaoming", display_name="王小明"))

    client.get("/account/")

    assert lines()[-1]["user"] == user.pk
    assert "wang-xiaoming" not in json.dumps(lines())


@pytest.mark.parametrize("given", [UUID, UUID.replace("-", ""), "K7QM-3FHX-9DAB"])
def test_a_number_that_a_proxy_gave_is_kept(client: Client, given: str) -> None:
    assert client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given",
    ["", "13812345678", "110101199003070017", "<b>张三</b>", f"{UUID}\r\nSet-Cookie: a=b", "A" * 5000, "é" * 36],
)
def test_what_is_no_number_is_replaced(given: str) -> None:
    assert OURS.fullmatch(number_of(given))
    assert new_number() != new_number()


@pytest.mark.parametrize("path", ["/api/v1/cases/", "/status/"])
def test_an_error_leaves_its_place_in_the_log_and_its_number_with_the_user(
    monkeypatch: pytest.MonkeyPatch, lines: Lines, output: StringIO, path: str
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ValueError(ENTERED)

    monkeypatch.setattr("rest_framework.views.APIView.initial", broken)
    monkeypatch.setattr("web.status.CodeForm.is_valid", broken)
    client = Client(raise_request_exception=False)
    ask = client.get if "api" in path else client.post

    answer = ask(f"{path}?search=李四光")

    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    (error,) = (line for line in lines() if line["level"] == "ERROR")
    assert error["request_id"] == number
    assert "test_logs.py" in error["error"]
    assert error["error"].endswith("builtins.ValueError")
    assert not {"张三丰", "13812345678", "李四光"} & set(re.findall(r"[\w]+", output.getvalue()))


def test_a_job_says_which_request_asked_for_it(lines: Lines) -> None:
    job = Job.create("workers.jobs.settle_statistics", connection=django_rq.get_connection("default"))
    with at_work(Doing("K7QM-3FHX-9DAB")):
        job.meta = asked_by()

    with told(job):
        logging.getLogger("somewhere").warning("within")
    logging.getLogger("somewhere").warning("after")

    within, end, after = lines()
    known = {"request_id": "K7QM-3FHX-9DAB", "job_id": job.id, "function": "workers.jobs.settle_statistics"}
    assert {**within, **known} == within
    assert {**end, **known} == end
    assert "ms" in end
    assert not set(known) & set(after)


@pytest.mark.django_db(transaction=True)
def test_what_a_request_queues_carries_its_number(servers: None, settings: Settings) -> None:
    queue: Any = django_rq.get_queue("statistics")
    queue.empty()

    with at_work(Doing("K7QM-3FHX-9DAB")):
        nudge("workers.jobs.settle_statistics")

    assert [job.meta for job in queue.jobs] == [{"request_id": "K7QM-3FHX-9DAB"}]
    queue.empty()


def test_what_a_library_hangs_on_a_line_stays_there(lines: Lines) -> None:
    logging.getLogger("rq.worker").error("failed", extra={"kwargs": {"name": "张三丰"}, "request": "/cases/?q=张三丰"})

    assert "张三丰" not in json.dumps(lines(), ensure_ascii=False)


def test_a_line_for_people_says_the_same() -> None:
    record = logging.LogRecord("here", logging.INFO, __file__, 1, "request", None, None)
    record.__dict__.update(method="GET", route="start", status=200, ms=1.5, user=None)

    with at_work(Doing("K7QM-3FHX-9DAB")):
        said = PlainLine().format(record)

    assert said.endswith("INFO here: request [request_id=K7QM-3FHX-9DAB method=GET route=start status=200 ms=1.5]")


def test_a_form_or_level_that_there_is_none_of_stops_the_start() -> None:
    with pytest.raises(SettingRefused, match="CASETRACK_LOG_FORMAT='xml' is none of: json, line"):
        setting_up.logging_in("xml", level="INFO", messages=False)
    with pytest.raises(ValueError, match="loud.* is none of: DEBUG"):
        setting_up.level_called("loud")

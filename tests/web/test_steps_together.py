"""One step in many cases: each case is taken or refused by itself, and only what was shown is changed."""

from datetime import date
from typing import Any

import pytest

from casetrack.cases.models import Case
from casetrack.cases.operations import correct
from tests.api.conftest import NOW, World, log_dispute
from tests.web.cases import client_of, text_of

pytestmark = pytest.mark.django_db


def together(*cases: Case, **more: str) -> dict[str, Any]:
    """What the page sends: the cases with the versions it was made from."""
    versions = {f"version-{case.pk}": str(case.version) for case in cases}
    return {"case": [case.pk for case in cases], "step": "withdraw", "on": "2024-03-20", **versions, **more}


def test_a_step_is_taken_in_several_cases_once_however_often_it_is_sent(world: World) -> None:
    client, cases = client_of(world.clerk_east), [log_dispute(world.east), log_dispute(world.east)]
    offered = text_of(client.get("/cases/together/", {"case": [case.pk for case in cases]}))

    first = text_of(client.post("/cases/together/", together(*cases)))
    again = text_of(client.post("/cases/together/", together(*cases)))

    assert '<option value="withdraw">' in offered
    assert '<option value="agree">' not in offered, "an agreement is told case by case"
    assert "已登记2件" in first
    assert "已登记2件" in again
    assert [case.events.filter(step="withdraw").count() for case in cases] == [1, 1]


def test_one_case_that_cannot_keeps_none_of_the_others(world: World) -> None:
    early, late = log_dispute(world.east, date(2024, 3, 1)), log_dispute(world.east, date(2024, 3, 10))

    page = text_of(client_of(world.clerk_east).post("/cases/together/", together(early, late, on="2024-03-05")))

    assert "已登记1件，未能登记1件" in page
    assert f"{late.number}</a>：" in page
    assert early.events.filter(step="withdraw").exists()
    assert not late.events.filter(step="withdraw").exists()


def test_a_case_that_changed_meanwhile_is_left_as_it_is(world: World, dispute: Case) -> None:
    sent = together(dispute)
    event = dispute.events.get(step="accept")
    correct(event_id=event.pk, on=date(2024, 3, 2), facts={}, reason="日期录错", actor=None, now=NOW)

    page = text_of(client_of(world.clerk_east).post("/cases/together/", sent))

    assert "已登记0件，未能登记1件" in page
    assert "已被他人更新" in page


def test_cases_of_others_are_not_there_and_those_who_only_read_are_refused(world: World, dispute: Case) -> None:
    foreign = client_of(world.clerk_west).post("/cases/together/", together(dispute))
    reader = client_of(world.statistician).post("/cases/together/", together(dispute))

    assert "请先在案件列表中勾选" in text_of(foreign)
    assert reader.status_code == 403
    assert "勾选" not in text_of(client_of(world.statistician).get("/cases/"))
    assert not dispute.events.filter(step="withdraw").exists()


@pytest.mark.parametrize("wrong", [{"on": "bald"}, {"step": "agree"}, {"step": ""}, {"on": "9999-12-31"}])
def test_a_step_or_day_that_cannot_be_is_told(world: World, dispute: Case, wrong: dict[str, str]) -> None:
    answer = client_of(world.clerk_east).post("/cases/together/", together(dispute, **wrong))

    assert answer.status_code == 200
    assert not dispute.events.filter(step="withdraw").exists()

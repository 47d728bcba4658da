"""The `statistics` command: the form that is fixed, and the table for people."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casetrack.organizations.models import Organization
from tests.stats.world import QINAN, day, log


@pytest.fixture
def visit(petition_office: Organization) -> None:
    log("petition", petition_office, ("register", day("2024-03-01"), {"channel": "visit"}))


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("statistics", "--region", QINAN, "--from", "2024-01-01", "--to", "2024-12-31", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(printed("--format", "json", *arguments))
    return answer


def test_the_json_form_is_the_fixed_one(visit: None) -> None:
    answer = as_json("--as-of", "2025-01-15", "--subject", "petition")

    assert {key: answer[key] for key in ("region", "from", "to", "as_of", "basis")} == {
        "region": QINAN,
        "from": "2024-01-01",
        "to": "2024-12-31",
        "as_of": "2025-01-15",
        "basis": "cells_and_events",
    }
    assert answer["figures"][0] == {
        "subject": "petition",
        "measure": "received",
        "label": "收到",
        "unit": "件",
        "dimensions": {},
        "value": 1,
        "numerator": None,
        "denominator": None,
    }
    rate = next(figure for figure in answer["figures"] if figure["measure"] == "closure_rate")
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (0.0, 0, 1)


def test_by_may_be_repeated_and_may_name_several_dimensions(visit: None) -> None:
    answer = as_json("--by", "channel", "--by", "channel,purpose", "--by", "aid_type")

    received = [
        figure["dimensions"] for figure in answer["figures"] if figure["measure"] == "received" and figure["value"]
    ]
    assert received == [{}, {"channel": "visit"}, {"channel": "visit", "purpose": "unspecified"}]
    assert {"aid_type": "civil"} in [figure["dimensions"] for figure in answer["figures"]]


def test_one_organization_can_be_asked_for(visit: None, petition_office: Organization) -> None:
    answer = as_json("--organization", str(petition_office.pk), "--subject", "petition")

    assert (answer["organization"], answer["figures"][0]["value"]) == (petition_office.pk, 1)


def test_a_person_gets_a_table(visit: None) -> None:
    table = printed("--subject", "petition", "--by", "channel")

    assert "秦安县　2024-01-01至2024-12-31　截止2024-12-31" in table
    assert "来访" in table
    assert "传真" not in table  # nothing came by fax


def test_a_refusal_is_a_message_not_a_trace(visit: None) -> None:
    with pytest.raises(CommandError, match="没有“colour”这一维度"):
        printed("--by", "colour")

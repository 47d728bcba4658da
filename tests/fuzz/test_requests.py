"""Requests: bodies and addresses of any kind are answered with what is wrong with them, never with a 500."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from tests.api.conftest import CITY, World
from tests.api.test_every_post import POSTS, Place
from tests.fuzz.mutating import JSON, changed, texts, thorough

pytestmark = pytest.mark.django_db

NAMES = (
    *("search", "under", "kind", "state", "from", "to", "on", "ordering", "cursor", "page_size", "light", "due_to"),
    *("organization", "party", "measure", "subject", "region", "month", "year", "span", "by", "case", "actor", "total"),
    *("received_from", "closed_to", "category", "columns", "known_on", "closing", "level", "name", "next", "format"),
)
WORDS = ("2024-02-30", "2024-03", "9999", "0", "-1", "1e9", "6205", CITY, "mediation", "received", "true", "%", "'")
VALUES = texts(WORDS)
PLACES = (
    *("cases/", "deadlines/", "organizations/", "mediators/", "trainings/", "reported/", "regions/", "audit/"),
    *("statistics/", "statistics/cases/", "statistics/registers/", "indicators/", "closings/", "restatements/"),
    *("law/rules/", "law/due-date/", "reports/draft/", "reports/tables/", "memberships/", "exports/", "imports/"),
    *("users/", "months/", "tokens/"),
)
PAGES = (
    *("/cases/", "/deadlines/", "/deadlines/calendar/", "/statistics/", "/statistics/mediation/received/", "/months/"),
    *("/statistics/cases/", "/reports/", "/cases/new/mediation/", "/login/", "/status/", "/imports/", "/"),
    *("/manage/audit/", "/manage/users/", "/manage/organizations/", "/manage/mediators/", "/manage/trainings/"),
)


@thorough(40)
@given(data=st.data())
def test_a_body_of_any_kind_is_taken_or_refused(place: Place, supervisor: APIClient, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(POSTS)))
    with transaction.atomic():
        address, body = POSTS[name](place)
        sent = data.draw(changed({key: value for key, value in body.items() if not isinstance(value, bytes)}))
        answer: Any = supervisor.post(f"/api/v1/{address}", sent, format="json")
        transaction.set_rollback(True)

    assert answer.status_code < 500


@thorough(30)
@given(
    address=st.sampled_from([*(f"/api/v1/{place}" for place in PLACES), *PAGES]),
    asked=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), VALUES, max_size=4),
)
def test_an_address_that_asks_for_anything_is_answered(world: World, address: str, asked: dict[str, str]) -> None:
    client = Client()
    client.force_login(world.supervisor)
    query = "&".join(
        f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in asked.items()
    )

    assert client.get(f"{address}?{query}").status_code < 500


@thorough(10)
@given(raw=st.binary(max_size=60), json=JSON)
def test_bytes_that_are_no_body_are_refused(world: World, clerk: APIClient, raw: bytes, json: Any) -> None:
    for content_type in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        assert clerk.post("/api/v1/cases/", raw, content_type=content_type).status_code in (400, 415, 422)
    assert clerk.post("/api/auth/login", json, format="json").status_code in (400, 401, 403, 409, 422, 429)

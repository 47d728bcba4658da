"""A page of fifty filtered cases: beside a view written by hand, as the record grows, and with its exact total."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from statistics import median, quantiles
from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils.http import urlencode
from django.utils.timezone import localdate, now

from casetrack.accounts.models import User
from casetrack.accounts.tokens import issue_token
from casetrack.kinds import KINDS
from casetrack.lib.masking import masked_name
from casetrack.organizations.divisions import Level
from casetrack.organizations.models import Membership, Region, Role
from workers.benchmarks.measuring import Result, at_most, pairs, seconds
from workers.benchmarks.record import MANY, PROVINCE, BenchmarkRefused, ensure_cases, ensure_settled

CASES = "/api/v1/cases/"
HAND_WRITTEN_BUDGET, P95_BUDGET = 2, 0.1
TIMES = 15
Statement = tuple[str, Any]
Query = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone whose membership shows one region, by a token."""

    token: str

    def page(self, query: Query) -> bytes:
        """The answer as the service gives it, from the address on: log-in by token, scope, filters, rendering."""
        response = resolve(CASES).func(self.request(query))
        response.render()
        if response.status_code != 200:
            raise BenchmarkRefused(f"{query}: {response.status_code} {response.content.decode()}")
        return bytes(response.content)

    def request(self, query: Query) -> HttpRequest:
        where = f"{CASES}?{urlencode(query, doseq=True)}"
        return RequestFactory().get(where, HTTP_AUTHORIZATION=f"Bearer {self.token}", HTTP_HOST="127.0.0.1")


def list_vs_handwritten() -> Result:
    """How many times longer a page takes, at most, than a view that runs the same SQL and writes the same members."""
    there = ensure_cases(MANY)
    reader, queries = someone_in(Level.PREFECTURE), list(usual_queries())
    by_hand = [view_by_hand(statements_of(reader, query)) for query in queries]
    for query, view in zip(queries, by_hand, strict=True):
        agree(reader.page(query), view(reader.request(query)).content)
    found = []
    for query, view in zip(queries, by_hand, strict=True):
        request = reader.request(query)
        found.append(pairs(lambda v=view, r=request: v(r), lambda q=query: reader.page(q), times=TIMES))  # type: ignore[misc]
    theirs, ours = sum(one for one, _, _ in found), sum(two for _, two, _ in found)
    worst = max(ratio for _, _, ratio in found)
    detail = (
        f"{len(queries)} lists of 50 among {there:,} cases, log-in by token on both sides:"
        f" {ours / len(queries) * 1000:.1f} ms against {theirs / len(queries) * 1000:.1f};"
        f" the worst of them {worst:.2f} times"
    )
    return at_most(ours / theirs, HAND_WRITTEN_BUDGET, detail)


def scoped_total_p95() -> Result:
    """A page with its exact total for someone who sees one county: its 95th percentile against 100 ms."""
    there = ensure_cases(MANY)
    ensure_settled()
    reader = someone_in(Level.COUNTY)
    queries = list(totals_asked())
    for query in queries[:10]:
        reader.page(query)
    taken = sorted((seconds(lambda q=query: reader.page(q)), str(query)) for query in queries)  # type: ignore[misc]
    times = [each for each, _ in taken]
    p95 = quantiles(times, n=20)[-1]
    detail = (
        f"{len(queries)} pages of 50 with total, none by words, among {there:,} cases:"
        f" median {median(times) * 1000:.0f} ms, 95th percentile {p95 * 1000:.0f},"
        f" longest {times[-1] * 1000:.0f} ({taken[-1][1]})"
    )
    return at_most(p95 / P95_BUDGET, 1, detail)


def someone_in(level: Level) -> Reader:
    """A supervisor of the first region of a level that has cases."""
    region = Region.objects.under(PROVINCE).at(level).order_by("code")[0]
    user, _ = User.objects.get_or_create(username=f"bench-{region.code}", defaults={"display_name": "基准"})
    Membership.objects.get_or_create(user=user, role=Role.SUPERVISOR, region=region)
    return reader_for(user, now=now())


def reader_for(user: User, *, now: datetime) -> Reader:
    tomorrow = now + timedelta(days=1)
    _, secret = issue_token(user=user, name="bench", scopes=["read"], expires_at=tomorrow, actor=None, now=now)
    return Reader(secret)


def usual_queries() -> Iterator[Query]:
    """What people narrow lists by, each leaving more than a page of 10,000 cases of a province."""
    today = localdate()
    yield {}
    yield {"kind": "mediation", "ordering": "-received_on"}
    yield {"kind": "petition", "open": "false", "ordering": "-closed_on"}
    yield {"kind": "mediation", "received_from": today - timedelta(days=365), "received_to": today}
    yield {"category": ["neighbour", "marriage_family"]}
    yield {"under": f"{PROVINCE[:2]}01", "kind": ["mediation", "petition"], "ordering": "number"}
    yield {"search": "纠纷"}
    yield {"kind": "petition", "channel": ["visit", "letter"], "fields": "id,number,received_on,state"}
    yield {"open": "true", "ordering": "due_on"}


def totals_asked() -> Iterator[Query]:
    """Filters in all their combinations, each list with its exact total.

    No words: how many cases have a word that half of them have can only be told by reading them.
    """
    today = localdate()
    spans: Sequence[Query] = (
        {},
        {"received_from": date(today.year - 1, 1, 1), "received_to": today},
        {"received_from": today - timedelta(days=40)},
    )
    states: Sequence[Query] = ({}, {"open": "true"}, {"open": "false"}, {"light": "overdue", "on": today})
    kinds: Sequence[Query] = (
        {},
        {"kind": "mediation"},
        {"kind": "petition"},
        {"kind": ["reconsideration", "litigation"]},
    )
    others: Sequence[Query] = (
        {},
        {"ordering": "-received_on"},
        {"entered_from": today - timedelta(days=60)},
    )
    for span, state, kind, other in product(spans, states, kinds, others):
        yield {**span, **state, **kind, **other, "total": "true"}


def time_of(reader: Reader, query: Query) -> float:
    rows = len(orjson.loads(reader.page(query))["results"])
    if rows < 50:
        raise BenchmarkRefused(f"{query}: 只有{rows}行，不足一页")
    return median(seconds(lambda: reader.page(query)) for _ in range(TIMES))


def statements_of(reader: Reader, query: Query) -> list[Statement]:
    """What a page asks the database, in order."""
    found: list[Statement] = []

    def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
        found.append((statement, values))
        return execute(statement, values, many, context)

    reader.page(query)  # notes that the token was used, which once a minute is enough
    with connection.execute_wrapper(keep):
        reader.page(query)
    return found


def view_by_hand(statements: Sequence[Statement]) -> Callable[[HttpRequest], HttpResponse]:
    """A view without a framework: its SQL, rows made to members in a loop, orjson."""

    def view(request: HttpRequest) -> HttpResponse:
        answers = []
        with connection.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)
                names = [each.name for each in cursor.description] if cursor.description else []
                answers.append((names, cursor.fetchall() if names else []))
        return HttpResponse(orjson.dumps(members_by_hand(answers), default=str), content_type="application/json")

    return view


def members_by_hand(answers: Sequence[tuple[list[str], list[Any]]]) -> dict[str, Any]:
    """The page that the last rows of cases make, with the names of parties where these were read."""
    people: dict[int, list[str]] = {}
    rows: list[dict[str, Any]] = []
    for names, found in answers:
        if names == ["case_id", "name"]:
            for case, name in found:
                people.setdefault(case, []).append(masked_name(name))
        elif "number" in names and len(found) >= len(rows):
            rows = [dict(zip(names, row, strict=True)) for row in found[:50]]
    today = localdate()
    return {"next": "", "previous": None, "results": [case_by_hand(row, people, today) for row in rows]}


def case_by_hand(row: dict[str, Any], people: dict[int, list[str]], today: date) -> dict[str, Any]:
    if "values" not in row:
        return {name: value for name, value in row.items() if name != "pk"}
    kind, values, due = KINDS[row["kind"]], orjson.loads(row["values"]), row["due_on"]
    category, state = kind.field_named.get("category"), kind.state_named.get(row["state"])
    about = category.label_of(values["category"]) if category and "category" in values else f"{kind.label}案件"
    names = "、".join(people.get(row["id"], [])[:3])
    red = due and row["red_on"] and row["red_on"] <= today
    yellow = due and row["yellow_on"] and row["yellow_on"] <= today
    return {
        "id": row["id"],
        "kind": row["kind"],
        "number": row["number"],
        "organization": {"id": row["organization_id"], "name": row["organization__name"]},
        "region": row["region_code"],
        "state": row["state"],
        "state_label": state.label if state else "",
        "received_on": row["received_on"],
        "closed_on": row["closed_on"],
        "due_on": due,
        "values": values,
        "version": row["version"],
        "title": f"{names} {about}".strip(),
        "light": due and ("overdue" if due < today else "red" if red else "yellow" if yellow else "green"),
        "allowed_steps": [step.name for step in kind.steps_from(row["state"])],
    }


def agree(ours: bytes, theirs: bytes) -> None:
    """Both show the same members of the same cases in the same order, or the comparison is none."""
    one, two = (orjson.loads(page)["results"] for page in (ours, theirs))
    if one != two:
        raise BenchmarkRefused("手写视图与接口给出的案件不同，无从比较")

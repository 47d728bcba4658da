"""Pages that are hard to reach: far down a list, and for someone to whom hardly any of the cases are open."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import orjson
from django.db.models import Count
from django.utils.timezone import now

from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.organizations.divisions import Level
from casetrack.organizations.models import Membership, Organization, Role
from workers.benchmarks.listing import TIMES, Query, Reader, reader_for, someone_in
from workers.benchmarks.measuring import Result, at_most, pairs
from workers.benchmarks.record import MANY, PROVINCE, BenchmarkRefused, ensure_cases

BUDGET = 1.5
DOWN = 100  # pages of 200 above the one that is measured
LISTS: Sequence[Query] = (
    {},
    {"kind": "mediation", "ordering": "-received_on"},
    {"open": "true", "ordering": "due_on"},
    {"fields": "id,number,received_on,state"},
    {"search": "纠纷"},
)


def list_reach() -> Result:
    """How many times longer a deep page, and a page of one committee, take at most than a region's first page."""
    there = ensure_cases(MANY)
    wide = someone_in(Level.PREFECTURE)
    deep = [ratio(wide, query, wide, further_down(wide, query)) for query in LISTS]
    committee = small_committee()
    narrow = [ratio(wide, query, clerk_of(committee), query) for query in LISTS]
    detail = (
        f"{len(LISTS)} lists among {there:,} cases, against their first page for a prefecture:"
        f" up to {DOWN * 200:,} rows down {', '.join(f'{each:.2f}' for each in deep)} times as long,"
        f" for one committee of {Case.objects.filter(organization=committee).count()} cases"
        f" {', '.join(f'{each:.2f}' for each in narrow)}"
    )
    return at_most(max(*deep, *narrow), BUDGET, detail)


def ratio(usual: Reader, first: Query, reader: Reader, hard: Query) -> float:
    return pairs(lambda: usual.page(first), lambda: reader.page(hard), times=TIMES)[2]


def further_down(reader: Reader, query: Query) -> Query:
    """The same list from a place on that lies many pages down, or as far down as a whole page is left."""
    reached = query
    for _ in range(DOWN):
        following = orjson.loads(reader.page({**reached, "page_size": 200}))["next"]
        if following is None:
            return reached
        reached = {**query, "cursor": parse_qs(urlsplit(following).query)["cursor"][0]}
    return reached


def small_committee() -> Organization:
    """One that has a few pages of cases at most, as a village's has."""
    counted = Case.objects.under(PROVINCE).filter(kind="mediation").order_by().values("organization")
    offices = counted.annotate(cases=Count("pk")).order_by("cases", "organization")
    if not offices:
        raise BenchmarkRefused("没有调解组织的案件，无从测量")
    return Organization.objects.get(pk=offices[len(offices) // 2]["organization"])


def clerk_of(organization: Organization) -> Reader:
    user, _ = User.objects.get_or_create(username=f"bench-{organization.pk}", defaults={"display_name": "基准"})
    Membership.objects.get_or_create(user=user, role=Role.CLERK, organization=organization)
    return reader_for(user, now=now())

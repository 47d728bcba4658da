"""Lists of cases narrowed by every declared dimension, by days, light, words and several values at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from rest_framework.test import APIClient

from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.filtersets import CaseFilterSet
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.kinds import KINDS
from casetrack.organizations.models import Organization, OrganizationKind
from tests.api.conftest import EAST, NOW, WEST, World, log_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"
Cases = dict[str, Case]


@pytest.fixture
def cases(world: World) -> Cases:
    """A dispute due on 1 April, one settled in writing, and a petition by letter due in May."""
    office = Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    settled = (
        StepDraft("register", date(2024, 3, 4), {"category": "contract", "difficult": True, "summary": "借款未还"}),
        StepDraft("accept", date(2024, 3, 4)),
        StepDraft("agree", date(2024, 3, 9), {"agreement": "written", "amount": 500000}),
    )
    letter = (
        StepDraft("register", date(2024, 3, 11), {"channel": "letter", "purpose": "appeal", "matter": "安置房未交付"}),
        StepDraft("accept", date(2024, 3, 12)),
    )
    people = (PartyDraft("applicant", "王五", phone="13900000000"),)
    return {
        "open": log_dispute(world.east),
        "settled": logged(CaseDraft("mediation", world.west, settled, people)),
        "letter": logged(CaseDraft("petition", office, letter, (PartyDraft("petitioner", "赵六"),))),
    }


def logged(draft: CaseDraft) -> Case:
    return open_case(draft=draft, actor=None, now=NOW)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=neighbour", {"open"}),
        ("category=neighbour&category=contract", {"open", "settled"}),
        ("category=unspecified", {"letter"}),
        ("difficult=true", {"settled"}),
        ("difficult=yes&kind=mediation", {"settled"}),
        ("difficult=false", set()),
        ("difficult=unspecified&kind=mediation", {"open"}),
        ("agreement=written", {"settled"}),
        ("outcome=succeeded", {"settled"}),
        ("channel=letter&purpose=appeal", {"letter"}),
        ("committee_kind=township", {"open", "settled"}),
        ("committee_kind=village", set()),
        ("kind=mediation&kind=petition", {"open", "settled", "letter"}),
        ("state=accepted", {"open", "letter"}),
        ("state=accepted&state=agreed&kind=mediation", {"open", "settled"}),
        (f"under={EAST}", {"open", "letter"}),
        (f"under={EAST}&under={WEST}&kind=mediation", {"open", "settled"}),
        ("entered_from=2024-06-01&entered_to=2024-06-01", {"open", "settled", "letter"}),
        ("entered_to=2024-05-31", set()),
        ("entered_to=9999-12-31", {"open", "settled", "letter"}),
        ("due_from=2024-04-02", {"letter"}),
        ("due_to=2024-04-01", {"open"}),
        ("closed_from=2024-03-09&closed_to=2024-03-09", {"settled"}),
        ("light=overdue&on=2024-04-02", {"open"}),
        ("light=green&light=overdue&on=2024-04-02", {"open", "letter"}),
        ("light=red&on=2024-04-01", {"open"}),
        ("light=yellow&on=2024-03-25", {"open"}),
        ("light=overdue", {"open", "letter"}),
        ("party=13900000000&party=13812341234", {"open", "settled"}),
        ("search=纠纷", {"open", "settled"}),
        ("search=王", {"settled"}),
        ("search=安置 赵六", {"letter"}),
        ("search=王五&open=true", set()),
        ("search=13900000000", set()),
        ("search=%25", set()),
    ],
)
def test_a_list_is_narrowed_to_what_is_asked(cases: Cases, supervisor: APIClient, query: str, found: set[str]) -> None:
    answer = supervisor.get(f"{CASES}?{query}")

    assert answer.status_code == 200, answer.json()
    assert {case["id"] for case in answer.json()["results"]} == {cases[name].pk for name in found}


def test_offices_and_numbers_may_be_several(cases: Cases, supervisor: APIClient) -> None:
    offices = "&".join(f"organization={cases[name].organization_id}" for name in ("open", "letter"))
    numbers = "&".join(f"number={cases[name].number}" for name in ("open", "settled"))

    assert ids(supervisor.get(f"{CASES}?{offices}")) == {cases["open"].pk, cases["letter"].pk}
    assert ids(supervisor.get(f"{CASES}?{numbers}")) == {cases["open"].pk, cases["settled"].pk}


def test_every_declared_dimension_of_every_kind_is_a_parameter_with_its_values() -> None:
    known = CaseFilterSet.every_filter()

    for kind in KINDS.values():
        for dimension in kind.dimensions:
            offered = {code for code, _ in known[dimension.name].extra["choices"]}
            assert {choice.code for choice in dimension.choices} <= offered, (kind.code, dimension.name)
            assert dimension.choices or {"true", "false", "yes", "no"} <= offered


@pytest.mark.parametrize(
    ("query", "named", "said"),
    [
        ("kind=petition&difficult=true", "difficult", "信访案件没有“difficult”这一要素，有此要素的是：人民调解"),
        ("kind=petition&category=neighbour", "category", "信访案件的“category”没有“neighbour”这一取值，可用的有："),
        ("category=quarrel", "category", "quarrel"),
        ("kind=quarrel", "kind", "quarrel"),
        ("light=blue", "light", "blue"),
        ("organization=0", "organization", "1"),
        ("under=62&under=x", "under", "x"),
        ("open=true&open=false", "open", "只能填写一次"),
        ("received_from=2024-03-01&received_from=2024-04-01", "received_from", "只能填写一次"),
        ("ordering=id&ordering=-id", "ordering", "只能填写一次"),
        ("ordering=-title", "ordering", "-title"),
        ("on=2024-4-1", "on", "2024-4-1"),
        ("search=" + "字" * 101, "search", "100"),
        ("search=a%00", "search", ""),
        ("total=yes", "total", "true 或 false"),
        ("fields=id,colour", "fields", "没有“colour”这一成员，可用的有：id、kind"),
        ("fields=id,,number", "fields", "没有“”这一成员"),
        ("&".join(f"organization={number}" for number in range(1, 102)), "organization", "最多重复100次"),
    ],
)
def test_what_can_not_be_meant_is_refused_by_name(
    world: World, clerk: APIClient, query: str, named: str, said: str
) -> None:
    answer = clerk.get(f"{CASES}?{query}")

    assert answer.status_code == 400, answer.json()
    assert list(answer.json()["errors"]) == [named]
    assert said in answer.json()["errors"][named]


@pytest.mark.parametrize("query", ["light=overdue&on=2024-04-02", "search=纠纷", "category=neighbour", "search=张三"])
def test_no_filter_shows_what_lies_outside_the_scope(
    cases: Cases, outsider: APIClient, client_of: Callable[..., APIClient], world: World, query: str
) -> None:
    assert ids(outsider.get(f"{CASES}?{query}&total=true")) == set()
    assert outsider.get(f"{CASES}?{query}&total=true").json()["total"] == 0
    assert cases["open"].pk not in ids(client_of(world.clerk_west).get(f"{CASES}?{query}"))


def test_those_who_only_count_find_no_case_by_who_is_in_it_or_what_was_told(
    cases: Cases, client_of: Callable[..., APIClient], world: World
) -> None:
    statistician = client_of(world.statistician)

    for asked in ("张三", "张", "排水沟", "纠纷 张三"):
        assert ids(statistician.get(CASES, {"search": asked})) == set(), asked
    for asked in ("邻里", "麦积区 纠纷", cases["open"].number):
        assert ids(statistician.get(CASES, {"search": asked})) == {cases["open"].pk}, asked


def test_who_sees_numbers_masked_does_not_find_them_by_trying(
    cases: Cases, client_of: Callable[..., APIClient], world: World
) -> None:
    asked = {"party": "13812341234"}

    answer = client_of(world.statistician).get(CASES, asked)

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert client_of(world.supervisor).get(CASES, asked).status_code == 200


def test_two_who_ask_alike_at_once_are_each_answered_as_of_their_own_day(cases: Cases) -> None:
    asked, every = QueryDict("kind=mediation&light=overdue"), Case.objects.all()

    before = CaseFilterSet(asked, every, today=date(2024, 3, 31))
    after = CaseFilterSet(asked, every, today=date(2024, 4, 2))

    assert ({case.pk for case in before.qs}, {case.pk for case in after.qs}) == (set(), {cases["open"].pk})


def ids(answer: Any) -> set[int]:
    return {case["id"] for case in answer.json()["results"]}

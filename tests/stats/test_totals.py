"""Totals of lists: what the cases themselves count up to, whichever way they were counted."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases import dimensions
from casetrack.cases.filtersets import CaseFilterSet
from casetrack.cases.models import Case, Milestone
from casetrack.cases.operations import open_case
from casetrack.kinds import KINDS
from casetrack.lib.months import add_months, last_day
from casetrack.organizations.divisions import code_range
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import EVERYTHING, Grant, Scope
from casetrack.stats import rebuilding, rollup
from casetrack.stats.constancy import fixed_when_closed, fixed_when_received, never_reopens
from casetrack.stats.territory import NotInCells
from casetrack.stats.totals import by_cells, total_of
from tests.stats.test_properties import FIRST, SLOW, cases, logged
from tests.stats.world import CITY, GANGU, NOW, QINAN, TODAY, TOWN, VILLAGE, day, log, take

PLACES = [CITY, QINAN, GANGU, TOWN, VILLAGE]
MONTHS = st.integers(0, 17).map(lambda count: add_months(FIRST, count))
GRANTS = st.builds(
    Grant,
    role=st.just("clerk"),
    codes=st.sampled_from(PLACES).map(code_range),
    kinds=st.sampled_from([frozenset(), frozenset({"petition"}), frozenset({"mediation", "litigation"})]),
    cleared=st.booleans(),
)
SCOPES = st.just(EVERYTHING) | st.builds(Scope, grants=st.lists(GRANTS, max_size=2).map(tuple))


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Filters as the list is asked, some of which cells can say and some not."""
    asked: dict[str, Any] = {}
    if draw(st.booleans()):
        asked["kind"] = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        asked["under"] = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        asked["open"] = draw(st.booleans())
    for name in draw(st.lists(st.sampled_from(["received", "closed"]), max_size=1)):
        first, last = sorted([draw(MONTHS), draw(MONTHS)])
        whole = draw(st.booleans())
        asked[f"{name}_from"] = first if whole else first.replace(day=8)
        asked[f"{name}_to"] = last_day(last) if whole else last.replace(day=20)
    for name in draw(st.lists(st.sampled_from(dimensions.NAMES), max_size=2, unique=True)):
        fields = dimensions.declaring(name)
        codes = [code for _, field in fields for code in dimensions.values_of(field)]
        wanted = [*codes] if name in dimensions.OF_OFFICES else [*codes, "unspecified"]
        asked[name] = draw(st.lists(st.sampled_from(wanted), min_size=1, max_size=2, unique=True))
    return asked


def narrowed(asked: dict[str, Any], scope: Scope = EVERYTHING) -> CaseFilterSet:
    data = QueryDict(mutable=True)
    for name, value in asked.items():
        data.setlist(name, [written(each) for each in (value if isinstance(value, list) else [value])])
    found = CaseFilterSet(data, Case.objects.in_scope(scope), today=TODAY)
    found.is_valid()
    return found


def written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def total(asked: dict[str, Any], scope: Scope = EVERYTHING) -> int:
    filterset = narrowed(asked, scope)
    return total_of(filterset.qs, asked=filterset.form.cleaned_data, scope=scope)


def from_cells(asked: dict[str, Any], scope: Scope = EVERYTHING) -> int:
    """As `total`, but refused where cells don't say it."""
    filterset = narrowed(asked, scope)
    return by_cells(filterset.qs, filterset.form.cleaned_data, scope)


@SLOW
@given(st.data())
def test_a_total_is_the_number_of_cases_whichever_way_it_is_counted(
    offices: list[Organization], data: st.DataObject
) -> None:
    drafts = cases(data, offices)
    with logged(drafts):
        rollup.settle()
        for draft in data.draw(st.lists(st.sampled_from(drafts), max_size=2)):
            open_case(draft=draft, actor=None, now=NOW)  # since the last count
        for _ in range(40):
            asked, scope = data.draw(questions()), data.draw(SCOPES)
            filterset = narrowed(asked, scope)
            if filterset.is_valid():
                assert total(asked, scope) == filterset.qs.count(), (asked, scope)


@pytest.fixture
def settled(village_committee: Organization, town_committee: Organization, petition_office: Organization) -> None:
    """Two disputes in the village, one settled; one in the town, last month; an accusation at the petition office."""
    march, april = day("2024-03-05"), day("2024-04-10")
    log("mediation", village_committee, ("register", march, {"category": "neighbour"}), ("accept", march))
    log(
        "mediation",
        village_committee,
        ("register", march, {"category": "contract", "difficult": True}),
        ("accept", march),
        ("agree", day("2024-04-02"), {"agreement": "written"}),
    )
    log("mediation", town_committee, ("register", april, {"category": "neighbour"}), ("accept", april))
    log("petition", petition_office, ("register", april, {"channel": "letter", "purpose": "accusation"}))
    rollup.settle()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 4),
        ({"kind": ["mediation"]}, 3),
        ({"under": [VILLAGE]}, 2),
        ({"under": [TOWN, VILLAGE]}, 3),
        ({"under": [GANGU]}, 0),
        ({"category": ["neighbour"], "kind": ["mediation"]}, 2),
        ({"category": ["neighbour"]}, 2),
        ({"difficult": ["true"]}, 1),
        ({"outcome": ["succeeded"], "kind": ["mediation"]}, 1),
        ({"open": True}, 3),
        ({"open": False}, 1),
        ({"received_from": date(2024, 4, 1)}, 2),
        ({"received_to": date(2024, 3, 31)}, 2),
        ({"received_from": date(2024, 3, 6), "received_to": date(2024, 4, 10)}, 2),
        ({"closed_from": date(2024, 4, 1), "closed_to": date(2024, 4, 30)}, 1),
        ({"closed_from": date(2024, 4, 3)}, 0),
        ({"received_to": date(2024, 3, 31), "open": True}, 1),
    ],
)
def test_cells_say_how_many_there_are(asked: dict[str, Any], number: int) -> None:
    assert from_cells(asked) == number == narrowed(asked).qs.count()


@pytest.mark.usefixtures("settled")
def test_what_only_those_cleared_see_is_in_no_other_total() -> None:
    plain = Scope(grants=(Grant("clerk", code_range(QINAN)),))
    cleared = Scope(grants=(Grant("clerk", code_range(QINAN), cleared=True),))

    assert (from_cells({}, plain), from_cells({}, cleared)) == (3, 4)
    assert from_cells({"kind": ["petition"]}, plain) == 0


@pytest.mark.usefixtures("settled")
def test_members_of_one_office_have_its_total(village_committee: Organization) -> None:
    scope = Scope(grants=(Grant("clerk", None, frozenset({village_committee.pk})),))

    assert from_cells({"category": ["contract"]}, scope) == 1
    assert from_cells({"under": [GANGU]}, scope) == 0
    assert total({}, Scope()) == 0


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "asked",
    [{"state": ["accepted"]}, {"search": "邻里"}, {"committee_kind": ["village"]}, {"satisfaction": ["satisfied"]}],
)
def test_what_cells_do_not_divide_is_counted_from_the_cases(asked: dict[str, Any]) -> None:
    with pytest.raises(NotInCells):
        from_cells(asked)
    assert total(asked) == narrowed(asked).qs.count()


@pytest.mark.usefixtures("settled")
def test_a_month_that_changed_since_is_counted_from_its_cases(village_committee: Organization) -> None:
    case = log("mediation", village_committee, ("register", day("2024-04-20"), {"category": "neighbour"}))

    for asked, number in (({}, 5), ({"open": True}, 4), ({"category": ["neighbour"]}, 3), ({"open": False}, 1)):
        assert from_cells(asked) == number, asked

    take(case, "withdraw", day("2024-05-02"))
    assert (from_cells({"open": True}), from_cells({"open": False})) == (3, 2)


@pytest.mark.usefixtures("settled")
def test_a_case_whose_opening_was_taken_back_is_still_listed_and_counted() -> None:
    case = Case.objects.filter(kind="petition").get()
    Case.objects.filter(pk=case.pk).update(received_on=None)
    Milestone.objects.filter(case=case).delete()
    rebuilding.rebuild()

    assert total({}) == Case.objects.count() == 4


@pytest.mark.usefixtures("settled")
def test_a_total_from_cells_counts_no_cases() -> None:
    with CaptureQueriesContext(connection) as queries:
        total({"kind": ["mediation"], "received_from": date(2024, 3, 1)})

    assert not [query for query in queries if "cases_case" in query["sql"]]


def test_cells_may_be_asked_of_every_kind_as_it_is_declared() -> None:
    assert all(never_reopens(kind) for kind in KINDS)
    assert fixed_when_received("mediation") == {"category", "source", "difficult"}
    assert fixed_when_closed("mediation") == {"agreement", "outcome"}
    assert "satisfaction" not in fixed_when_received("petition") | fixed_when_closed("petition")

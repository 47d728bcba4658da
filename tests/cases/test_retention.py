"""How long files are kept, place by place, and which cases are past it."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import example, given
from hypothesis import strategies as st
from pytest_django import Settings

from casetrack.cases.erasing.ended import ended
from casetrack.cases.models import Case
from casetrack.kinds import KINDS
from casetrack.kinds.retention import RETENTION, Retention, RetentionRefused, Retentions
from tests.api.conftest import EAST, World, log_dispute, world
from tests.cases.logging import take
from tests.web.cases import client_of, text_of

__all__ = ["world"]
TEN = '[{"region": "6205", "kind": "mediation", "years": 10, "source": "市表"}'
BOTH = Retentions.written(f'{TEN}, {{"region": "620502", "kind": "mediation", "years": null, "source": "区表"}}]')


def test_every_kind_has_a_period_and_none_passes_for_verified() -> None:
    assert RETENTION.keys() == KINDS.keys()
    assert not any(each.verified for each in RETENTION.values())


def test_the_nearest_place_decides() -> None:
    assert [BOTH.of("mediation", code).label for code in ("620503000000", "620502000000", "110000000000")] == [
        *("10年", "永久", "30年")
    ]
    assert BOTH.of("litigation", "620503000000").label == "永久"


@pytest.mark.parametrize(
    ("closed", "ended_on"),
    [(date(2024, 3, 29), date(2034, 3, 29)), (date(2024, 2, 29), date(2034, 3, 1))],
)
def test_a_period_is_over_whole_years_after_the_closing(closed: date, ended_on: date) -> None:
    assert Retention(10, "市表").ended_on(closed) == ended_on
    assert Retention(None, "市表").ended_on(closed) is None


@given(closed=st.dates(date(1950, 1, 1), date(2090, 12, 31)), years=st.integers(1, 60))
@example(closed=date(2024, 2, 29), years=20)
def test_the_first_day_on_which_it_is_over_is_the_first_on_which_the_closing_counts_as_past(
    closed: date, years: int
) -> None:
    retention = Retention(years, "市表")
    ended = retention.ended_on(closed)

    assert ended is not None
    day_before, day = (retention.closed_until(each) for each in (ended - timedelta(days=1), ended))
    assert day_before is not None
    assert day is not None
    assert day_before < closed <= day


@pytest.mark.parametrize(
    ("today", "closed_until"),
    [
        (date(2034, 3, 29), date(2024, 3, 29)),
        (date(2034, 2, 28), date(2024, 2, 28)),
        (date(2034, 3, 1), date(2024, 3, 1)),
        (date(2032, 2, 29), date(2022, 2, 28)),
        (date(9, 3, 1), None),
    ],
)
def test_what_was_closed_until_so_many_years_ago_is_past_its_period(today: date, closed_until: date | None) -> None:
    assert Retention(10, "市表").closed_until(today) == closed_until


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "{}",
        "[1]",
        '[{"region": "62"}]',
        TEN.replace("mediation", "murder") + "]",
        TEN.replace("10", "0") + "]",
        TEN.replace("10", "true") + "]",
        TEN.replace('"6205"', '"甘肃"') + "]",
        TEN.replace("市表", " ") + "]",
    ],
)
def test_a_period_that_can_not_be_meant_stops_the_service(text: str) -> None:
    with pytest.raises(RetentionRefused):
        Retentions.written(text)


@pytest.fixture
def closed(world: World) -> list[Case]:
    """One in each district, closed in March 2024, and one that is open."""
    cases = [log_dispute(office, date(2024, 3, 1)) for office in (world.east, world.west)]
    for case in cases:
        take(case, "withdraw", date(2024, 3, 9))
    log_dispute(world.east, date(2024, 3, 1))
    return cases


@pytest.mark.django_db
def test_what_is_past_its_period_is_counted_by_kind_place_and_year(closed: list[Case], world: World) -> None:
    def counted(today: date) -> dict[str, Any]:
        found = ended(Case.objects.all(), retentions=BOTH, today=today)
        return {each.place: each.years for each in found if each.kind.code == "mediation"}

    assert counted(date(2034, 3, 8)) == {"620502": [], "6205": [], "": []}
    assert counted(date(2034, 3, 9)) == {"620502": [], "6205": [(2024, 1)], "": []}


@pytest.mark.django_db
def test_the_command_says_it(closed: list[Case], settings: Settings) -> None:
    settings.RETENTIONS, said = BOTH, StringIO()

    call_command("retention", region=EAST, on="2034-03-09", stdout=said)

    assert "人民调解（区划6205开头的）：保管10年（未核实）；届满的：2024年办结1件" in said.getvalue()
    with pytest.raises(CommandError, match="不是日期"):
        call_command("retention", region=EAST, on="昨天")


@pytest.mark.django_db
def test_the_page_counts_what_the_person_may_see_and_nobody_else_opens_it(
    closed: list[Case], world: World, settings: Settings
) -> None:
    one = '[{"region": "", "kind": "mediation", "years": 1, "source": "<b>市表</b>"}]'
    settings.RETENTIONS, settings.SECOND_FACTOR_ROLES = Retentions.written(one), []

    page = text_of(client_of(world.supervisor).get("/manage/retention/"))

    assert "已届满2件：2024年办结2件" in page
    assert "&lt;b&gt;市表" in page
    assert "没有这样的案件" in text_of(client_of(world.outsider).get("/manage/retention/"))
    assert client_of(world.clerk_east).get("/manage/retention/").status_code == 403

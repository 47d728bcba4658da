"""When a step's clock starts, from which day, and what becomes of one that ends while it stands still."""

from dataclasses import replace
from datetime import date

import pytest

from casetrack.kinds.base import Fact, Field, FieldType, Kind, Pause, Start, Step
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.kinds.lifecycle import Guard, View
from casetrack.kinds.mediation import MEDIATION
from casetrack.kinds.petition_review import PETITION_REVIEW
from casetrack.kinds.refusals import GuardRefused, TermRefused

OPENED = date(2025, 3, 3)
NINGBO, HARBIN = "330203000000", "230102000000"


def ticking(*starts: Start, guards: tuple[Guard, ...] = ()) -> Kind:
    """Mediation with a step that does nothing but start clocks, and one that ends them."""
    tick = Step("tick", "计时", ("registered",), None, "试", records=("seen_on",), starts=starts, guards=guards)
    tock = Step("tock", "到点", ("registered",), None, "试", ends=tuple(start.duty for start in starts), guards=guards)
    seen = Field("seen_on", "看到之日", FieldType.DATE)
    return replace(MEDIATION, fields=(*MEDIATION.fields, seen), steps=(*MEDIATION.steps, tick, tock))


def after(kind: Kind, facts: dict[str, Fact], *later: Happening, region: str = "") -> Standing:
    return fold(
        kind,
        [
            Happening(1, "register", OPENED, {"category": "neighbour", "source": "application"}),
            Happening(2, "tick", date(2025, 3, 10), facts),
            *later,
        ],
        region_code=region,
    )


def test_a_clock_does_not_start_where_a_value_spares_the_case_from_it() -> None:
    spared = ticking(Start("mediation.confirm_accept", unless=(("category", "neighbour"),)))

    assert after(spared, {}).clocks == []


def test_a_fact_of_the_case_stands_for_the_one_the_rule_names() -> None:
    kind = ticking(Start("mediation.confirm_accept", fact="seen_on"))

    told, untold = after(kind, {"seen_on": "2025-03-06"}), after(kind, {})

    assert told.clocks[0].due.start == date(2025, 3, 6)
    assert untold.clocks[0].due.start == date(2025, 3, 10)


def test_a_duty_that_only_some_places_have_is_no_gap_elsewhere() -> None:
    kind = ticking(Start("mediation.accept.medical", local=True))

    there, elsewhere = after(kind, {}, region=NINGBO), after(kind, {}, region=HARBIN)

    assert [clock.due.rule_id for clock in there.clocks] == ["PM-ACC-NBMED"]
    assert (elsewhere.clocks, elsewhere.gaps) == ([], [])


def test_a_guard_sees_the_last_day_of_a_running_clock() -> None:
    def late(view: View, on: date) -> str:
        last = view.last_day("mediation.confirm_accept")
        return f"{last}已过" if last and on > last else ""

    kind = ticking(Start("mediation.confirm_accept", fact="seen_on"), guards=(late,))

    with pytest.raises(GuardRefused, match="2025-03-13已过"):
        after(kind, {}, Happening(3, "tock", date(2025, 3, 14), {}))


def test_a_clock_that_ends_while_it_stands_still_is_given_the_days_of_its_pause() -> None:
    kind = ticking(Start("mediation.term.medical"))
    halt = Step("halt", "停", ("registered",), None, "试", pauses=(Pause(("mediation.term.medical",), "appraisal"),))
    halting = replace(kind, steps=(*kind.steps, halt))

    standing = after(
        halting,
        {},
        Happening(3, "halt", date(2025, 3, 17), {}),
        Happening(4, "tock", date(2025, 6, 30), {}),
    )

    assert standing.clocks[0].in_time


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    pause = Pause(("petition.rereview_decide",), "hearing", start="from_on", end="until_on")
    days = (Field("from_on", "起", FieldType.DATE), Field("until_on", "止", FieldType.DATE))
    halt = Step("halt", "停", ("requested",), None, "试", records=("from_on", "until_on"), pauses=(pause,))
    kind = replace(PETITION_REVIEW, fields=(*PETITION_REVIEW.fields, *days), steps=(*PETITION_REVIEW.steps, halt))

    with pytest.raises(TermRefused, match="不能在开始（2025-03-12）之前结束（2025-03-10）"):
        fold(
            kind,
            [
                Happening(1, "request", OPENED, {"level": "rereview"}),
                Happening(2, "halt", date(2025, 3, 10), {"from_on": "2025-03-12", "until_on": "2025-03-10"}),
            ],
        )

"""A case as a person reads it: corrections beside what they put right, clocks with their days."""

from datetime import date
from typing import Any

import pytest

from casetrack.cases.models import Case
from casetrack.cases.operations import correct, retract
from casetrack.cases.reading import CaseRead, Happening, read_case
from casetrack.cases.sweep import Light
from tests.api.conftest import NOW, World, dispute, world

__all__ = ["dispute", "world"]
pytestmark = pytest.mark.django_db


def read(case: Case, world: World, today: date = date(2024, 3, 20)) -> CaseRead:
    return read_case(case=Case.objects.get(pk=case.pk), reader=world.clerk_east, today=today)


def told(each: Happening) -> list[Any]:
    versions = [each.now, *each.before]
    return [each.label, each.retracted, [(f"{one.event.occurred_on:%d}", one.event.reason) for one in versions]]


def test_a_correction_of_a_correction_stands_with_both(world: World, dispute: Case) -> None:
    first = dispute.events.get(step="accept")
    second = correct(event_id=first.pk, on=date(2024, 3, 5), facts={}, reason="录错", actor=None, now=NOW)
    correct(event_id=second.pk, on=date(2024, 3, 4), facts={}, reason="又录错", actor=None, now=NOW)

    course = [told(each) for each in read(dispute, world).happenings]

    assert course == [
        ["登记", False, [("01", "")]],
        ["受理", False, [("04", "又录错"), ("05", "录错"), ("01", "")]],
    ]


def test_what_was_taken_back_is_told_with_its_reason(world: World, dispute: Case) -> None:
    retract(event_id=dispute.events.get(step="accept").pk, reason="登记到了别的案件", actor=None, now=NOW)

    page = read(dispute, world)

    assert told(page.happenings[1]) == ["受理", True, [("01", "登记到了别的案件"), ("01", "")]]
    assert "accept" in [step.name for step in page.moving]


def test_a_clock_says_its_light_its_days_and_the_law_in_force(world: World, dispute: Case) -> None:
    [clock] = read(dispute, world, today=date(2024, 4, 2)).clocks

    assert (clock.deadline.act_by, clock.light, clock.left) == (date(2024, 4, 1), Light.OVERDUE, "已超期1天")
    assert clock.term is not None
    assert clock.term.since == date(2002, 11, 1)
    assert clock.lines[0]["text"].startswith("受理")

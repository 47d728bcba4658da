"""What a course is written with: dice that fall alike for the same seed, and a diary that knows the day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from casetrack.cases.drafts import StepDraft
from casetrack.kinds.base import Fact
from casetrack.law.calendar import WorkCalendar

Value = TypeVar("Value")
PACES = {1.0: 93, 2.5: 5, 6.0: 2}  # most offices keep their terms


class Dice:
    """Chance with weights, the same for the same seed wherever it is thrown."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def one_of(self, weights: Mapping[Value, float]) -> Value:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def percent(self, chance: float) -> bool:
        return self.random.random() * 100 < chance

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)


class Diary:
    """The steps of a case as they are taken, each on a working day some days after the one before."""

    def __init__(self, on: date, dice: Dice, calendar: WorkCalendar) -> None:
        self.on = on
        self.dice = dice
        self.calendar = calendar
        self.pace = dice.one_of(PACES)
        self.steps: list[StepDraft] = []

    def open(self, step: str, **facts: Fact) -> None:
        """The first step, on the day itself: people come on rest days too."""
        self.steps.append(StepDraft(step, self.on, facts))

    def take(self, step: str, least: int, most: int, **facts: Fact) -> None:
        """A step, so many days after the last one."""
        self.pass_days(least, most)
        self.steps.append(StepDraft(step, self.on, facts))

    def pass_days(self, least: int, most: int) -> None:
        days = round(self.dice.number(least, most) * self.pace)
        self.on = self.calendar.on_or_after(self.on + timedelta(days=days))

    def ago(self, least: int, most: int) -> str:
        """A day before today, as a fact."""
        return (self.on - timedelta(days=self.dice.number(least, most))).isoformat()

    def ahead(self, least: int, most: int) -> str:
        """A working day to come, as a fact."""
        return self.calendar.on_or_after(self.on + timedelta(days=self.dice.number(least, most))).isoformat()


Course = Callable[[Diary, Dice], None]

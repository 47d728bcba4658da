"""The form of one step: its day, its facts, and what the core refuses put beside what it is about."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from casetrack.cases.drafts import StepDraft
from casetrack.kinds.base import Fact, Facts, FieldType, Kind, Step
from casetrack.kinds.describing import clock_changes
from casetrack.kinds.refusals import DateRefused, FactsRefused, Refused
from web.controls import day_control
from web.entering.controls import control_of, fact_of, shown_as

DAY = "occurred_on"


class StepForm(forms.Form):
    """A step as somebody fills it in. One that `follows` another in the same form is of its day if none is given."""

    def __init__(self, kind: Kind, step: Step, *args: Any, follows: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": not follows, **kwargs})
        self.kind, self.step = kind, step
        self.fields[DAY] = day_control(
            label="登记（收到）日期" if step.opens_case else f"{step.label}日期",
            required=not follows,
            help_text="不填即与上一步骤同日" if follows else "",
            error_messages={"required": f"请填写“{step.label}”的日期"},
        )
        for name in step.records:
            self.fields[name] = control_of(kind, step, name)

    def draft(self, before: date = date.min) -> StepDraft:
        """The step that a valid form asks for; where it follows one of the day `before` and says none, of that day."""
        said = {name: fact_of(self.kind.field_named[name], self.cleaned_data[name]) for name in self.step.records}
        facts: dict[str, Fact] = {name: fact for name, fact in said.items() if fact is not None}
        return StepDraft(self.step.name, self.cleaned_data[DAY] or before, facts)

    def place(self, refused: Refused) -> None:
        """Beside the field that it is about, or on top."""
        if isinstance(refused, FactsRefused):
            for name, message in refused.errors.items():
                self.add_error(name if name in self.fields else None, message)
        else:
            self.add_error(DAY if isinstance(refused, DateRefused) else None, str(refused))

    def first(self) -> list[BoundField]:
        """What is asked before all else."""
        return [self[name] for name in self.fields if name == DAY or self.is_first(name)]

    def further(self) -> list[BoundField]:
        """What may be said besides."""
        return [self[name] for name in self.fields if name != DAY and not self.is_first(name)]

    def is_first(self, name: str) -> bool:
        field = self.kind.field_named[name]
        coded = field.type is FieldType.CHOICE and (field.dimension or not self.step.opens_case)
        return name in self.step.needs or field.personal or coded or field.type is FieldType.MONEY

    def clocks(self) -> tuple[tuple[str, str], ...]:
        """What the step may do to clocks."""
        return clock_changes(self.step)

    def further_is_open(self) -> bool:
        """Whether something there is filled in or wrong, and so must be seen."""
        return any(field.errors or field.value() for field in self.further())


def filled_in(kind: Kind, step: Step, day: date, facts: Facts) -> dict[str, Any]:
    """What a form shows of a step that was logged."""
    said = {name: shown_as(kind.field_named[name], facts[name]) for name in step.records if name in facts}
    return {DAY: day, **said}

"""The form of a new case: office, opening, how far it has come since, and the people in it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from casetrack.cases.drafts import CaseDraft, OfficeRefused, PartyDraft, new_case
from casetrack.cases.operations import NumberTaken
from casetrack.cases.parties import MOST
from casetrack.kinds import Kind
from casetrack.kinds.refusals import Refused
from casetrack.organizations.models import Organization
from web.controls import number_in
from web.entering.step_forms import DAY, StepForm

LISTED = 50
"""More offices than that are found by name, not in a list."""
ROWS = 2
COUNT = "parties-rows"
NUMBERED = re.compile(r".*（编号(\d{1,18})）")
NO_OFFICE = "请填写由哪一机构承办"
NOT_OPEN = "没有这一机构，或您无权为其登记案件"


class OfficeForm(forms.Form):
    """Which office is in charge, and the number that somebody else gave the case."""

    number = forms.CharField(label="已有的案号", max_length=100, required=False, help_text="不填则自动编号")

    def __init__(self, offices: QuerySet[Organization], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.listed = list(offices[: LISTED + 1])
        self.by_name = len(self.listed) > LISTED
        if not self.by_name:
            names = [(each.pk, each.name) for each in self.listed]
            several = [("", "请选择"), *names] if len(names) > 1 else names
            self.fields["organization"] = forms.ChoiceField(
                label="承办机构", choices=several, error_messages={"invalid_choice": NOT_OPEN, "required": NO_OFFICE}
            )
        else:
            known = forms.TextInput(attrs={"list": "offices", "autocomplete": "off"})
            help_text = "填写机构全称，或键入几个字后从提示中选择"
            self.fields["organization"] = forms.CharField(
                label="承办机构", widget=known, help_text=help_text, error_messages={"required": NO_OFFICE}
            )

    def clean_organization(self) -> Organization:
        said = self.cleaned_data["organization"]
        if not self.by_name:
            return next(each for each in self.listed if str(each.pk) == said)
        numbered = NUMBERED.fullmatch(said.strip())
        named = Q(pk=int(numbered[1])) if numbered else Q(name=said.strip())
        found = list(self.offices.filter(named)[:2])
        if len(found) != 1:
            raise forms.ValidationError("有多个同名机构，请从提示中选择" if found else NOT_OPEN)
        return found[0]


class CourseForm(forms.Form):
    """How far the case had come when it was logged."""

    course = forms.ChoiceField(label="办理情况", required=False)

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going: list[tuple[str, str]] = []
        over: list[tuple[str, str]] = []
        for place, course in enumerate(kind.courses, start=1):
            steps = [kind.step_named[name] for name in course]
            reached = next((step.target for step in reversed(steps) if step.target), kind.opening.target)
            option = (str(place), " → ".join(step.label for step in steps))
            (going if kind.state_named[str(reached)].open else over).append(option)
        groups = [("尚在办理", [("", f"仅{kind.opening.label}"), *going]), ("已经办结", over)]
        control = self.fields["course"]
        if isinstance(control, forms.ChoiceField):
            control.choices = [(name, options) for name, options in groups if options]


class PartyForm(forms.Form):
    """Someone in the case. What is asked of persons but their names is never kept on the device."""

    role = forms.ChoiceField(label="身份")
    name = forms.CharField(label="姓名或名称", max_length=200, required=False)
    phone = forms.CharField(label="联系电话", max_length=50, required=False)
    identity = forms.CharField(label="证件号码", max_length=50, required=False)
    address = forms.CharField(label="住址", max_length=500, required=False)

    def __init__(self, kind: Kind, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        control = self.fields["role"]
        if isinstance(control, forms.ChoiceField):
            control.choices = [(each.code, each.label) for each in kind.roles]
        control.initial = role
        for name in ("name", "phone", "identity", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name in ("phone", "identity", "address"):
            self.fields[name].widget.attrs["data-unkept"] = ""
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "data-suggests": ""}
        self.fields["identity"].widget.attrs["data-suggests"] = ""

    def draft(self) -> PartyDraft | None:
        """The party of a valid row; None where the row is empty."""
        said = {name: str(value).strip() for name, value in self.cleaned_data.items()}
        return PartyDraft(**said) if any(value for name, value in said.items() if name != "role") else None


class CaseForms:
    """All parts of the form of a new case together."""

    def __init__(
        self,
        kind: Kind,
        offices: QuerySet[Organization],
        *,
        today: date,
        data: Any = None,
        rows: int = ROWS,
        unfinished: bool = False,
    ) -> None:
        """With `data` as somebody sent it; `unfinished`, nothing is said yet of what is wrong or missing."""
        self.kind, self.typed, self.unfinished = kind, data, unfinished
        self.office = OfficeForm(offices, **self.part("office"))
        self.opening = StepForm(kind, kind.opening, **self.part("opening", **{DAY: today}))
        self.course = CourseForm(kind, **self.part("course"))
        later = dict.fromkeys(name for course in kind.courses for name in course)
        self.later = {
            name: StepForm(kind, kind.step_named[name], follows=True, **self.later_part(name)) for name in later
        }
        self.parties = self.rows_of_parties(rows)

    def chosen(self) -> tuple[str, ...]:
        """The steps after the opening of the course that was chosen."""
        courses = {str(place): steps for place, steps in enumerate(self.kind.courses, start=1)}
        return courses.get(self.course["course"].value() or "", ())

    def later_part(self, name: str) -> dict[str, Any]:
        """Of a step that is not in the chosen course nothing is missing: what was typed is shown again, unchecked."""
        return self.part(name) if name in self.chosen() or not self.typed else self.shown_again(name)

    def part(self, prefix: str, **initial: Any) -> dict[str, Any]:
        """What a form of the given prefix is made with."""
        if self.unfinished:
            return self.shown_again(prefix, **initial)
        return {"prefix": prefix, "initial": initial, "data": self.typed}

    def shown_again(self, prefix: str, **initial: Any) -> dict[str, Any]:
        return {"prefix": prefix, "initial": {**initial, **under(prefix, self.typed)}}

    def rows_of_parties(self, rows: int) -> list[PartyForm]:
        """The rows of parties, first one of each role."""
        said = number_in((self.typed or {}).get(COUNT, ""))
        count = rows if said is None else min(said, MOST)
        roles = self.kind.roles
        return [
            PartyForm(self.kind, role=roles[place % len(roles)].code, **self.part(f"parties-{place}"))
            for place in range(count)
        ]

    def taken(self) -> list[StepForm]:
        """The steps of the course that was chosen, from the opening."""
        return [self.opening, *(self.later[name] for name in self.chosen())]

    def is_valid(self) -> bool:
        parts: list[forms.Form] = [
            self.office,
            self.opening,
            self.course,
            *self.parties,
            *self.taken(),
        ]
        return all([part.is_valid() for part in parts])  # every part, so that all that is wrong is told at once

    def draft(self) -> CaseDraft:
        steps = [self.opening.draft()]
        for form in self.taken()[1:]:
            steps.append(form.draft(steps[-1].on))
        parties = [party for row in self.parties if (party := row.draft())]
        office, number = self.office.cleaned_data["organization"], self.office.cleaned_data["number"].strip()
        return new_case(kind=self.kind.code, organization=office, steps=steps, parties=parties, number=number)

    def place(self, faults: Mapping[int, Refused]) -> None:
        """Each refusal beside what it is about."""
        for place, refused in faults.items():
            if isinstance(refused, OfficeRefused):
                self.office.add_error("organization", str(refused))
            elif isinstance(refused, NumberTaken):
                self.office.add_error("number", str(refused))
            else:
                self.taken()[place].place(refused)

    def groups(self) -> list[tuple[StepForm, str]]:
        """The later steps, each with the courses that take it, as the style sheet names them."""
        return [
            (form, " ".join(f"course-{place}" for place, steps in enumerate(self.kind.courses, 1) if name in steps))
            for name, form in self.later.items()
        ]


def under(prefix: str, data: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the form of a prefix, by the names of its fields."""
    begins = f"{prefix}-"
    return {name.removeprefix(begins): value for name, value in data.items() if name.startswith(begins)}

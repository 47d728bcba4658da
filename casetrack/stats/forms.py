"""What a question about figures names, as it is written in an address: a place, the days, a figure with its list."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from django import forms

from casetrack.lib.months import EARLIEST
from casetrack.organizations.filters import LARGEST_ID, DayField, RegionCodeField
from casetrack.stats.asking import LATEST, not_yet_known
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Organized
from casetrack.stats.tracing import Part

NAMES = {"first": "from", "last": "to"}
PARTS = get_args(Part)


class PlaceForm(forms.Form):
    """A region or an organization."""

    region = RegionCodeField(required=False)
    organization = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class PeriodForm(PlaceForm):
    """A place and its days, by the names that the command has for them. `today` is the last that was known on."""

    first = DayField(error_messages={"required": "须填写统计期的开始日（from），写作2024-01-01"})
    last = DayField(error_messages={"required": "须填写统计期的结束日（to），写作2024-12-31"})
    as_of = DayField(required=False)
    known_on = DayField(required=False)
    organized = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in Organized])

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if not self.errors and not asked["region"] and asked["organization"] is None:
            self.add_error("region", "须填写区划代码（region）或机构编号（organization）")
        for name in ("first", "last", "as_of", "known_on"):
            if asked.get(name) and not EARLIEST <= asked[name] <= LATEST:
                self.add_error(name, f"日期应在{EARLIEST}和{LATEST}之间")
        if said := not_yet_known(asked.get("known_on"), self.today):
            self.add_error("known_on", said)
        return asked


class FigureForm(forms.Form):
    """Which figure of a place; its dimensions are asked by their own names beside these."""

    subject = forms.ChoiceField(
        choices=[(code, code) for code in SUBJECTS],
        error_messages={
            "required": "须填写统计主题（subject）",
            "invalid_choice": f"没有“%(value)s”这一统计主题，可用的有：{'、'.join(SUBJECTS)}",
        },
    )
    measure = forms.CharField(max_length=64, error_messages={"required": "须填写指标（measure）"})


class TraceForm(PeriodForm, FigureForm):
    """One figure, or one part of it."""

    part = forms.ChoiceField(required=False, choices=[(name, name) for name in PARTS])


class PublishedForm(PlaceForm, FigureForm):
    """One figure of an edition, whose days and knowledge are its own: of its region, or of a place that it holds."""

    closing = forms.IntegerField(min_value=1, max_value=LARGEST_ID)


def names_in(form: forms.Form) -> list[str]:
    return [form.add_prefix(name) for name in form.fields]


def refusals_of(form: forms.Form) -> dict[str, str]:
    """What is wrong with each part of what was asked, by its name in the address."""
    return {form.add_prefix(name): "；".join(map(str, said)) for name, said in form.errors.items()}


def dimensions_named(subject: str) -> list[str]:
    """What a figure of a subject can be asked by, beside the form."""
    found = SUBJECTS.get(subject)
    return [field.name for field in found.dimensions] if found else []


def question_of(
    asked: Mapping[str, Any], given: Mapping[str, str], names: Iterable[str]
) -> tuple[dict[str, Any], Part]:
    """What `tracing` understands, of a form that is filled in and the dimensions given beside it."""
    query = {
        **{name: asked[name] for name in ("subject", "measure", "region", "organization")},
        **{"from": asked["first"], "to": asked["last"], "as_of": asked["as_of"] or asked["last"]},
        **{"known_on": asked["known_on"], "organized": asked["organized"]},
        "dimensions": {name: given[name] for name in names if name in given},
    }
    return query, asked["part"] or "value"

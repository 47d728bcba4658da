"""/statistics/: the figures of a place and a period, one subject after the other, each beside the year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from casetrack.kinds import KINDS
from casetrack.stats.answering import statistics
from casetrack.stats.comparing import Compare, Comparison
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import Form, Subject
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.tracing import Part
from reports.tables import naming
from web.guards import Guarded
from web.statistics.asking import Asked, asked_in
from web.statistics.links import behind, carried, to_figure

COURSE = ("carried_over", "received", "closed", "pending", "closure_rate")
GROUPS: tuple[tuple[str, frozenset[Form]], ...] = (
    ("件数", frozenset({Form.COUNT})),
    ("比率", frozenset({Form.RATE, Form.CHANGE})),
    ("办理天数和平均数", frozenset({Form.MEAN, Form.MEDIAN, Form.PERCENTILE_90})),
    ("金额", frozenset({Form.AMOUNT})),
    ("名册", frozenset({Form.REGISTER})),
    ("报送数字", frozenset({Form.REPORTED})),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as a row: where each of its numbers leads, and how it stands to earlier periods."""

    figure: Figure
    address: str
    year: Comparison | None
    month: Comparison | None

    @property
    def behind(self) -> str:
        """The list that adds up to the figure; of a rate, only its parts have one."""
        return "" if self.figure.indicator.is_rate and self.figure.denominator is not None else behind(self.figure)

    @property
    def numerator(self) -> str:
        """Of a change it is a difference, which no list adds up to: its two sides have theirs."""
        return "" if self.figure.indicator.form is Form.CHANGE else self.part("numerator")

    @property
    def denominator(self) -> str:
        return self.part("denominator")

    def part(self, part: Part) -> str:
        return behind(self.figure, part)


class FiguresView(Guarded, View):
    """All subjects on one page, or one of them whole."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = asked_in(request)
        code = request.GET.get("subject", "")
        chosen = asked.subject(code) if code else None
        found: dict[str, Any] = {}
        if not asked.refused:
            try:
                found = subject_read(asked, chosen) if chosen else summary_read(asked)
            except StatisticsRefused as refused:
                asked.refused.append(str(refused))
        return render(request, "web/statistics/figures.html", {**around(asked, code), "chosen": chosen, **found})


def around(asked: Asked, code: str = "") -> dict[str, Any]:
    """What stands around figures: the form, the way to other subjects and periods."""
    address = partial(carried, asked.data)
    tabs = [("全部", f"?{address()}", not code)]
    tabs += [(each.label, f"?{address(subject=each.code)}", each.code == code) for each in asked.subjects]
    beside = {}
    if asked.span:
        for name, count in (("before", -1), ("after", 1)):
            other = asked.span.beside(count)
            if other.period.start <= asked.today and other.year >= 1950:
                query = address(year=other.year, span=other.name, subject=code or None)
                beside[name] = (other.label, f"?{query}")
    return {"asked": asked, "form": asked.form(), "tabs": tabs, "subject": code, **beside}


def summary_read(asked: Asked) -> dict[str, Any]:
    """What all kinds of cases have in common."""
    kinds = [each for each in asked.subjects if each.code in KINDS]
    if not kinds:
        return {"rows": []}
    answer = statistics(**asked.question, subjects=[each.code for each in kinds], compare=Compare.YEAR)
    rows = [(subject, course_of(answer, subject, asked)) for subject in kinds]
    return {"rows": [(subject, lines) for subject, lines in rows if any(lines)], "answer": answer, "course": COURSE}


def course_of(answer: Answer, subject: Subject, asked: Asked) -> list[Line | None]:
    found = [answer.find(subject.code, measure) for measure in COURSE]
    if not any(figure and figure.value for figure in found):
        return []
    return [line(answer, None, figure, asked) if figure else None for figure in found]


def subject_read(asked: Asked, subject: Subject) -> dict[str, Any]:
    ask = partial(statistics, **asked.question, subjects=[subject.code])
    answer = ask(compare=Compare.YEAR)
    month = ask(compare=Compare.MONTH) if asked.span and asked.span.length == 1 else None
    lines = [line(answer, month, figure, asked) for figure in answer.of(subject.code) if not figure.dimensions]
    return {
        "answer": answer,
        "by_month": month is not None,
        "groups": grouped(lines),
        "not_reported": answer.not_reported,
        "official": tables_of(asked, subject),
        "file": f"{reverse('statistics-file')}?{carried(asked.data, subject=subject.code)}",
    }


def line(answer: Answer, month: Answer | None, figure: Figure, asked: Asked) -> Line:
    return Line(
        figure,
        to_figure((figure.subject, figure.measure), asked.data),
        answer.comparison(figure),
        month.comparison(figure) if month else None,
    )


def grouped(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    found = [(label, [each for each in lines if each.figure.indicator.form in forms]) for label, forms in GROUPS]
    return [(label, rows) for label, rows in found if rows]


def tables_of(asked: Asked, subject: Subject) -> list[tuple[str, str]]:
    """The official tables of the subject that can be taken away as files: (title, address)."""
    if asked.organization is not None or asked.known_on:
        return []
    own = [name for name in naming.titles() if naming.subjects_read(name) == {subject.code}]
    address = partial(carried, asked.data)
    return [
        (naming.titles()[name], f"{reverse('statistics-table', args=[name])}?{address()}")
        for name in own
        if naming.subjects_read(name) <= set(asked.open_subjects)
    ]

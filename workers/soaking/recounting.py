"""Figures counted once more, in plain Python, from nothing but the events: neither folds nor milestones nor cells."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from casetrack.cases.models import CaseEvent
from casetrack.lib.months import add_months, month_of
from casetrack.organizations.divisions import ancestors_of
from casetrack.stats.answering import statistics
from casetrack.stats.questions import Basis

COUNTED = {
    "mediation": {
        "received": {"register"},
        "accepted": {"accept"},
        "withdrawn": {"withdraw"},
        "succeeded": {"agree"},
        "failed": {"fail"},
        "closed": {"agree", "fail", "withdraw"},
    },
    "petition": {
        "received": {"register"},
        "accepted": {"accept"},
        "withdrawn": {"withdraw"},
        "closed": {"conclude", "withdraw"},
    },
}
"""Which steps a measure counts, as far as the clients take any."""
Bucket = tuple[str, str, str, date]
"""Region, kind, measure and month."""


def differences() -> Iterator[str]:
    """Every figure of every region and month that the cells give otherwise than the events."""
    counted = counts(CaseEvent.objects.select_related("case").order_by("case", "sequence").iterator(chunk_size=2000))
    months = sorted({bucket[3] for bucket in counted})
    for region in sorted({bucket[0] for bucket in counted}):
        pending: Counter[str] = Counter()
        for month in months_from(months[0], months[-1]):
            yield from differing(region, month, counted, pending)


def counts(events: Iterable[CaseEvent]) -> Counter[Bucket]:
    found: Counter[Bucket] = Counter()
    for _, together in groupby(events, key=lambda event: event.case_id):
        for event in standing(list(together)):
            code, kind = event.case.region_code, event.case.kind
            for measure, steps in COUNTED[kind].items():
                if event.step in steps:
                    for region in (code, *ancestors_of(code)):
                        found[region, kind, measure, month_of(event.occurred_on)] += 1
    return found


def standing(events: list[CaseEvent]) -> list[CaseEvent]:
    """The events that nothing corrected or retracted; none, if the opening was retracted."""
    passed = {event.replaces_id for event in events}
    left = [event for event in events if event.pk not in passed and not event.retracts]
    return left if any(event.step == "register" for event in left) else []


def months_from(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = add_months(first, 1)


def differing(region: str, month: date, counted: Counter[Bucket], pending: Counter[str]) -> Iterator[str]:
    last = date.fromordinal(add_months(month, 1).toordinal() - 1)
    answer = statistics(region=region, first=month, last=last, subjects=list(COUNTED), basis=Basis.CELLS)
    for kind, measures in COUNTED.items():
        numbers = {measure: counted[region, kind, measure, month] for measure in measures}
        pending[kind] += numbers["received"] - numbers["closed"]
        for measure, number in {**numbers, "pending": pending[kind]}.items():
            figure = answer.find(kind, measure)
            value = figure.value if figure else None
            if value != number:
                yield f"{region} {month:%Y-%m} {kind}.{measure}：统计单元为{value}，逐件重数为{number}"

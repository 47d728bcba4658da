"""refold(): what is kept beside the events, folded anew where a release declares more than the one before it did.

The events stay as they are. Only cases whose standing, milestones or clocks come out otherwise are written, and their
months are marked, so it may be cut off and run again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from casetrack.cases.chain import first_break
from casetrack.cases.models import Case, CaseEvent, Deadline, ErasedEvent, Milestone
from casetrack.cases.operations import organizations_in
from casetrack.cases.parties import names_in
from casetrack.cases.projection import Folded, fold_case, project
from casetrack.cases.verification import differences_of
from casetrack.kinds.refusals import Refused

CHUNK = 200


@dataclass(slots=True)
class Refolded:
    """How many cases were looked at and changed, and why some could not be folded."""

    seen: int = 0
    changed: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def refold(*, region: str, progress: Callable[[int], None] = lambda seen: None) -> Refolded:
    """All cases under a region, some at a time, each chunk in a transaction of its own."""
    done = Refolded()
    for chunk in chunks_of(region):
        refold_chunk(chunk, done)
        progress(done.seen)
    return done


def chunks_of(region: str) -> Iterator[list[int]]:
    keys, last = Case.objects.under(region).order_by("pk").values_list("pk", flat=True), 0
    while chunk := list(keys.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1]


@transaction.atomic
def refold_chunk(chunk: list[int], done: Refolded) -> None:
    held = Case.objects.select_for_update(of=("self",), no_key=True).select_related("organization")
    cases = list(held.filter(pk__in=chunk).order_by("pk"))
    events: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for event in CaseEvent.objects.of_cases(events).order_by("case", "sequence"):
        events[event.case_id].append(event)
    organizations = organizations_in([event for rows in events.values() for event in rows])
    milestones: dict[int, list[Milestone]] = {case.pk: [] for case in cases}
    for row in Milestone.objects.filter(case__in=events):
        milestones[row.case_id].append(row)
    clocks: dict[int, list[Deadline]] = {case.pk: [] for case in cases}
    for clock in Deadline.objects.filter(case__in=events):
        clocks[clock.case_id].append(clock)
    names = names_in(list(events))
    left = dict(ErasedEvent.objects.filter(event__case__in=events).values_list("event", "left"))
    moved: list[Folded] = []
    for case in cases:
        if first_break(events[case.pk], left):
            done.refused[case.number] = "事件链不完整，请运行 manage.py verify 核查"
            continue
        try:
            folded = fold_case(case, events[case.pk], organizations)
        except Refused as refused:
            done.refused[case.number] = str(refused)
            continue
        if any(differences_of(folded, milestones[case.pk], clocks[case.pk], names.get(case.pk, []))):
            moved.append(folded)
    project(moved)
    done.seen += len(cases)
    done.changed += len(moved)

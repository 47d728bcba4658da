"""Figures as they were known: those of now, with the cases exchanged that were entered or changed since.

However large a place is, only its changed cases are folded anew: their present milestones are taken out of the figures
and those that their events gave by then are put in.
"""

from collections.abc import Iterator, Sequence

from casetrack.cases.knowing import Changed, Known, changed_since
from casetrack.cases.models import Milestone
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats.counting import added, contribution
from casetrack.stats.questions import Place, Question, Tally, in_place


def exchanges(known: Known, questions: Sequence[Question]) -> dict[Question, Tally]:
    """What to add to the answers of now, question by question; all are of one kind, place and scope."""
    moved: dict[Question, Tally] = {question: {} for question in questions}
    first = questions[0]
    for changed in changes(known, first.kind, first.place):
        then = rows_then(changed, first.scope)
        for question, tally in moved.items():
            added(tally, contribution(question, changed.now), times=-1)
            added(tally, contribution(question, then))
    return moved


def exchanged(tally: Tally, moved: Tally) -> Tally:
    """The answer of now as it was then; groups that had nothing in them are gone."""
    added(tally, moved)
    return {key: counted for key, counted in tally.items() if not key or any(counted.values())}


def changes(known: Known, kind: str, place: Place) -> Iterator[Changed]:
    offices = Organization.objects.filter(in_place(place, region="region", organization="pk"))
    return changed_since(known, kind=kind, here=in_place(place), offices=offices)


def rows_then(changed: Changed, scope: Scope) -> Sequence[Milestone]:
    """What of a case was counted then, for someone who may see the case today: what became hidden stays hidden."""
    case = changed.case
    seen = scope.allows(
        region_code=case.region_code, organization_id=case.organization_id, kind=case.kind, restricted=case.restricted
    )
    return changed.then if seen else []

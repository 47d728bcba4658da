"""Figures as they were known: those of now, with the cases exchanged that were entered or changed since.

However large a place is, only its changed cases are folded anew: their present milestones are taken out of the figures
and those that their events gave by then are put in.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from casetrack.cases.knowing import Changed, Known, changed_since
from casetrack.cases.models import Milestone
from casetrack.organizations.models import Organization
from casetrack.organizations.moving import ever_under
from casetrack.organizations.scope import Scope
from casetrack.stats.counting import added, contribution
from casetrack.stats.questions import Place, Question, Tally, in_place


def exchanges(known: Known, questions: Sequence[Question]) -> dict[Question, Tally]:
    """What to add to the answers of now, question by question; all are of one kind, place and scope."""
    moved: dict[Question, Tally] = {question: {} for question in questions}
    first, until = questions[0], max(max(each.days.last, each.days.as_of) for each in questions)
    for changed in changes(known, [first.kind], first.place, until):
        then = rows_then(changed, first.scope)
        for question, tally in moved.items():
            added(tally, contribution(question, changed.now), times=-1)
            added(tally, contribution(question, then))
    return moved


def exchanged(tally: Tally, moved: Tally) -> Tally:
    """The answer of now as it was then; groups that had nothing in them are gone."""
    added(tally, moved)
    return {key: counted for key, counted in tally.items() if not key or any(counted.values())}


def changes(known: Known, kinds: Collection[str], place: Place, until: date | None = None) -> Iterator[Changed]:
    """The cases that count otherwise since; with `until`, those alone that do so in what happened up to that day."""
    here, offices = cases_in(place)
    return changed_since(known, kinds=kinds, here=here, offices=offices, until=until)


def cases_in(place: Place) -> tuple[Q, QuerySet[Organization]]:
    """The cases that may count in a place, and their offices: those that lie there, and those that once did."""
    here, there = in_place(place), in_place(place, region="region", organization="pk")
    gone = [] if place.organization else ever_under(place.region)
    if gone:
        here, there = here | Q(organization__in=gone), there | Q(pk__in=gone)
    return here, Organization.objects.filter(there)


def rows_then(changed: Changed, scope: Scope) -> Sequence[Milestone]:
    """What of a case was counted then, for someone to whom it counts today: what became hidden stays hidden."""
    case = changed.case
    counted_in = changed.now[0].region_code if changed.now else case.region_code
    seen = scope.allows(
        region_code=counted_in, organization_id=case.organization_id, kind=case.kind, restricted=case.restricted
    )
    return changed.then if seen else []

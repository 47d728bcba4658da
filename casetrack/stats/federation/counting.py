"""Figures added up from the cells of nodes, and from the province's own."""

from collections import Counter, defaultdict

from django.db.models import Q

from casetrack.organizations.divisions import is_under
from casetrack.organizations.scope import Clearance
from casetrack.stats import durations, from_cells
from casetrack.stats.blocks import add_up
from casetrack.stats.dimensions import Breakdown, name_of
from casetrack.stats.federation.models import Node, NodeBlock, NodeDurations
from casetrack.stats.federation.standing import answering
from casetrack.stats.indicators import Term
from casetrack.stats.questions import Question, Tally, clearance_of, gather


def count(question: Question) -> Tally:
    """What the region's own cells here hold, and those of each node in it; or of the one node that it lies in.

    Raises NodeSilent where a node's part is missing. Whether all is counted there is asked before, once for a request.
    """
    region = question.place.region
    tally: Tally = from_cells.count(question)
    if not question.by:
        tally.setdefault((), Counter())
    for node in Node.objects.touching(region).select_related("region").order_by("pk"):
        code = node.region_id if is_under(node.region_id, region) else region
        with answering(node):
            add(question, code, tally)
    return tally


def add(question: Question, code: str, tally: Tally) -> None:
    own = Q(region_code=code, kind=question.kind)
    if clearance_of(question.scope, question.place, question.kind) is not Clearance.WHOLE:
        own &= Q(restricted=False)
    gather(list(durations.count(question, NodeDurations.objects.filter(own))), tally)
    asked = from_cells.counted_in_cells(question)
    held: dict[Breakdown, list[Term]] = defaultdict(list)
    for term in asked.terms:
        held[from_cells.breakdown_for(asked, term)].append(term)
    for breakdown, terms in held.items():
        add_up(asked, NodeBlock.objects.filter(own, breakdown=name_of(breakdown)), terms, tally)

"""The heads of the chains of events in a region, as they were known: with them an edition vouches for the record."""

import hashlib
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import takewhile

from casetrack.cases.knowing import Known, cases_changed
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import effective, organization_in
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import is_under
from casetrack.organizations.models import Organization
from casetrack.stats.closing.lines import line_of_head
from casetrack.stats.questions import Place, in_place

Head = tuple[int, str, int, str]
"""A case: its key, its number, how many events it has, and the digest of the last of them."""


def heads(place: Place, known: Known) -> Iterator[Head]:
    """Of every case there, in the order of keys."""
    changed: set[int] = set()
    then: list[Head] = []
    offices = Organization.objects.filter(in_place(place, region="region", organization="pk"))
    for kind in KINDS:
        for case in cases_changed(known, kind, in_place(place), offices).iterator(chunk_size=500):
            changed.add(case.pk)
            then += head_then(case, place, known)
    rows = Case.objects.filter(in_place(place)).order_by("pk").values_list("pk", "number", "version", "head")
    stand = (row for row in rows.iterator(chunk_size=5000) if row[0] not in changed)
    return merge(stand, sorted(then))


def head_then(case: Case, place: Place, known: Known) -> Iterator[Head]:
    everything = CaseEvent.objects.filter(case=case).order_by("sequence")
    events = list(takewhile(known.knows, everything))
    if not events:
        return
    office = organization_in(effective(events), organizations_in(events)) or case.organization
    if is_under(office.region_id, place.region):
        yield case.pk, case.number, events[-1].sequence, events[-1].hash


def digest_of_heads(found: Iterable[Head]) -> tuple[int, str]:
    """How many, and the SHA-256 over them, a line each: key:events:digest."""
    digest, number = hashlib.sha256(), 0
    for case, _, version, head in found:
        digest.update(line_of_head(case, version, head).encode())
        number += 1
    return number, digest.hexdigest()

"""The heads of the chains of events in a region, as they were known: with them an edition vouches for the record."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import takewhile
from typing import Any

from casetrack.cases.knowing import Known, cases_changed
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import effective, organization_in
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import is_under
from casetrack.organizations.models import Organization
from casetrack.organizations.moving import region_on
from casetrack.stats.closing.lines import line_of_head
from casetrack.stats.known import cases_in
from casetrack.stats.questions import Place

Head = tuple[int, str, int, str]
"""A case: its key, its number, how many events it has, and the digest of the last of them."""


def heads(place: Place, known: Known) -> Iterator[Head]:
    """Of every case there, in the order of keys."""
    changed: set[int] = set()
    then: list[Head] = []
    here, offices = cases_in(place)
    for case in cases_changed(known, KINDS, here, offices).iterator(chunk_size=500):
        changed.add(case.pk)
        then += head_then(case, place, known)
    moved = {each.pk: each for each in offices.exclude(settled_on=None).prefetch_related("former_regions")}
    rows = Case.objects.filter(here).order_by("pk")
    names = ("organization", "received_on", "pk", "number", "version", "head")
    stand = (
        head
        for office, day, *head in rows.values_list(*names).iterator(chunk_size=5000)
        if head[0] not in changed and (office not in moved or lay_in(moved[office], day, place, known))
    )
    return merge(map(head_of, stand), sorted(then))


def head_of(values: list[Any]) -> Head:
    key, number, version, head = values
    return key, number, version, head


def lay_in(office: Organization, day: date | None, place: Place, known: Known) -> bool:
    """Whether cases that came to an office on a day count in the place."""
    region = region_on(office, day, knows=known.knows_move) if day else office.region_id
    return is_under(region, place.region)


def head_then(case: Case, place: Place, known: Known) -> Iterator[Head]:
    everything = CaseEvent.objects.filter(case=case).order_by("sequence")
    events = list(takewhile(known.knows, everything))
    if not events:
        return
    standing = effective(events)
    office = organization_in(standing, organizations_in(events)) or case.organization
    day = min(standing, key=lambda pair: pair[1])[0].occurred_on if standing else None
    if lay_in(office, day, place, known):
        yield case.pk, case.number, events[-1].sequence, events[-1].hash


def digest_of_heads(found: Iterable[Head]) -> tuple[int, str]:
    """How many, and the SHA-256 over them, a line each: key:events:digest."""
    digest, number = hashlib.sha256(), 0
    for case, _, version, head in found:
        digest.update(line_of_head(case, version, head).encode())
        number += 1
    return number, digest.hexdigest()

"""Remembering how sheets with certain headings are read in a region, so that next month's file needs no telling."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from casetrack.accounts.models import User
from casetrack.cases.ledgers.mapping import MappingRefused, SheetMapping, as_json, mappings_of
from casetrack.cases.models import RememberedMapping
from casetrack.kinds.refusals import Refused

MOST = 200


class TooManyRemembered(Refused):
    """A region has so many remembered mappings that nobody knows them any more."""

    code = "too_many_mappings"


def remember(*, region_code: str, headings: str, said: SheetMapping, actor: User, now: datetime) -> RememberedMapping:
    """Keep a mapping for all sheets of the region that have these headings; another one before it is replaced."""
    known = RememberedMapping.objects.filter(region_code=region_code)
    if known.exclude(headings=headings).count() >= MOST:
        raise TooManyRemembered(f"本地区已记住{MOST}份对照，请先删去不用的")
    (mapping,) = as_json([replace(said, file="", sheet="", heading_row=0)])
    chosen = {
        "said": json.dumps(mapping, ensure_ascii=False),
        "sheet": f"{said.file[-200:]}［{said.sheet}］"[:300],
        "chosen_by": actor,
        "chosen_at": now,
    }
    return RememberedMapping.objects.update_or_create(region_code=region_code, headings=headings, defaults=chosen)[0]


def forget(remembered: RememberedMapping) -> None:
    """Read such sheets by their headings again. What was taken in says itself how it was read."""
    remembered.delete()


def remembered_in(region_code: str) -> Mapping[str, SheetMapping]:
    """The mappings of a region, by the digest of their headings; of a ledger that has changed since, none."""
    found = {}
    for each in RememberedMapping.objects.filter(region_code=region_code):
        if said := lawful(each):
            found[each.headings] = said
    return found


def lawful(remembered: RememberedMapping) -> SheetMapping | None:
    """The mapping as it can be followed now: the ledger may have lost a column, or come to need one."""
    try:
        (said,) = mappings_of(remembered.mapping)
    except MappingRefused:
        return None
    return said

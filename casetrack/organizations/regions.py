"""Regions come into being: the public ones from our file, the others with the registers that name them."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from django.db import transaction

from casetrack.organizations.divisions import ancestors_of, level_of, parent_of
from casetrack.organizations.models import Region
from casetrack.organizations.outcomes import Outcome

DIVISIONS = Path(__file__).parent / "data" / "divisions.tsv"


def ensure_region(*, code: str, name: str = "") -> tuple[Region, Outcome]:
    """A region with all above it. A region that nobody has named goes by its code."""
    outcome = ensure_regions(names={code: name})[code]
    return Region.objects.get(pk=code), outcome


@transaction.atomic
def ensure_regions(*, names: Mapping[str, str]) -> dict[str, Outcome]:
    """Many regions at once, by code. A name is given once: registers spell it in many ways afterwards."""
    codes = {*names, *(above for code in names for above in ancestors_of(code))}
    known = set(Region.objects.filter(pk__in=codes).values_list("pk", flat=True))
    # sorted: two importers take the rows in the same order and never wait for each other
    missing = sorted(codes - known)
    public = public_names() if missing else {}
    Region.objects.bulk_create(
        (_new(code, names.get(code) or public.get(code, "")) for code in missing), ignore_conflicts=True
    )
    renamed = _give_names(names)
    return {
        code: Outcome.CREATED if code not in known else Outcome.CHANGED if code in renamed else Outcome.UNCHANGED
        for code in names
    }


def _new(code: str, name: str) -> Region:
    return Region(code=code, name=name or code, named=bool(name), level=level_of(code), parent_id=parent_of(code))


def _give_names(names: Mapping[str, str]) -> set[str]:
    """Also a region that another importer made, without a name, while we were making it."""
    wanting = [code for code, name in names.items() if name]
    unnamed = Region.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=wanting, named=False)
    regions = list(unnamed)
    for region in regions:
        region.name, region.named = names[region.code], True
    Region.objects.bulk_update(regions, ["name", "named"])
    return {region.code for region in regions}


@cache
def public_names(path: Path = DIVISIONS) -> Mapping[str, str]:
    """The names of the nation, its provinces and prefectures, by code."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in _rows(lines)}


@transaction.atomic
def load_divisions(*, path: Path = DIVISIONS) -> dict[Outcome, int]:
    """The nation, its provinces and prefectures, as the file has them: here the file's name is the right one."""
    names = public_names(path)
    outcomes = ensure_regions(names=names)
    differing = [region for region in Region.objects.in_bulk(names).values() if region.name != names[region.code]]
    for region in differing:
        region.name, outcomes[region.code] = names[region.code], Outcome.CHANGED
    Region.objects.bulk_update(differing, ["name"])
    return {outcome: list(outcomes.values()).count(outcome) for outcome in Outcome}


def _rows(lines: Iterable[str]) -> Iterable[dict[str, str]]:
    return csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")

"""An edition as one signed archive: its figures, what they mean, the cases behind each, and the heads of all chains.

It holds numbers of cases and what they add, no personal data. The same edition gives the same bytes.
"""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import IO

from casetrack.cases.models import Case
from casetrack.cases.signing import public_key, signing_key
from casetrack.kinds import KINDS
from casetrack.stats.asking import place_of
from casetrack.stats.closing import checking
from casetrack.stats.closing.gathering import cases_known, places_of, published_breakdowns, shares
from casetrack.stats.closing.heads import heads
from casetrack.stats.closing.lines import canonical
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import days_of, known_by
from casetrack.stats.closing.publishing import head_of, row_as_data
from casetrack.stats.dimensions import name_of
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.snapshot import one_view

STAMP = (1980, 1, 1, 0, 0, 0)  # no clock in the file
CHUNK = 1000


def export(edition: Edition) -> bytes:
    """The archive of an edition, signed."""
    packed = io.BytesIO()
    export_to(edition, packed)
    return packed.getvalue()


def export_to(edition: Edition, out: IO[bytes]) -> None:
    """Write the archive of an edition, signed, into a file."""
    key = signing_key()
    with one_view():
        parts = parts_of(edition)
    manifest = {
        "region": edition.region_id,
        "month": f"{edition.month:%Y-%m}",
        "number": edition.number,
        "digest": edition.digest,
        "parts": {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()},
    }
    signed = canonical(manifest).encode()
    parts[checking.MANIFEST] = signed
    parts[checking.SIGNATURE] = base64.b64encode(key.sign(signed))
    parts[checking.PUBLIC_KEY] = public_key().encode()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(parts):
            packed.writestr(zipfile.ZipInfo(name, STAMP), parts[name], zipfile.ZIP_DEFLATED)


def parts_of(edition: Edition) -> dict[str, bytes]:
    place, known = place_of(region=edition.region_id, organization=None), known_by(edition)
    chains = ([case, events, head] for case, _, events, head in heads(place, known))
    return {
        checking.EDITION: canonical({"edition": head_of(edition), "digest": edition.digest}).encode(),
        checking.FIGURES: joined(sorted(canonical(row_as_data(row)) for row in edition.rows.all())),
        checking.DEFINITIONS: canonical(edition.definitions.catalogue).encode(),
        checking.CASES: joined(cases(edition)),
        checking.HEADS: joined(canonical(each) for each in chains),
    }


def joined(lines: Iterator[str] | list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def cases(edition: Edition) -> Iterator[str]:
    """Each case that counted, with where it did and what it added to which figure."""
    place, known = place_of(region=edition.region_id, organization=None), known_by(edition)
    for kind in KINDS:
        days = days_of(edition, kind)
        found = list(cases_known(kind, place, days, known, SUBJECTS[kind].indicators))
        numbers = numbers_of([case for case, _ in found])
        for case, rows in found:
            adds = [
                [subject, name_of(by), list(values), measure, number, base]
                for (subject, by, values, measure), number, base in shares(
                    kind, rows, days, published_breakdowns(kind), SUBJECTS[kind].indicators
                )
            ]
            if not adds:
                continue
            places = [[code, office, [name_of(by) for by in bys]] for (code, office), bys in places_of(rows[0], place)]
            said = {"case": case, "number": numbers[case], "restricted": rows[0].restricted}
            yield canonical({**said, "places": places, "adds": adds})


def numbers_of(keys: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found |= dict(Case.objects.filter(pk__in=chunk).values_list("pk", "number"))
    return found

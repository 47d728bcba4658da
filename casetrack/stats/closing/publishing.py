"""Figures as editions hold them: rows made, digested, and read again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casetrack.stats.closing.contents import OPEN, WHOLE
from casetrack.stats.closing.definitions import value_of, written
from casetrack.stats.closing.gathering import Name, Tallied, Where
from casetrack.stats.closing.lines import canonical
from casetrack.stats.closing.models import Edition, PublishedFigures
from casetrack.stats.closing.taking import Taken, name_of
from casetrack.stats.dimensions import name_of as name_of_breakdown
from casetrack.stats.figures import Figure
from casetrack.stats.indicators import SUBJECTS, Indicator

Entry = dict[str, Any]


def rows_of(taken: Taken) -> Iterator[PublishedFigures]:
    """A row for each place, subject and breakdown that has any figure."""
    found: dict[tuple[Where, str, tuple[str, ...]], list[Entry]] = {}
    for gathered in taken.gathered.values():
        for where, variants in gathered.items():
            shown = variants.get(OPEN, {})
            for name, tallied in variants.get(WHOLE, {}).items():
                found.setdefault((where, name[0], name[1]), []).append(entry(name, tallied, shown.get(name)))
    for subject, answer in taken.answers.items():
        for figure in answer.figures:
            if subject not in taken.gathered or figure.indicator.is_reported:
                name = name_of(figure)
                here = ((taken.place.region, None), subject, name[1])
                found.setdefault(here, []).append(without_cases(name, figure))
    for where, figure in taken.below:
        name = name_of(figure)
        found.setdefault((where, name[0], name[1]), []).append(without_cases(name, figure))
    for ((region, office), subject, breakdown), entries in sorted(found.items(), key=repr):
        yield PublishedFigures(
            region_code=region,
            organization_id=office,
            subject=subject,
            breakdown=name_of_breakdown(breakdown),
            figures=sorted(entries, key=canonical),
        )


def entry(name: Name, tallied: Tallied, shown: Tallied | None) -> Entry:
    indicator = SUBJECTS[name[0]].measures[name[3]]
    whole, to_others = said(indicator, tallied), said(indicator, shown or Tallied())
    return {"d": list(name[2]), "m": name[3], **whole, **({} if to_others == whole else {"o": to_others})}


def said(indicator: Indicator, tallied: Tallied) -> Entry:
    value = written(value_of(indicator, tallied.number, tallied.base, tallied.spread))
    base = tallied.base if indicator.is_rate else None
    return {"v": value, "n": tallied.number, "b": base, "x": tallied.digest.hexdigest()}


def without_cases(name: Name, figure: Figure) -> Entry:
    """What the registers say, or bodies reported, has no list of cases."""
    number, base = parts_of(figure)
    return {"d": list(name[2]), "m": name[3], "v": written(figure.value), "n": number, "b": base, "x": ""}


def parts_of(figure: Figure) -> tuple[int, int | None]:
    """What was counted for a figure that has no cases; a stated share has no base, and only its whole part here."""
    number = int(figure.value or 0) if figure.numerator is None else figure.numerator
    return number, figure.denominator


def for_reader(entry: Entry, *, cleared: bool) -> Entry:
    """The variant that a reader sees."""
    return entry if cleared or "o" not in entry else {**entry, **entry["o"]}


def head_of(edition: Edition) -> Mapping[str, Any]:
    """All that an edition says beside its figures."""
    return {
        "region": edition.region_id,
        "month": f"{edition.month:%Y-%m}",
        "number": edition.number,
        "reason": edition.reason,
        "unconfirmed_reason": edition.unconfirmed_reason,
        "unconfirmed": edition.unconfirmed,
        "published_at": edition.published_at.isoformat(),
        "mark": edition.mark,
        **({} if edition.value_mark is None else {"value_mark": edition.value_mark}),
        "days": edition.days,
        "definitions": edition.definitions_id,
        "cases": edition.cases,
        "heads": edition.heads,
        "previous": edition.previous,
        **(
            {"anchor": {"day": edition.anchored_on.isoformat(), "digest": edition.anchor}}
            if edition.anchored_on
            else {}
        ),
    }


def digest_of_edition(edition: Edition, rows: Iterable[PublishedFigures]) -> str:
    """SHA-256 over the head and every row, a line of JSON each, the rows in the order of their lines."""
    digest = hashlib.sha256((canonical(head_of(edition)) + "\n").encode())
    for line in sorted(canonical(row_as_data(row)) for row in rows):
        digest.update((line + "\n").encode())
    return digest.hexdigest()


def row_as_data(row: PublishedFigures) -> Mapping[str, Any]:
    return {
        "region": row.region_code,
        "organization": row.organization_id,
        "subject": row.subject,
        "breakdown": row.breakdown,
        "figures": row.figures,
    }

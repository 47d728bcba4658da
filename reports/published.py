"""Published figures, as an annual report cites them, held against the figures of the record."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

from casetrack.stats.answering import statistics
from casetrack.stats.figures import Answer
from reports.adding import parts_of, together
from reports.drafting.writing import Draft

NOT_OF_CASES = frozenset({"hotline", "proposal"})
DIMENSIONS = ("channel", "outcome", "division", "agreement", "category", "origin")
PART_OF = {
    "organization": "committee_kind",
    "legal_aid": "aid_type",
    "litigation": "division",
    "mediation": "agreement",
}

LookUp = Callable[[Mapping[str, Any], Mapping[str, Any]], Decimal | None]
"""What there is for a published figure narrowed to some values of dimensions."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure beside the computed one; `agrees` is None where the record has nothing to say."""

    name: str
    quote: str
    published: str
    computed: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Publication:
    """What a report published: the region, the period, the cut-off day and the figures."""

    region: str
    name: str
    first: date
    last: date
    as_of: date
    figures: tuple[Mapping[str, Any], ...]


def read(path: Path) -> Publication:
    """Read a file of published figures."""
    held = json.loads(path.read_text(encoding="utf-8"))
    period = held["period"]
    return Publication(
        region=held["region"]["code"],
        name=held["region"]["name"],
        first=date.fromisoformat(period["from"]),
        last=date.fromisoformat(period["to"]),
        as_of=date.fromisoformat(period["as_of"]),
        figures=tuple(held["figures"]),
    )


def compare(publication: Publication) -> list[Comparison]:
    """Every published figure, and every part of one, beside what the record gives for it."""
    answer = statistics(
        region=publication.region,
        first=publication.first,
        last=publication.last,
        as_of=publication.as_of,
        by=[(name,) for name in (*DIMENSIONS, "committee_kind", "aid_type")],
    )
    return [line for figure in publication.figures for line in lines_of(figure, partial(looked_up, answer))]


def cite(publication: Publication, draft: Draft) -> list[Comparison]:
    """Every published figure, and every part of one, beside what a draft cites for it."""

    def found(figure: Mapping[str, Any], wanted: Mapping[str, Any]) -> Decimal | None:
        where = {(name, (value,) if isinstance(value, str) else tuple(value)) for name, value in wanted.items()}
        same = [each for each in draft.cited if (each.reference.subject, each.reference.measure) == named(figure)]
        fitting = [each for each in same if where <= set(each.reference.where)]  # a draft may say it more precisely
        best = min(fitting, key=lambda each: len(each.reference.where), default=None)
        return None if best is None or best.value is None else Decimal(best.value)

    return [line for figure in publication.figures for line in lines_of(figure, found)]


def lines_of(figure: Mapping[str, Any], look_up: LookUp) -> Iterator[Comparison]:
    wanted = {name: figure[name] for name in DIMENSIONS if name in figure}
    yield compared(figure, figure["id"], figure["value"], look_up(figure, wanted))
    part = PART_OF.get(figure["subject"], "")
    for value, published in figure.get("parts", {}).items():
        found = look_up(figure, {**wanted, part: value})
        yield compared(figure, f"{figure['id']}（{value}）", published, found)


def named(figure: Mapping[str, Any]) -> tuple[str, str]:
    return figure["subject"], figure["measure"]


def looked_up(answer: Answer, figure: Mapping[str, Any], wanted: Mapping[str, Any]) -> Decimal | None:
    """The figure of these dimensions; of several values of one dimension, their sum or their common rate."""
    several = next((name for name, value in wanted.items() if isinstance(value, list)), None)
    values = wanted[several] if several else [None]
    found = [
        answer.find(figure["subject"], figure["measure"], **(wanted if several is None else {**wanted, several: value}))
        for value in values
    ]
    held = [item for item in found if item is not None and item.value is not None]
    if not held:
        return None
    value, numerator, denominator = together(held[0].indicator, [parts_of(item) for item in held])
    if len(held) > 1 and denominator:
        return Decimal(100 * (numerator or 0)) / denominator  # whole, since it is rounded as it was published
    return None if value is None else Decimal(value)


def compared(figure: Mapping[str, Any], name: str, published: float, computed: Decimal | None) -> Comparison:
    unit = figure["unit"]
    words = f"{published}{'余' if figure.get('approx') else ''}{unit}"
    if computed is None:
        unheld = figure["subject"] in NOT_OF_CASES or bool(figure.get("optional"))
        return Comparison(name, figure.get("quote", ""), words, "—", None if unheld else False)
    places = figure.get("decimals", 0 if isinstance(published, int) else 1)
    rounded = computed.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    agrees = rounded == Decimal(str(published))
    if figure.get("approx"):
        agrees = Decimal(published) <= computed < Decimal(published) + step_of(int(published))
    return Comparison(name, figure.get("quote", ""), words, f"{computed.normalize():f}{unit}", agrees)


def step_of(number: int) -> int:
    """How far a rounded-down number reaches: 530余 stays below 540, 1520余 below 1530."""
    zeros = len(str(number)) - len(str(number).rstrip("0"))
    return max(int(10**zeros), 10)

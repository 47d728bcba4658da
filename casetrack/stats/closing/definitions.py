"""The catalogue of indicators as data, and its digest: what a published figure meant, and how its value follows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from casetrack.stats.closing.lines import digest_of
from casetrack.stats.closing.models import Definitions
from casetrack.stats.figures import CENTS_IN_TEN_THOUSAND_YUAN, nearest_rank, per_cent, quotient
from casetrack.stats.indicators import INDICATORS, Form, Indicator, Term
from casetrack.stats.indicators.base import RANKS
from casetrack.stats.questions import is_lessened


def catalogue() -> list[dict[str, Any]]:
    return [entry(indicator) for indicator in sorted(INDICATORS, key=lambda each: (each.subject, each.measure))]


def entry(indicator: Indicator) -> dict[str, Any]:
    return {
        "subject": indicator.subject,
        "measure": indicator.measure,
        "label": indicator.label,
        "unit": indicator.unit,
        "definition": indicator.definition,
        "form": indicator.form.value,
        "decimals": indicator.decimals,
        "version": indicator.version,
        "terms": [term_as_data(term) for term in indicator.terms],
        "base": [term_as_data(term) for term in indicator.base],
    }


def term_as_data(term: Term) -> dict[str, Any]:
    where = {name: list(values) for name, values in term.where}
    over = {"out": term.out} if is_lessened(term) else {}
    return {"name": term.name, "window": term.window.value, "counted": term.counted.value, "where": where, **over}


def current_definitions() -> Definitions:
    """The row of the definitions as they now are, kept once however many editions use it."""
    said = catalogue()
    return Definitions.objects.get_or_create(digest=digest_of(said), defaults={"catalogue": said})[0]


def value_of(indicator: Indicator, number: int, base: int, spread: Mapping[int, int]) -> int | Decimal | None:
    """A figure from what was counted for it."""
    if indicator.form is Form.AMOUNT:
        return Decimal(number) / CENTS_IN_TEN_THOUSAND_YUAN
    if not indicator.is_rate:
        return number
    if indicator.is_ranked:
        return nearest_rank(spread, RANKS[indicator.form])
    if indicator.form is Form.MEAN:
        return quotient(number, base)
    return per_cent(number - base if indicator.form is Form.CHANGE else number, base)


def written(value: int | Decimal | None) -> str | None:
    """A value as archives and digests hold it: exactly, and always alike."""
    return None if value is None else format(Decimal(value).normalize(), "f")

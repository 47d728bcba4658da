"""The catalogue of indicators as data, and its digest: what a published figure meant, and how its value follows."""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from casetrack.stats.closing.models import Definitions
from casetrack.stats.figures import CENTS_IN_TEN_THOUSAND_YUAN, per_cent
from casetrack.stats.indicators import INDICATORS, Form, Indicator, Term


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
    return {"name": term.name, "window": term.window.value, "counted": term.counted.value, "where": where}


def canonical(said: object) -> str:
    """The one way to write what is digested."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(said: object) -> str:
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def current_definitions() -> Definitions:
    """The row of the definitions as they now are, kept once however many editions use it."""
    said = catalogue()
    return Definitions.objects.get_or_create(digest=digest_of(said), defaults={"catalogue": said})[0]


def value_of(form: str, number: int, base: int | None) -> int | Decimal | None:
    """A figure from what was counted for it."""
    if form == Form.AMOUNT:
        return Decimal(number) / CENTS_IN_TEN_THOUSAND_YUAN
    if base is None:
        return number
    return per_cent(number - base if form == Form.CHANGE else number, base)


def written(value: int | Decimal | None) -> str | None:
    """A value as archives and digests hold it: exactly, and always alike."""
    return None if value is None else format(Decimal(value).normalize(), "f")


def by_name(definitions: Iterable[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["subject"], row["measure"]): row for row in definitions}

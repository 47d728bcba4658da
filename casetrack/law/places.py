"""Where the law differs: the places that have rules or rest days of their own."""

from casetrack.law import local
from casetrack.law.statutes import RULES


def prefixes_of_places() -> list[str]:
    """The prefixes of division codes with law of their own, the longest first."""
    prefixes = {notice.prefix for notice in local.NOTICES} | {*local.AREAS}
    prefixes |= {rule.jurisdiction for rule in RULES.values()} - {""}
    return sorted(prefixes, key=len, reverse=True)


def same_law(one: str, other: str) -> bool:
    """Whether all that the law says in one division it says in the other."""
    return all(one.startswith(prefix) == other.startswith(prefix) for prefix in prefixes_of_places())

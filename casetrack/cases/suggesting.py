"""Cases that may be the same matter as one that is being entered: the same person in it, or much the same account.

It is about matters. How often somebody came is not counted, and nothing is noted of whoever is asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F

from casetrack.cases.models import Case
from casetrack.cases.searching import without_numbers
from casetrack.lib.grams import plain
from casetrack.organizations.scope import Scope

MOST = 10
LOOKED_AT = 500
"""So many of the newest cases of the kind are compared by their account: a matter that comes again comes soon."""
ALIKE = 0.5
"""Of the pairs of characters of the shorter account, the share that the other has too."""
FEWEST_PAIRS = 4


class Why(StrEnum):
    """Why a case is suggested."""

    SAME_PARTY = "same_party"
    SIMILAR_TEXT = "similar_text"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case and what it has in common with what was entered."""

    case: int
    why: tuple[Why, ...]


def suggestions(
    *, scope: Scope, kind: str, text: str = "", parties: Sequence[str] = (), handling: bool
) -> list[Suggested]:
    """The newest first, those with the same person before those that only read alike; at most ten.

    `parties` are telephone and identity numbers. Both are compared for those who handle cases (`handling`) alone: what
    isn't shown to others, they don't find out by asking.
    """
    found: dict[int, list[Why]] = {}
    for case in with_parties(scope, kind, parties) if handling else ():
        found.setdefault(case, []).append(Why.SAME_PARTY)
    for case in reading_alike(scope, kind, text) if handling else ():
        found.setdefault(case, []).append(Why.SIMILAR_TEXT)
    ordered = sorted(found.items(), key=lambda item: (Why.SAME_PARTY not in item[1], -item[0]))
    return [Suggested(case, tuple(why)) for case, why in ordered[:MOST]]


def with_parties(scope: Scope, kind: str, parties: Sequence[str]) -> list[int]:
    if not parties:
        return []
    cases = Case.objects.in_scope(scope).filter(kind=kind).with_party(*parties)
    # in an order that no index has: found by the person first, however many other cases there are
    return list(cases.order_by((F("pk") + 0).desc()).values_list("pk", flat=True)[:MOST])


def reading_alike(scope: Scope, kind: str, text: str) -> list[int]:
    asked = pairs_of(without_numbers(plain(text)))
    if len(asked) < FEWEST_PAIRS:
        return []
    newest = Case.objects.in_scope(scope).filter(kind=kind).order_by("-pk").values("pk", "search_text")[:LOOKED_AT]
    return [row["pk"] for row in newest if alike(asked, account_in(row["search_text"]))][:MOST]


def account_in(search_text: str) -> frozenset[str]:
    """The pairs of what people told, below the lines of names, number and subject."""
    return frozenset().union(*map(pairs_of, search_text.split("\n")[3:]))


def pairs_of(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= FEWEST_PAIRS and len(one & other) >= ALIKE * shorter

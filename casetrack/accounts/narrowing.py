"""To what a token narrows the user it acts for: a place, some kinds of case, or both. It widens nothing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a token leaves of its user's scope: a range of region codes or some organizations, and some kinds.

    None, and no kinds, leave all. The organizations are given with the regions they lie in.
    """

    token_id: int
    codes: tuple[str, str] | None = None
    organizations: Mapping[int, str] | None = None
    kinds: frozenset[str] = frozenset()

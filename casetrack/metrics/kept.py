"""Answers that are kept for a while: what costs a reading of many rows is not asked at each reading of the metrics."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")
_kept: dict[tuple[Hashable, ...], tuple[float, Any]] = {}


def kept(seconds: float, ask: Callable[..., T], *about: Hashable) -> T:
    """What `ask` says about that, or said not longer ago; of one question no more is kept than the latest answer."""
    found = _kept.get((ask, *about))
    if found is None or monotonic() - found[0] > seconds:
        answer = ask(*about)
        for key in [key for key in _kept if key[0] == ask]:
            _kept.pop(key, None)
        found = _kept[(ask, *about)] = (monotonic(), answer)
    said: T = found[1]
    return said


def forget() -> None:
    _kept.clear()

"""What was measured: how long each class of requests took, and what went wrong."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

ALL = "合计"


@dataclass(slots=True)
class Measured:
    """Filled by many threads."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    again: int = 0  # requests that a closed connection made be sent once more
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, seconds: float, error: str = "", *, again: int = 0) -> None:
        with self.lock:
            self.again += again
            self.taken.setdefault(name, []).append(seconds)
            if error:
                self.errors[f"{name}：{error}"] += 1

    def requests(self) -> int:
        return sum(map(len, self.taken.values()))

    def rows(self) -> list[dict[str, Any]]:
        """All together first, then each class, the slowest first by its 95th percentile."""
        everything = [each for times in self.taken.values() for each in times]
        classes = sorted((row_of(name, times) for name, times in self.taken.items()), key=by_p95, reverse=True)
        return [row_of(ALL, everything), *classes] if everything else []


def by_p95(row: Mapping[str, Any]) -> float:
    return float(row["p95"])


def row_of(name: str, times: Sequence[float]) -> dict[str, Any]:
    """In milliseconds."""
    ordered = sorted(times)
    shares = {f"p{share}": round(percentile(ordered, share) * 1000) for share in (50, 95, 99)}
    return {"class": name, "requests": len(ordered), **shares, "longest": round(ordered[-1] * 1000)}


def percentile(ordered: Sequence[float], share: int) -> float:
    """The least of them that so many in a hundred do not exceed."""
    return ordered[max(ceil(len(ordered) * share / 100) - 1, 0)]

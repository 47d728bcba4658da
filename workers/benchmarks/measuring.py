"""Measuring in pairs, so that a machine whose speed drifts says the same of both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Result:
    """A ratio, the budget it is held to, and what was measured. Budgets are least or most as the benchmark says."""

    ratio: float
    budget: float
    ok: bool
    detail: str

    def as_json(self) -> dict[str, object]:
        return {"ratio": round(self.ratio, 3), "budget": self.budget, "ok": self.ok, "detail": self.detail}


def at_least(ratio: float, budget: float, detail: str, *, holds: bool = True) -> Result:
    return Result(ratio, budget, holds and ratio >= budget, detail)


def at_most(ratio: float, budget: float, detail: str, *, holds: bool = True) -> Result:
    return Result(ratio, budget, holds and ratio <= budget, detail)


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def pairs(first: Callable[[], object], second: Callable[[], object], *, times: int) -> tuple[float, float, float]:
    """The median seconds of each, taken in turn, and the median of the ratios second / first pair by pair."""
    taken = [(seconds(first), seconds(second)) for _ in range(times)]
    return (
        median(one for one, _ in taken),
        median(two for _, two in taken),
        median(two / one for one, two in taken),
    )

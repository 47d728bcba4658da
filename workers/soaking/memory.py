"""How much memory processes hold while they work, and whether it stays the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

WARM_UP = 0.2
"""The part of a process' life in which it still loads what it will use."""
FEWEST = 15
MOST_GROWTH, SLACK = 1.10, 4.0
"""The last third of a life holds at most a tenth more than the first, or so many MB."""


@dataclass(frozen=True, slots=True)
class Held:
    """Of one process: MB at the median of the first third of its life, of the last, and at most."""

    first: float
    last: float
    most: float

    @property
    def is_flat(self) -> bool:
        return self.last <= max(self.first * MOST_GROWTH, self.first + SLACK)


@dataclass(slots=True)
class Memory:
    """Samples by name."""

    samples: dict[str, list[float]] = field(default_factory=dict)

    def sample(self, pids: Mapping[str, int]) -> None:
        for name, pid in pids.items():
            if held := megabytes(pid):
                self.samples.setdefault(name, []).append(held)

    def held(self) -> dict[str, Held]:
        return {name: held_in(found) for name, found in self.samples.items() if len(found) >= FEWEST}


def held_in(samples: Sequence[float]) -> Held:
    warm = samples[int(len(samples) * WARM_UP) :]
    third = max(len(warm) // 3, 1)
    return Held(median(warm[:third]), median(warm[-third:]), max(samples))


def megabytes(pid: int) -> float | None:
    """The memory a process holds, None where there is none of that number any more."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    kilobytes = next((line.split()[1] for line in lines if line.startswith("VmRSS:")), None)
    return int(kilobytes) / 1024 if kilobytes else None

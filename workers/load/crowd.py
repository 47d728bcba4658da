"""People at their desks: a thread each, taking turns by the clock, or as fast as answers come."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from workers.load.acts import Desk


@dataclass(slots=True)
class Pace:
    """When the next request is due: `a_second` of them evenly; 0: at once."""

    a_second: float
    until: float
    due: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)
    latest: float = 0.0

    def next(self) -> bool:
        """Wait for one's turn; False when the time is over. How late the latest turn came is kept."""
        with self.lock:
            turn = self.due
            self.due += 1 / self.a_second if self.a_second else 0
        if turn >= self.until or time.monotonic() >= self.until:
            return False
        wait = turn - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        elif self.a_second:
            self.latest = max(self.latest, -wait)
        return True


def work(desks: Sequence[Desk], *, a_second: float, seconds: float, at_once: int) -> tuple[float, float]:
    """So many at once, everybody in turn: how long it took, and how late the latest turn came."""
    begun = time.monotonic()
    pace = Pace(a_second, begun + seconds)
    free = list(desks)
    lock = threading.Lock()

    def one() -> None:
        while pace.next():
            with lock:
                desk = free.pop(0)
            try:
                desk.act()
            finally:
                with lock:
                    free.append(desk)

    with ThreadPoolExecutor(at_once) as pool:
        for done in [pool.submit(one) for _ in range(at_once)]:
            done.result()
    return time.monotonic() - begun, pace.latest

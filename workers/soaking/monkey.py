"""What is done to those who work: one thing after another, chosen by a seed, each at any moment."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from django.conf import settings

from casetrack.embedded import postgres_server, processes, redis_server
from workers.soaking.crowd import SCHEDULE, SPARED, WEB, Crowd

PAUSE = (0.3, 3.0)  # seconds between two acts
REBUILDING = (1.0, 10.0)  # seconds, most of them for a command to begin
AWAY = (0.0, 4.0)  # seconds for which a server is gone


@dataclass(slots=True)
class Monkey:
    """Kills and restarts. The seed decides what and in which order; when exactly, the machine does."""

    crowd: Crowd
    chance: Random
    done: Counter[str] = field(default_factory=Counter)

    def acts(self) -> dict[Callable[[], str], int]:
        return {
            self.kill_settler: 6,
            self.kill_client: 5,
            self.kill_worker: 3,
            self.kill_job: 4,
            self.kill_web_worker: 3,
            self.kill_web: 1,
            self.kill_schedule: 1,
            self.rebuild: 2,
            self.restart_redis: 2,
            self.restart_postgres: 2,
            self.crash_postgres: 1,
        }

    def act(self) -> str:
        """Do one thing, see that everything runs again, and say what it was."""
        acts = self.acts()
        said = self.chance.choices(list(acts), weights=list(acts.values()))[0]()
        if said:
            self.done[said] += 1
        self.crowd.tend()
        return said

    def pause(self) -> float:
        return self.chance.uniform(*PAUSE)

    def kill_settler(self) -> str:
        return self.kill("杀死结算进程", self.crowd.named("settler"))

    def kill_client(self) -> str:
        return self.kill("杀死客户端", self.crowd.named("client"))

    def kill_worker(self) -> str:
        """The process that takes jobs; the one that does its job at hand goes on, or goes as well."""
        name = self.one_of(self.crowd.named("worker"))
        if self.chance.random() < 0.5:
            self.crowd.kill_child_of(name, self.chance.choice)
        return self.kill("杀死工作进程", [name])

    def kill_job(self) -> str:
        workers = self.crowd.named("worker")
        self.chance.shuffle(workers)
        for _ in range(40):
            if any(self.crowd.kill_child_of(name, self.chance.choice) for name in workers):
                return "杀死正在执行的任务"
            time.sleep(0.05)
        return ""

    def kill_web_worker(self) -> str:
        return "杀死网页工作进程" if self.crowd.kill_child_of(WEB, self.chance.choice) else ""

    def kill_web(self) -> str:
        return self.kill("杀死网页服务", [WEB])

    def kill_schedule(self) -> str:
        return self.kill("杀死计划任务", [SCHEDULE])

    def kill(self, said: str, names: Sequence[str]) -> str:
        self.crowd.kill(self.one_of(names))
        return said

    def one_of(self, names: Sequence[str]) -> str:
        return self.chance.choice([name for name in names if name not in SPARED])

    def rebuild(self) -> str:
        """All cells are counted anew while everyone works, to the end or not."""
        ended = self.crowd.errand("rebuild_statistics", patience=self.chance.uniform(*REBUILDING))
        return "重建统计" if ended else "重建统计时将其杀死"

    def restart_redis(self) -> str:
        place = settings.BUNDLED.place
        if gently := self.chance.random() < 0.5:
            redis_server.stop(place)
        else:
            for pid in processes.working_in(place.queues):
                processes.send(pid, signal.SIGKILL)
        self.leave_away()
        return "停止并重启Redis" if gently else "杀死并重启Redis"

    def restart_postgres(self) -> str:
        """Fast: sessions are cut off; or immediate: as if the power had failed, and the log is replayed."""
        place = settings.BUNDLED.place
        if gently := self.chance.random() < 0.5:
            postgres_server.stop(place)
        else:
            for pid in processes.working_in(place.cluster):
                processes.send(pid, signal.SIGQUIT)
        self.leave_away()
        return "重启PostgreSQL（fast）" if gently else "重启PostgreSQL（immediate）"

    def crash_postgres(self) -> str:
        """One of its processes is killed, as when memory runs out: it ends all sessions and recovers by itself."""
        found = processes.working_in(settings.BUNDLED.place.cluster)
        processes.send(self.chance.choice(found), signal.SIGKILL)
        self.leave_away()
        return "杀死PostgreSQL的一个进程"

    def leave_away(self) -> None:
        time.sleep(self.chance.uniform(*AWAY))
        settings.BUNDLED.ensure()

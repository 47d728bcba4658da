"""The trial itself: the ground, the crowd, the monkey for some minutes, the end of everyone, and the check."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connections

from casetrack.cases.jobs.running import SILENT
from casetrack.cases.models import Case, CaseEvent, Job
from casetrack.stats import rollup
from casetrack.stats.closing.models import Edition
from workers.processes import Company, listening_from
from workers.soaking import accounting, recounting
from workers.soaking.crowd import SPARED, Crowd
from workers.soaking.diary import Diary
from workers.soaking.ground import diary_of, prepare, refuse_unless_ours
from workers.soaking.memory import Memory
from workers.soaking.monkey import Monkey

FIRST_PORT = 8500
SAY_EVERY = 15.0
LAST_WORDS = 180.0  # seconds for a client to get its last answer
OTHERS = 60.0
BEGINNING, LULL = 120.0, 60.0  # seconds, at most, for everything to be at work


@dataclass(frozen=True, slots=True)
class Wish:
    """For how long, with what seed, and with how many."""

    minutes: float
    seed: str
    clients: int
    settlers: int


@dataclass(slots=True)
class Trial:
    """One run."""

    wish: Wish
    folder: Path
    now: datetime
    say: Callable[[str], None]
    stop: threading.Event
    memory: Memory = field(default_factory=Memory)
    names: list[str] = field(default_factory=list)

    def run(self) -> list[str]:
        """Everything that is not as it should be afterwards."""
        refuse_unless_ours()
        with listening_from(FIRST_PORT) as listening, (self.log()).open("wb") as output:
            api = f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1/"
            wish = self.wish
            orders = prepare(folder=self.folder, clients=wish.clients, api=api, seed=wish.seed, now=self.now)
            self.names = [each.name for each in orders]
            connections.close_all()
            with Company(cwd=settings.BASE_DIR) as company:
                crowd = Crowd(company, output, listening, uuid.uuid4().hex)
                crowd.gather(clients=self.names, settlers=wish.settlers, folder=self.folder)
                self.say(f"已就绪：{wish.clients}个客户端、{wish.settlers}个结算进程、2个工作进程；输出见 {self.log()}")
                monkey = Monkey(crowd, Random(wish.seed))
                self.wait_for_progress(crowd, BEGINNING, enough=5 * wish.clients)
                self.memory.samples.clear()
                self.disturb(monkey)
                ill = self.end(crowd)
        self.tell(monkey)
        return [*crowd.ended, *ill, *self.settled(), *self.differences()]

    def log(self) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / "output.log"

    def disturb(self, monkey: Monkey) -> None:
        began = time.monotonic()
        said, until = began, began + self.wish.minutes * 60
        while time.monotonic() < until and not self.stop.is_set():
            self.watch(monkey.crowd, monkey.pause())
            self.wait_for_progress(monkey.crowd, LULL, enough=self.wish.clients)
            if monkey.act().startswith(("杀死正在", "杀死工作")):
                take_for_dead()
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                self.say(
                    f"{said - began:4.0f}秒：客户端已获确认{self.acknowledged()}件事，已捣乱{monkey.done.total()}次"
                )

    def wait_for_progress(self, crowd: Crowd, longest: float, *, enough: int) -> None:
        """Until so much more was acknowledged: however slow the machine, something happens between two kills."""
        before, until = self.acknowledged(), time.monotonic() + longest
        while time.monotonic() < until and self.acknowledged() < before + enough and not self.stop.is_set():
            self.watch(crowd, 0.5)

    def watch(self, crowd: Crowd, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            children = crowd.company.children
            self.memory.sample({name: children[name].pid for name in SPARED if name in children})
            self.stop.wait(min(left, 1.0))

    def acknowledged(self) -> int:
        return sum(each.done for diary in self.diaries().values() for each in diary.entries.values())

    def diaries(self) -> dict[str, Diary]:
        return {f"soak-{name}": Diary(diary_of(self.folder, name)) for name in self.names}

    def end(self, crowd: Crowd) -> list[str]:
        """Clients first, so that each hears its last answer."""
        settings.BUNDLED.ensure()
        crowd.tend()
        self.say("捣乱结束，等待客户端收到最后的答复……")
        ill = crowd.end(crowd.named("client"), patience=LAST_WORDS)
        ill += crowd.end([name for name in crowd.ways if name in crowd.company.children], patience=OTHERS)
        crowd.end_the_rest(patience=OTHERS)
        return ill

    def settled(self) -> Iterator[str]:
        """Whatever is left is worked off once, as `manage.py work --burst` does."""
        take_for_dead()
        try:
            call_command("work", burst=True, stdout=StringIO(), stderr=StringIO())
        except CommandError as error:
            yield f"work --burst：{error}"
        if marks := rollup.waiting():
            yield f"尚有{marks}处变动没有结算"

    def differences(self) -> Iterator[str]:
        self.say("核对：verify、客户端的日志、由事件逐件重数……")
        said = StringIO()
        try:
            call_command("verify", stdout=said)
        except CommandError as error:
            yield from (f"verify：{line}" for line in (*said.getvalue().splitlines(), str(error)))
        yield from accounting.differences(self.diaries())
        yield from recounting.differences()
        for name, held in self.memory.held().items():
            if not held.is_flat:
                yield f"{name}的内存由{held.first:.0f}MB增至{held.last:.0f}MB"

    def tell(self, monkey: Monkey) -> None:
        done = "、".join(f"{act}{times}次" for act, times in sorted(monkey.done.items()))
        self.say(f"捣乱：{done or '无'}")
        acts = {
            "登记": "open",
            "步骤": "step",
            "更正和撤销": "change",
            "导入": "import",
            "撤销导入": "undo",
            "导出": "export",
            "月报确认": "confirm",
            "结账": "close",
        }
        diaries = self.diaries().values()
        told = "、".join(
            f"{label}{sum(1 for diary in diaries for _ in diary.done(act))}" for label, act in acts.items()
        )
        refused = sum(1 for diary in diaries for each in diary.entries.values() if each.status >= 400)
        self.say(f"客户端获确认：{told}；被拒绝{refused}")
        jobs = Job.objects.values_list("state", "attempts")
        again = sum(1 for _, attempts in jobs if attempts > 1)
        restated = Edition.objects.filter(number__gt=1).count()
        self.say(f"结账{Edition.objects.count()}版，其中重述{restated}版")
        self.say(
            f"库中：案件{Case.objects.count()}件、事件{CaseEvent.objects.count()}条、任务{len(jobs)}项（{again}项重做过）"
        )
        for name, held in self.memory.held().items():
            self.say(f"内存：{name} 前三分之一{held.first:.1f}MB，后三分之一{held.last:.1f}MB，最高{held.most:.1f}MB")


def take_for_dead() -> None:
    """As if minutes had passed since a worker was killed: whoever lives says so within a second."""
    with suppress(OperationalError, InterfaceError):
        Job.objects.filter(state=Job.State.RUNNING).update(beat_at=datetime.now().astimezone() - SILENT - timedelta(1))
    connections.close_all()

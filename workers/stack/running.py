"""Starting the processes in their order, starting those again that end, and ending all of them in turn."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from casetrack.embedded.processes import working_in
from workers.processes import Company, ended
from workers.stack.declared import SERVERS
from workers.stack.layout import Place, Process

START_TIME = 180.0  # seconds for each service to be well, on a machine that has other things to do
LIVED = 10.0  # seconds after which a process that ends did not fail to start
PAUSE, LONGEST_PAUSE = 0.1, 60.0  # seconds before an ended process is started again; doubled each time
LOOK_EVERY = 1.0  # seconds between two looks: each starts a program, which takes from those that are to start
PROXY = "proxy"


class StackFailed(Exception):
    """A service did not start, or not in time."""


@dataclass(slots=True)
class Stack:
    """The services of one layout, running."""

    place: Place
    processes: Mapping[str, Process]
    company: Company
    say: Callable[[str], None]
    stop: Event
    started_at: dict[str, float] = field(default_factory=dict)
    pauses: dict[str, float] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)

    def start_all(self) -> None:
        """Each when those it comes after are as far as it says."""
        waiting, done = list(self.processes), set(SERVERS)
        while waiting and not self.stop.is_set():
            name = next((each for each in waiting if set(self.processes[each].service.after) <= done), None)
            if name is None:
                raise StackFailed(f"docker-compose.yml 中的服务互相等待：{'、'.join(waiting)}")
            waiting.remove(name)
            done.add(name)
            self.begin(self.processes[name])
        for name in list(self.company.children):
            self.wait_until_well(self.processes[name])
        self.note()

    def begin(self, process: Process) -> None:
        service = process.service
        for other, condition in service.after.items():
            if condition == "service_healthy" and other in self.processes:
                self.wait_until_well(self.processes[other])
        if self.stop.is_set():
            return
        self.say(f"启动 {service.name} ……")
        self.launch(service.name)
        if not service.restarts:
            self.wait_until_done(service.name)

    def launch(self, name: str) -> None:
        process = self.processes[name]
        self.company.start(name, process.command, env=process.environment, inherits=False)
        self.started_at[name] = time.monotonic()

    def wait_until_done(self, name: str) -> None:
        child = self.company.children[name]
        while not ended(child, 0.1) and not self.stop.is_set():
            pass
        if self.stop.is_set():
            return
        del self.company.children[name]
        if child.returncode:
            raise StackFailed(f"{name} 失败（退出码{child.returncode}），其余服务没有启动；原因见上方输出")

    def wait_until_well(self, process: Process) -> None:
        name, until = process.service.name, time.monotonic() + START_TIME
        while not self.stop.is_set() and not self.is_well(process):
            if self.company.children[name].poll() is not None:
                raise StackFailed(f"{name} 启动后随即结束，已停止全部服务；原因见上方输出")
            if time.monotonic() > until:
                raise StackFailed(f"{name} 在{START_TIME:.0f}秒内没有就绪，已停止全部服务")
            self.stop.wait(LOOK_EVERY)

    def is_well(self, process: Process) -> bool:
        """What the service's own health check says; the proxy's asks by a program of its image."""
        if process.service.name == PROXY:
            return answers(self.place.ports["http"], "/proxy/alive")
        command, where = process.check, self.place.checkout
        try:
            done = subprocess.run(command, env=process.environment, cwd=where, capture_output=True, timeout=10)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def tend(self) -> None:
        """Start again what has ended, however it did: sooner the longer it had lived."""
        now = time.monotonic()
        for name, child in self.company.children.items():
            if child.poll() is not None and name not in self.due:
                lived = now - self.started_at[name]
                pause = PAUSE if lived > LIVED else min(2 * self.pauses.get(name, PAUSE / 2), LONGEST_PAUSE)
                self.pauses[name], self.due[name] = pause, now + pause
                self.say(f"{name} 已结束（退出码{child.returncode}），{pause:.1f}秒后重新启动")
        for name in [name for name, moment in self.due.items() if moment <= now]:
            del self.due[name]
            self.launch(name)
            self.note()

    def end(self) -> None:
        """The proxy first, so that nobody is sent to a process that is gone; who is leaving slowly is then hurried."""
        for name, child in self.company.children.items():
            if name == PROXY or self.is_web(name):
                child.terminate()
        if proxy := self.company.children.get(PROXY):
            ended(proxy, self.processes[PROXY].service.grace)
        self.company.stop()
        self.noted().unlink(missing_ok=True)

    def is_web(self, name: str) -> bool:
        return name in self.place.ports

    def noted(self) -> Path:
        return noted_in(self.place.own)

    def note(self) -> None:
        """For whoever restarts the web processes in turn, once all are there."""
        web = {
            name: {"pid": child.pid, "port": self.place.ports[name]}
            for name, child in self.company.children.items()
            if self.is_web(name)
        }
        everyone = {name: child.pid for name, child in self.company.children.items()}
        draft = self.noted().with_suffix(".new")
        draft.write_text(json.dumps({"address": self.place.address, "web": web, "pids": everyone}, indent=1))
        draft.replace(self.noted())


def noted_in(folder: Path) -> Path:
    return folder / "running.json"


def refuse_left_behind(folder: Path, *, checkout: Path) -> None:
    """What one that was killed has left running answers for the same data; to be asked by who holds the lock."""
    noted = noted_in(folder)
    pids: dict[str, int] = json.loads(noted.read_text())["pids"] if noted.exists() else {}
    ours = set(working_in(checkout))  # the numbers may be others' by now
    if left := {name: pid for name, pid in pids.items() if pid in ours}:
        named = "、".join(f"{name}（{pid}）" for name, pid in left.items())
        numbers = " ".join(str(pid) for pid in left.values())
        raise StackFailed(f"上次的 make stack 被强行结束，它启动的进程还在运行：{named}；请先结束它们：kill {numbers}")


def answers(port: int, path: str) -> bool:
    """Whether what listens there answers that all is well."""
    connection = HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()

"""Restarting the web processes of a running layout one after the other, so that one of them always answers."""

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workers.stack.alone import LOCK, ROLLING, alone, is_taken
from workers.stack.running import answers, noted_in

PATIENCE = 180.0  # seconds for a process to end and for the next to answer
PROXY_LOOKS = 2.5  # seconds after which the proxy has seen that a process is back
NONE = "服务没有以 make stack 的方式运行，无从重新启动；请先运行 make stack"


class RollingFailed(Exception):
    """No layout is running, or a web process did not come back."""


@dataclass(frozen=True, slots=True)
class Web:
    """A web process, as the layout notes it."""

    pid: int
    port: int


def roll(folder: Path, *, say: Callable[[str], None]) -> None:
    if not (folder / LOCK).exists() or not is_taken(folder / LOCK):  # what one that was killed has noted says nothing
        raise RollingFailed(NONE)
    with alone(folder / ROLLING, "另一处正在逐个重新启动网页进程，再来一次会中断服务；请等它结束"):
        for name, web in noted_web(folder).items():
            say(f"重新启动 {name} ……")
            send_term(web.pid, name)
            wait_for_another(folder, name, before=web.pid)
            time.sleep(PROXY_LOOKS)
            say(f"{name} 已恢复。")


def noted_web(folder: Path) -> dict[str, Web]:
    try:
        noted: dict[str, Any] = json.loads(noted_in(folder).read_text())
    except FileNotFoundError:
        raise RollingFailed("make stack 正在启动或结束，网页进程还不齐；请等它说“服务已启动”后再试") from None
    return {name: Web(**each) for name, each in noted["web"].items()}


def send_term(pid: int, name: str) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        raise RollingFailed(
            f"{name}（进程{pid}）已不存在；make stack 可能已被强行结束，请重新运行 make stack"
        ) from None


def wait_for_another(folder: Path, name: str, *, before: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        web = noted_web(folder)[name]
        if web.pid != before and answers(web.port, "/health/open"):
            return
        time.sleep(0.2)
    raise RollingFailed(f"{name} 在{PATIENCE:.0f}秒内没有恢复，其余进程未动；原因见 make stack 的输出")

"""The bundled Redis: on its socket alone, and holding only what can be rebuilt."""

import os
import signal
import time
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from casetrack.embedded import processes
from casetrack.embedded.account import Account
from casetrack.embedded.place import Place
from casetrack.embedded.programs import Programs
from casetrack.embedded.refusals import ServersRefused

PATIENCE = 15.0
GONE = 3.0  # so long after a start without a process it has ended: somebody stopped it, and it is started again


def answers(place: Place) -> bool:
    client = Redis(
        unix_socket_path=str(place.redis_socket),
        socket_timeout=2,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        client.close()


def start(place: Place, account: Account, programs: Programs) -> None:
    """Start it, and return when it answers. The caller holds the lock."""
    stop(place)  # one that lives and doesn't answer
    log, began, launches = place.logs / "redis.log", time.monotonic(), list[float]()
    while not answers(place):
        now = time.monotonic()
        if now - began > PATIENCE:
            raise _did_not_start(log, launched=len(launches), waited=now - began)
        if not processes.working_in(place.queues) and (not launches or now - launches[-1] > GONE):
            account.run_detached([programs.redis_server, *_options(place)], log=log)
            launches.append(now)
        time.sleep(0.02)


def _did_not_start(log: Path, *, launched: int, waited: float) -> ServersRefused:
    return ServersRefused(
        f"内置 Redis 未能启动：已启动{launched}次，等候{waited:.0f}秒，仍无法连接。"
        f"请按下面的日志（{log} 的最后几行）排除原因，再运行一次。",
        f"The bundled Redis did not start ({launched} tries in {waited:.0f} s); see {log}",
        tail(log),
    )


def stop(place: Place) -> None:
    for pid in processes.working_in(place.queues):
        processes.end(place.queues, pid, gently=signal.SIGTERM, patience=5)
    place.redis_socket.unlink(missing_ok=True)


def tail(log: os.PathLike[str]) -> str:
    """The log's last words, for an error message."""
    with open(log, errors="replace") as lines:
        return "".join(lines.readlines()[-8:]).strip()


def _options(place: Place) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(place.redis_socket),
        "unixsocketperm": "700",
        "dir": str(place.queues),
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [part for name, value in options.items() for part in (f"--{name}", value)]

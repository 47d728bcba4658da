"""The bundled Redis: on its socket alone, and holding only what can be rebuilt."""

import os
import signal
import time

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
    log = place.logs / "redis.log"
    account.run_detached([programs.redis_server, *_options(place)], log=log)
    until = time.monotonic() + PATIENCE
    while not answers(place):
        if time.monotonic() > until:
            raise ServersRefused("内置 Redis 未能启动。", f"The bundled Redis did not start; see {log}", tail(log))
        time.sleep(0.02)


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

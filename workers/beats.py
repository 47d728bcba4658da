"""A word every so often from the processes that nobody asks for anything, so that one that hangs is found out.

`python -m workers.beats statistics|jobs|...|schedule` ends with 0 where a process of this machine that takes from that
queue, or keeps the schedule, was heard of of late. Django is not loaded for it: it is asked again and again.
"""

import socket
import sys
from collections.abc import Iterable

from redis import Redis
from redis.exceptions import RedisError

from casetrack.lib.env import SettingRefused, envhidden
from casetrack.lib.server_urls import redis_url

LOUD_FOR = 150  # seconds; a worker speaks at least every 60, a schedule too
SCHEDULE = "schedule"


def beat(connection: Redis, names: Iterable[str]) -> None:
    """`names` of queues, or the schedule."""
    for name in names:
        connection.set(key_of(name), 1, ex=LOUD_FOR)


def was_heard(connection: Redis, name: str) -> bool:
    return bool(connection.exists(key_of(name)))


def key_of(name: str) -> str:
    return f"casetrack:beats:{socket.gethostname()}:{name}"


def main(names: list[str]) -> str | None:
    """What is wrong, if anything is."""
    try:
        url = envhidden("REDIS_URL")
        if not names or not url:
            return "用法：REDIS_URL=… python -m workers.beats 队列名称|schedule"
        with Redis.from_url(redis_url(url), socket_timeout=2, socket_connect_timeout=2) as connection:
            silent = [name for name in names if not was_heard(connection, name)]
    except SettingRefused as refused:
        return str(refused)
    except RedisError as error:
        return f"Redis 没有应答：{error}"
    return f"{LOUD_FOR}秒内没有本机进程的消息：{'、'.join(silent)}" if silent else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

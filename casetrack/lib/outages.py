"""What stands still around the service: a database that is away, busy or full, a disk that is full.

Nobody who asked has done anything wrong; what they are told is the same in every door.
"""

import errno
import re
from typing import NamedTuple

import psycopg
from django.db import InterfaceError, InternalError, OperationalError
from psycopg.errors import DiskFull, ReadOnlySqlTransaction

SAID = re.compile(r"\(os error (\d+)\)")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # the disk, a quota, the most that a process may write


class Outage(NamedTuple):
    """What a person, or a program, is told; `patience` is in how many seconds to ask again."""

    status: int
    code: str
    title: str
    message: str
    patience: int


AWAY = Outage(503, "unavailable", "系统暂时不可用", "数据库繁忙或暂时不可用，请稍后重试；带幂等键的请求可放心重发", 5)
STORAGE = Outage(507, "storage_full", "存储空间不足", "服务器存储空间不足，没有保存；请联系管理员清理磁盘后重试", 60)


def outage_of(error: BaseException | None) -> Outage | None:
    """None for what is no outage."""
    if isinstance(error, OSError):
        return STORAGE if number_of(error) in FULL else None
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):  # of a cursor that Django closes unwrapped
        return STORAGE if isinstance(error, DiskFull) else AWAY
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return None
    cause = error.__cause__
    if isinstance(cause, DiskFull):
        return STORAGE
    if isinstance(error, InternalError):  # a database that has become the copy of another takes nothing
        return AWAY if isinstance(cause, ReadOnlySqlTransaction) else None
    return AWAY


def number_of(error: OSError) -> int | None:
    """What the system called it; a writer that is not Python's says so in its words alone."""
    said = SAID.search(str(error))
    return error.errno or (int(said[1]) if said else None)

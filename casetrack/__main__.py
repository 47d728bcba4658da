"""The way in for commands: `manage.py` in a checkout, `casetrack` where the wheel is installed.

Starts the bundled servers first, unless the command needs none. What an operator can mend is said in a sentence; with
`--traceback`, and where it is ours to mend, whole.
"""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import Error, ProgrammingError
from psycopg.errors import UndefinedColumn, UndefinedTable
from redis.exceptions import ConnectionError as QueuesAway

import casetrack
from casetrack import embedded
from casetrack.lib.env import SettingRefused
from casetrack.lib.outages import STORAGE, outage_of

NEED_NO_SERVERS = {"servers", "help", "version", "--help", "--version", "spectacular", "contract", "check"}
NEED_NO_SERVERS |= {"check_archive"}  # who checks one has nothing else
INTERRUPTED, CLOSED = 130, 141  # as shells have it of SIGINT and SIGPIPE


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetrack.settings")
    if sys.argv[1:] in (["--version"], ["version"]):
        print(casetrack.__version__)  # a name for what is installed; Django's own is in /metrics
        return
    try:
        if len(sys.argv) > 1 and sys.argv[1] not in NEED_NO_SERVERS:
            embedded.ensure()
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # whoever read what is written has had enough: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLOSED)
    except (embedded.ServersRefused, SettingRefused, QueuesAway, OSError, Error) as error:
        if "--traceback" in sys.argv or not (said := said_of(error)):
            raise
        sys.exit(said)


def said_of(error: Exception) -> str:
    """What is in the way and what to do, of what isn't for us to mend; else nothing."""
    if isinstance(error, embedded.ServersRefused | SettingRefused):
        return str(error)
    words = (str(error).splitlines() or [""])[0]
    if isinstance(error, QueuesAway):
        return f"Redis 没有应答，命令没有做完（{words}）；请看 Redis 是否在运行、REDIS_URL 是否正确，再运行一次"
    if isinstance(error, ProgrammingError):
        is_older = isinstance(error.__cause__, UndefinedTable | UndefinedColumn)
        return f"数据库尚未建立或尚未升级，请先运行 manage.py migrate（{words}）" if is_older else ""
    if not (outage := outage_of(error)):
        return ""
    if outage is STORAGE:
        return f"磁盘已满，命令没有做完（{words}）；请腾出空间，再运行一次"
    return (
        f"数据库没有应答，命令没有做完（{words}）；"
        "请看 PostgreSQL 是否在运行、DATABASE_URL 是否正确（manage.py doctor 会逐项检查），再运行一次"
    )


if __name__ == "__main__":
    main()

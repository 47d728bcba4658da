"""The way in for commands: `manage.py` in a checkout, `casetrack` where the wheel is installed.

Starts the bundled servers first, unless the command needs none.
"""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import ProgrammingError
from psycopg.errors import UndefinedColumn, UndefinedTable

import casetrack
from casetrack import embedded
from casetrack.lib.env import SettingRefused

NEED_NO_SERVERS = {"servers", "help", "version", "--help", "--version", "spectacular", "contract", "check"}
NEED_NO_SERVERS |= {"check_archive"}  # who checks one has nothing else


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetrack.settings")
    if sys.argv[1:] in (["--version"], ["version"]):
        print(casetrack.__version__)  # a name for what is installed; Django's own is in /metrics
        return
    try:
        if len(sys.argv) > 1 and sys.argv[1] not in NEED_NO_SERVERS:
            embedded.ensure()
        execute_from_command_line(sys.argv)
    except (embedded.ServersRefused, SettingRefused) as refused:
        sys.exit(str(refused))
    except ProgrammingError as broken:
        if isinstance(broken.__cause__, (UndefinedTable, UndefinedColumn)):
            sys.exit(f"数据库尚未建立或尚未升级，请先运行 manage.py migrate（{str(broken).splitlines()[0]}）")
        raise


if __name__ == "__main__":
    main()

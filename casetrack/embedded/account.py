"""The account that the bundled servers run under: our own, or one without rights when we are root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casetrack.embedded.refusals import ServersRefused

NAME = "casetrack-db"
CREATE = (
    ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"),
    ("adduser", "-S", "-D", "-H", "-h", "/nonexistent"),
)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Account:
    """Who the servers are. `switch` says whether we must become it first."""

    uid: int
    gid: int
    switch: bool

    def run(self, argv: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        return subprocess.run(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def run_detached(self, argv: Sequence[str | Path], *, log: Path) -> None:
        """Leave a program running that outlives us and holds nothing of ours, neither terminal nor output."""
        with log.open("ab") as output:
            subprocess.run(
                ["/bin/sh", "-c", '"$@" &', "sh", *(str(part) for part in argv)],  # its parent is then no longer us
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=ENVIRONMENT,
                start_new_session=True,
                umask=0o077,
                check=True,
                user=self.uid if self.switch else None,
                group=self.gid if self.switch else None,
                extra_groups=[] if self.switch else None,
            )


def current() -> Account:
    """The account for this process' servers, made when it is missing."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), switch=False)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _create()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, switch=True)


def _create() -> pwd.struct_passwd:
    said = ""
    for program, *options in CREATE:
        path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
        if path is None:
            continue
        done = subprocess.run([path, *options, NAME], capture_output=True, text=True, check=False)
        said = done.stderr.strip()
        try:
            return pwd.getpwnam(NAME)  # also where another checkout has just made it
        except KeyError:
            continue
    raise ServersRefused(
        f"PostgreSQL 不能以 root 身份运行，而系统账户 {NAME} 无法自动创建。请以普通用户运行，或先创建该账户。",
        f"PostgreSQL refuses to run as root, and the account {NAME} could not be made for it. "
        "Run as an ordinary user, or make that account first.",
        said,
    )

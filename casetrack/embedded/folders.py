"""Making the servers' folders, so that nobody else can enter them, and never touching a folder above."""

import os
import stat
from pathlib import Path

from casetrack.embedded.account import Account
from casetrack.embedded.place import Place
from casetrack.embedded.refusals import ServersRefused
from casetrack.lib.env import make_closed

LONGEST_LOG = 10 * 1024 * 1024


def prepare(place: Place, account: Account) -> None:
    """Everything that must be there before a server starts. The caller holds the lock."""
    try:
        if account.switch:
            place.home.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        private(place.home, uid=os.geteuid(), gid=account.gid, mode=0o710 if account.switch else 0o700)
        if place.run.parent != place.home:
            private(place.run, uid=account.uid, gid=account.gid)
        for folder in (place.queues, place.run):
            private(folder, uid=account.uid, gid=account.gid)
        if place.cluster.exists():
            private(place.cluster, uid=account.uid, gid=account.gid)
    except OSError as error:
        raise unusable(Path(error.filename or place.home), error.strerror or str(error)) from error


def open_data_dir(place: Place) -> None:
    """The data folder itself and the logs in it."""
    try:
        make_closed(place.logs)
        for log in place.logs.glob("*.log"):
            if log.stat().st_size > LONGEST_LOG:
                log.replace(log.with_suffix(".log.old"))
    except OSError as error:
        raise unusable(Path(error.filename or place.data_dir), error.strerror or str(error)) from error
    if not os.access(place.data_dir, os.W_OK | os.X_OK):
        raise unusable(place.data_dir, "not writable")


def private(folder: Path, *, uid: int, gid: int, mode: int = 0o700) -> None:
    """Make a folder for one owner, or refuse one that is somebody else's."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid)
        folder.chmod(mode)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise unusable(folder, "not a folder") from None
        if found.st_uid != uid:
            raise unusable(folder, f"it belongs to user {found.st_uid}, not to user {uid}") from None
        if stat.S_IMODE(found.st_mode) != mode:
            folder.chmod(mode)


def unusable(folder: Path, reason: str) -> ServersRefused:
    return ServersRefused(
        f"无法使用目录 {folder}（{reason}）。请用 CASETRACK_DATA_DIR 指定一个自己可写的目录。",
        f"{folder} can't be used: {reason}. Set CASETRACK_DATA_DIR to a folder of your own.",
    )

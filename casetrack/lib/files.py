"""Files that others read: there whole or not at all."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from casetrack.lib.os_errors import reason_of


class FileRefused(Exception):
    """A file that could not be put where it was asked for."""


def put(*, data: bytes, path: Path) -> Path:
    """Write a file whole or not at all: whoever reads it meanwhile finds the one before."""

    def save(beside: Path) -> None:
        with beside.open("xb") as file:
            file.write(data)
            settle(file)

    return whole(path, save)


def closed(path: Path, save: Callable[[BinaryIO], None]) -> Path:
    """What `save` writes, in a new file that its owner alone may read; what has the name already is left as it is."""
    if path.exists():
        raise FileRefused(f"“{path}”已经存在，没有覆盖；请换一个文件名，例如加上日期")

    def save_closed(beside: Path) -> None:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            save(file)
            settle(file)

    return whole(path, save_closed)


def settle(file: BinaryIO) -> None:
    """Have it on disk."""
    file.flush()
    os.fsync(file.fileno())


def whole(path: Path, save: Callable[[Path], None]) -> Path:
    """What `save` writes to a new file beside it, put in its place once it is whole."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            save(beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as problem:
        way_out = "请检查路径是否为可写的文件、磁盘是否已满"
        raise FileRefused(f"无法写入“{path}”：{reason_of(problem)}；{way_out}") from problem
    return path

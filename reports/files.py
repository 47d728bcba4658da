"""Where documents go: named after what they hold, and never half written."""

import os
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

from casetrack.lib.months import month_of
from casetrack.lib.os_errors import reason_of
from reports.books import annual, monthly


class FileRefused(Exception):
    """A document that could not be put where it was asked for."""


def write_month_book(*, region: str, month: date, folder: Path, today: date | None = None) -> Path:
    """The month's workbook in a folder, under its fixed name; written again, it takes the place of the one before."""
    data = monthly.write(region=region, month=month, today=today)
    return put(data=data, path=folder / f"{region}-{month_of(month):%Y-%m}.xlsx")


def write_year_book(*, region: str, year: int, folder: Path, today: date | None = None) -> Path:
    """The year's workbook in a folder, under its fixed name."""
    return put(data=annual.write(region=region, year=year, today=today), path=folder / f"{region}-{year}.xlsx")


def put(*, data: bytes, path: Path) -> Path:
    """Write a file whole or not at all: whoever reads it meanwhile finds the one before."""

    def save(beside: Path) -> None:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    return whole(path, save)


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

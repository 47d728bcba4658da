"""Where books go, and that a file is there whole or not at all."""

import errno
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from casetrack.lib.files import FileRefused, closed, put
from reports.files import write_month_book, write_year_book
from tests.reports.world import QINAN, rows


def test_a_months_book_goes_under_its_fixed_name(spring: object, tmp_path: Path) -> None:
    path = write_month_book(region=QINAN, month=date(2024, 3, 1), folder=tmp_path / "books")

    assert path == tmp_path / "books" / "620522000000-2024-03.xlsx"
    assert rows(path.read_bytes(), "汇总")[0] == ["秦安县2024年3月矛盾纠纷化解和法律服务统计汇总表"]


def test_a_years_book_goes_under_its_fixed_name(spring: object, tmp_path: Path) -> None:
    assert write_year_book(region=QINAN, year=2024, folder=tmp_path) == tmp_path / "620522000000-2024.xlsx"


def test_written_again_it_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    put(data=b"old", path=tmp_path / "book.xlsx")

    put(data=b"new", path=tmp_path / "book.xlsx")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_a_folder_in_its_place_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").mkdir()

    with pytest.raises(FileRefused, match="无法写入.*book.xlsx"):
        put(data=b"new", path=tmp_path / "book.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(FileRefused, match="无法写入"):
        put(data=b"new", path=tmp_path / "file" / "book.xlsx")


def test_a_closed_file_is_for_its_owner_and_takes_no_others_place(tmp_path: Path) -> None:
    path = closed(tmp_path / "list", lambda file: file.writelines([b"one\n", b"two\n"]))

    with pytest.raises(FileRefused, match="已经存在，没有覆盖"):
        closed(path, lambda file: file.writelines([b"three\n"]))

    assert (path.read_bytes(), path.stat().st_mode & 0o077) == (b"one\ntwo\n", 0)


def test_a_closed_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FileRefused, match="磁盘已满"):
        closed(tmp_path / "list", broken)

    assert list(tmp_path.iterdir()) == []

"""The bundled servers' folders: refused where they can't be used, found again when they have moved."""

import os
import shutil
from pathlib import Path

import pytest

from casetrack.embedded import ServersRefused, belonging, folders
from casetrack.embedded.place import Place, place_of
from tests.test_embedded import servers_of

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers lie outside the data folder")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A data folder of root's, with its servers elsewhere."""
    return made(tmp_path / "var", tmp_path / "lib")


def made(data_dir: Path, lib: Path) -> Place:
    place = place_of(data_dir, system_folder=lib, uid=0)
    place.data_dir.mkdir(exist_ok=True)
    belonging.settle(place, stop=stopped.append)
    place.home.mkdir(parents=True, exist_ok=True)
    belonging.sign(place)
    return place


stopped: list[Place] = []


def test_a_data_folder_that_is_a_file_is_refused_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")

    with pytest.raises(ServersRefused, match="CASETRACK_DATA_DIR") as refused:
        servers_of(tmp_path / "var").ensure()

    assert "无法使用目录" in str(refused.value)
    assert "can't be used" in str(refused.value)


@root_only
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    os.chown(folder, 12345, 12345)

    with pytest.raises(ServersRefused, match="belongs to user 12345"):
        folders.private(folder, uid=0, gid=0)


def test_a_link_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").symlink_to(tmp_path)

    with pytest.raises(ServersRefused, match="not a folder"):
        folders.private(tmp_path / "run", uid=os.geteuid(), gid=os.getegid())


def test_a_folder_that_was_left_open_is_closed(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o755)

    folders.private(tmp_path / "run", uid=os.geteuid(), gid=os.getegid())

    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_was_thrown_away_begins_anew_and_the_old_servers_are_kept_aside(place: Place) -> None:
    (place.home / "precious").write_text("")
    shutil.rmtree(place.data_dir)

    anew = made(place.data_dir, place.home.parent)

    assert not (anew.home / "precious").exists()
    assert (anew.home.with_name(f"{anew.home.name}.old") / "precious").exists()


def test_a_data_folder_that_was_moved_keeps_its_servers(place: Place, tmp_path: Path) -> None:
    (place.home / "precious").write_text("")
    place.data_dir.rename(tmp_path / "moved")

    moved = made(tmp_path / "moved", place.home.parent)

    assert (moved.home / "precious").exists()
    assert not place.home.exists()


def test_a_copy_of_a_data_folder_gets_servers_of_its_own(place: Place, tmp_path: Path) -> None:
    (place.home / "precious").write_text("")
    shutil.copytree(place.data_dir, tmp_path / "copy")

    copy = made(tmp_path / "copy", place.home.parent)

    assert not (copy.home / "precious").exists()
    assert (place.home / "precious").exists()
    assert not belonging.outlived(place)

"""Sealed files: the same bytes come out, and nothing that was changed, cut or moved opens."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.lib import sealed_files
from casetrack.lib.crypto import SealBroken
from casetrack.lib.sealed_files import PIECE, SealedWriter, unsealed

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def seal(path: Path, *pieces: bytes, key: bytes = KEY) -> Path:
    writer = SealedWriter(path, keys=[key])
    for piece in pieces:
        writer.write(piece)
    writer.finish()
    return path


@given(pieces=st.lists(st.binary(max_size=50), max_size=8))
def test_what_was_written_is_read(pieces: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = seal(Path(folder) / "sealed", *pieces)

        assert b"".join(unsealed(path, keys=[OTHER, KEY])) == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5])
def test_files_of_any_length_come_back_in_pieces_of_one_size(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))

    read = list(unsealed(seal(tmp_path / "sealed", content), keys=[KEY]))

    assert b"".join(read) == content
    assert all(len(piece) == PIECE for piece in read[:-1])


def test_the_file_shows_nothing_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = seal(tmp_path / "sealed", "张三 13812341234".encode() * 10)

    assert b"13812341234" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_files_of_one_content_differ(tmp_path: Path) -> None:
    one, two = seal(tmp_path / "one", b"same"), seal(tmp_path / "two", b"same")

    assert one.read_bytes() != two.read_bytes()


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = seal(tmp_path / "sealed", b"content")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    with pytest.raises(SealBroken, match="已被改动"):
        list(unsealed(path, keys=[KEY]))


def test_a_file_without_its_end_is_noticed(tmp_path: Path) -> None:
    path = seal(tmp_path / "sealed", bytes(2 * PIECE))
    whole = path.read_bytes()
    path.write_bytes(whole[: -(PIECE + sealed_files.TAG_BYTES)])

    with pytest.raises(SealBroken):
        list(unsealed(path, keys=[KEY]))


def test_pieces_that_changed_places_are_noticed(tmp_path: Path) -> None:
    path = seal(tmp_path / "sealed", bytes(PIECE) + bytes([1]) * PIECE + b"end")
    whole, piece = path.read_bytes(), PIECE + sealed_files.TAG_BYTES
    head = len(whole) - 2 * piece - 3 - sealed_files.TAG_BYTES
    one, two, rest = whole[head : head + piece], whole[head + piece : head + 2 * piece], whole[head + 2 * piece :]
    path.write_bytes(whole[:head] + two + one + rest)

    with pytest.raises(SealBroken):
        list(unsealed(path, keys=[KEY]))


def test_without_its_key_a_file_does_not_open(tmp_path: Path) -> None:
    path = seal(tmp_path / "sealed", b"content")

    with pytest.raises(SealBroken, match="旧密钥"):
        list(unsealed(path, keys=[OTHER]))


def test_what_is_no_sealed_file_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.write_bytes(b"PK\x03\x04 not sealed at all")

    with pytest.raises(SealBroken, match="格式"):
        list(unsealed(path, keys=[KEY]))


def test_a_file_that_was_not_completed_does_not_open(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path / "half", keys=[KEY])
    writer.write(bytes(PIECE + 1))
    writer.abandon()

    with pytest.raises(SealBroken):
        list(unsealed(tmp_path / "half", keys=[KEY]))

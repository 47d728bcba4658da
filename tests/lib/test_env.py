"""The environment: what can't be used stops the start, and the message names the variable."""

import base64
import shlex
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casetrack.lib.env import (
    SettingRefused,
    envbool,
    envhidden,
    envint,
    envlist,
    envread,
    envsecret,
    field_keys,
    kept_secret,
)

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(("value", "meant"), [("true", True), ("ON", True), ("0", False), ("no", False), (" ", True)])
def test_yes_and_no_can_be_written_in_several_ways(value: str, meant: bool) -> None:
    assert envbool("X", True, env={"X": value}) is meant


def test_a_word_that_is_neither_yes_nor_no_is_refused_by_name() -> None:
    with pytest.raises(SettingRefused, match="CASETRACK_DEBUG='maybe'"):
        envbool("CASETRACK_DEBUG", False, env={"CASETRACK_DEBUG": "maybe"})


@pytest.mark.parametrize(("value", "reason"), [("many", "not a whole number"), ("0", "at least 1")])
def test_a_number_that_can_not_be_used_is_refused_by_name(value: str, reason: str) -> None:
    with pytest.raises(SettingRefused, match=f"POOL=.*{reason}"):
        envint("POOL", 8, least=1, env={"POOL": value})


def test_what_can_not_be_read_is_refused_by_name_with_the_reason() -> None:
    with pytest.raises(SettingRefused, match="SCANNER can't be used: No closing quotation"):
        envread("SCANNER", "", shlex.split, env={"SCANNER": 'clam "x'})

    assert envread("SCANNER", "", shlex.split, env={"SCANNER": 'clam "x y"'}) == ["clam", "x y"]


def test_a_list_is_what_stands_between_commas() -> None:
    assert envlist("HOSTS", env={"HOSTS": "a.example, b.example,"}) == ["a.example", "b.example"]


def test_a_secret_with_no_place_to_keep_it_is_required() -> None:
    with pytest.raises(SettingRefused, match="CASETRACK_FIELD_KEY is not set"):
        envsecret("CASETRACK_FIELD_KEY", keep_in=None, env={})


def test_a_secret_of_the_environment_comes_before_the_kept_one(tmp_path: Path) -> None:
    assert envsecret("KEY", keep_in=tmp_path / "key", env={"KEY": "mine"}) == "mine"
    assert not (tmp_path / "key").exists()


def test_a_secret_can_be_given_by_a_file(tmp_path: Path) -> None:
    place = tmp_path / "key"
    place.write_text("  mine\r\n")

    given = {"KEY_FILE": str(place)}

    assert envhidden("KEY", env=given) == envsecret("KEY", keep_in=None, env=given) == "mine"
    assert envhidden("KEY", env={"KEY_FILE": " ", "KEY": ""}) == ""


def test_a_secret_given_twice_is_refused_since_one_of_them_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SettingRefused, match="KEY 和 KEY_FILE 都已设置"):
        envhidden("KEY", env={"KEY": "one", "KEY_FILE": str(tmp_path / "other")})


@pytest.mark.parametrize(
    ("held", "reason"), [(b" \n", "是空的"), (b"\xff\xfe", "读不出来（not text）"), (None, "读不出来（No such")]
)
def test_a_file_that_holds_no_secret_is_refused_by_name(tmp_path: Path, held: bytes | None, reason: str) -> None:
    place = tmp_path / "key"
    if held is not None:
        place.write_bytes(held)

    with pytest.raises(SettingRefused) as refused:
        envhidden("KEY", env={"KEY_FILE": str(place)})

    assert "KEY_FILE" in str(refused.value)
    assert reason in str(refused.value)


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "var" / "secrets" / "key"

    first, second = (envsecret("KEY", keep_in=place, make="key", env={}) for _ in range(2))

    assert first == second
    assert len(field_keys(first)[0]) == 32
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (place.parent, place.parent.parent)] == [0o700, 0o700]


def test_processes_that_start_at_once_keep_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = set(pool.map(lambda number: kept_secret(tmp_path / "key", f"secret {number}"), range(32)))

    assert len(kept) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_secret_that_can_not_be_kept_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingRefused, match="CASETRACK_DATA_DIR"):
        kept_secret(tmp_path / "file" / "key", "secret")


def test_several_keys_are_read_in_their_order_in_either_alphabet() -> None:
    new, old = bytes(range(224, 256)), bytes(32)
    text = f"{base64.urlsafe_b64encode(new).decode()},{base64.b64encode(old).decode()}"

    assert field_keys(text) == [new, old]


@pytest.mark.parametrize("text", ["", "tooshort", "###", KEY[:-4], f"{KEY},"])
def test_a_key_of_another_length_or_alphabet_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingRefused, match="CASETRACK_FIELD_KEY"):
        field_keys(text)

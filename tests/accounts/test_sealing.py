"""Sealed values: opened by their key and no other, and never readable from their index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.lib.crypto import SealBroken, blind_index, seal, unseal

OLD, NEW = bytes(32), bytes(range(32))


@given(text=st.text())
def test_a_sealed_text_opens_again(text: str) -> None:
    assert unseal(seal(text, keys=[NEW]), keys=[NEW]) == text


def test_sealing_twice_shows_nothing_in_common_but_the_key() -> None:
    first, second = (seal("13800138000", keys=[NEW]) for _ in range(2))

    assert first[:5] == second[:5]
    assert first[5:] != second[5:]


def test_what_an_old_key_sealed_opens_while_the_old_key_is_listed() -> None:
    sealed = seal("13800138000", keys=[OLD])

    assert unseal(sealed, keys=[NEW, OLD]) == "13800138000"
    with pytest.raises(SealBroken, match="补上旧密钥"):
        unseal(sealed, keys=[NEW])


@pytest.mark.parametrize("position", [0, 5, 20, -1])
def test_a_changed_byte_breaks_the_seal(position: int) -> None:
    sealed = bytearray(seal("13800138000", keys=[NEW]))
    sealed[position] ^= 1

    with pytest.raises(SealBroken):
        unseal(bytes(sealed), keys=[NEW])


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 字节"):
        seal("13800138000", keys=[b"short"])


def test_equal_texts_meet_under_one_key_only() -> None:
    assert blind_index("13800138000", key=NEW) == blind_index("13800138000", key=NEW)
    assert blind_index("13800138000", key=NEW) != blind_index("13800138001", key=NEW)
    assert blind_index("13800138000", key=NEW) != blind_index("13800138000", key=OLD)

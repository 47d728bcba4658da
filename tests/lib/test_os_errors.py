"""What stands in the way of a file is said in words that its reader knows."""

import socket
import ssl
from pathlib import Path

import pytest

from casetrack.lib.os_errors import reason_of


@pytest.mark.parametrize(
    ("path", "system", "words"),
    [
        ("nowhere/file", "No such file", "没有这个文件或文件夹"),
        (".", "Is a directory", "这是文件夹，不是文件"),
        ("a" * 300, "File name too long", "文件名太长"),
    ],
)
def test_why_a_file_is_not_opened_is_said_in_chinese(tmp_path: Path, path: str, system: str, words: str) -> None:
    with pytest.raises(OSError, match=system) as refused:
        (tmp_path / path).read_bytes()

    assert reason_of(refused.value) == words


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "那里没有程序应答"),
        (TimeoutError("timed out"), "没有及时应答"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "没有这个主机名"),
        (ssl.SSLError(1, "wrong version number"), "对方不是以 TLS 应答"),
        (ssl.SSLCertVerificationError(1, "self-signed certificate"), "证书不受信任"),
    ],
)
def test_why_nobody_is_reached_is_said_in_chinese(refused: OSError, words: str) -> None:
    assert reason_of(refused) == words


def test_what_has_no_words_yet_is_said_as_the_system_has_it() -> None:
    assert reason_of(OSError(114, "Operation already in progress")) == "Operation already in progress"
    assert reason_of(OSError("without a number")) == "without a number"

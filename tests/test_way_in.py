"""What an operator is told where a command can't go on, in place of a page of Python."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, ProgrammingError
from redis.exceptions import ConnectionError as QueuesAway

from casetrack import __main__ as way_in


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException, *arguments: str) -> None:
    def fail(argv: list[str]) -> None:
        raise error

    monkeypatch.setattr(way_in, "execute_from_command_line", fail)
    monkeypatch.setattr(sys, "argv", ["manage.py", "check", *arguments])
    way_in.main()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OperationalError("connection failed: Connection refused\n\tIs it running?"),
            "数据库没有应答.*refused）；请看",
        ),
        (caused(OperationalError("could not extend file"), psycopg.errors.DiskFull()), "磁盘已满.*请腾出空间"),
        (OSError(28, "No space left on device"), "磁盘已满"),
        (QueuesAway("Error 111 connecting to 127.0.0.1:1"), "Redis 没有应答.*请看 Redis 是否在运行"),
        (caused(ProgrammingError("no such column"), psycopg.errors.UndefinedColumn()), "请先运行 manage.py migrate"),
    ],
)
def test_what_an_operator_can_mend_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    with pytest.raises(SystemExit, match=said):
        failing(monkeypatch, error)


def test_what_is_ours_to_mend_or_asked_for_whole_is_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProgrammingError):
        failing(monkeypatch, caused(ProgrammingError("syntax error"), psycopg.errors.SyntaxError()))
    with pytest.raises(OperationalError):
        failing(monkeypatch, OperationalError("connection failed"), "--traceback")


def test_ctrl_c_is_answered_with_a_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        failing(monkeypatch, KeyboardInterrupt())

    assert (ended.value.code, capsys.readouterr().err) == (130, "已中断\n")


def test_who_has_read_enough_may_close_the_pipe() -> None:
    read, write = os.pipe()
    os.close(read)
    argv = [sys.executable, "manage.py", "help", "--commands"]

    done = subprocess.run(argv, cwd=settings.BASE_DIR, stdout=write, stderr=subprocess.PIPE, timeout=60)

    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")

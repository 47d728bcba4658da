"""Reading the environment: a value that can't be used stops the start, and the message names its variable."""

import base64
import binascii
import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from casetrack.lib.os_errors import reason_of

T = TypeVar("T")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class SettingRefused(Exception):
    """A variable of the environment is missing or holds something that can't be used."""


def envstr(name: str, default: str = "", *, env: Mapping[str, str] | None = None) -> str:
    """The variable without the blanks around it; set to nothing means not set."""
    return (os.environ if env is None else env).get(name, "").strip() or default


def envhidden(name: str, *, env: Mapping[str, str] | None = None) -> str:
    """A secret, or "" where none is given: from the variable, or from the file that NAME_FILE names.

    A file is seen by fewer: an environment is shown by `docker inspect`, by `ps` and in reports of crashes.
    """
    value, file = envstr(name, env=env), envstr(f"{name}_FILE", env=env)
    if value and file:
        raise SettingRefused(
            f"{name} 和 {name}_FILE 都已设置，不知以哪个为准。请只保留一个。\n"
            f"{name} and {name}_FILE are both set; keep one of them."
        )
    return secret_in(Path(file), name=f"{name}_FILE") if file else value


def secret_in(path: Path, *, name: str) -> str:
    """What the file holds, without the line's end that editors add."""
    try:
        held = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "not text"
        raise SettingRefused(
            f"{name} 所指的文件 {path} 读不出来（{why}）。请核对路径，并让运行服务的账号可以读它。\n"
            f"{name}={path} can't be read: {why}."
        ) from error
    if not held:
        raise SettingRefused(
            f"{name} 所指的文件 {path} 是空的。请写入密钥，或取消这个变量。\n"
            f"{name}={path} is empty; write the secret there, or unset the variable."
        )
    return held


def envbool(name: str, default: bool, *, env: Mapping[str, str] | None = None) -> bool:
    value = envstr(name, env=env).lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise SettingRefused(
        f"{name} 的值 {value!r} 既不是“是”也不是“否”。请写 true 或 false。\n"
        f"{name}={value!r} is neither yes nor no; write one of: true, false."
    )


def envint(name: str, default: int, *, least: int = 0, env: Mapping[str, str] | None = None) -> int:
    value = envstr(name, env=env)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise SettingRefused(
            f"{name} 的值 {value!r} 不是整数。请写一个数字，如 {default}。\n{name}={value!r} is not a whole number."
        ) from None
    if number < least:
        raise SettingRefused(
            f"{name} 的值 {number} 太小，至少为 {least}。\n{name}={number} is too small; at least {least}."
        )
    return number


def envread(name: str, default: str, read: Callable[[str], T], *, env: Mapping[str, str] | None = None) -> T:
    """What `read` makes of the variable; the ValueError of what it can't read is told with the variable's name."""
    try:
        return read(envstr(name, default, env=env))
    except ValueError as error:
        raise SettingRefused(
            f"{name} 的值不能使用，请按 docs/configuration.md 改正后再启动。\n{name} can't be used: {error}"
        ) from error


def envlist(name: str, default: str = "", *, env: Mapping[str, str] | None = None) -> list[str]:
    """The parts between commas."""
    return [part.strip() for part in envstr(name, default, env=env).split(",") if part.strip()]


def envsecret(name: str, *, keep_in: Path | None, make: str = "text", env: Mapping[str, str] | None = None) -> str:
    """A secret that is given, else one made once and kept in `keep_in`; with no such place it is required."""
    value = envhidden(name, env=env)
    if value:
        return value
    if keep_in is None:
        raise SettingRefused(
            f"没有设置 {name} 或 {name}_FILE：自备数据库（DATABASE_URL）时必须设置。可以这样生成：{RECIPE}\n"
            f"{name} is not set, nor {name}_FILE; it is required with a DATABASE_URL of your own."
        )
    return kept_secret(keep_in, new_key() if make == "key" else secrets.token_urlsafe(50))


RECIPE = """python3 -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())\""""


def new_key() -> str:
    """A fresh key of 32 bytes, in base64."""
    return base64.b64encode(os.urandom(32)).decode()


def kept_secret(path: Path, fresh: str) -> str:
    """What the file holds; the first of several processes puts `fresh` there, readable by its owner alone."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _closed_to_us(path, error) from error
    try:
        make_closed(path.parent)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.") as draft:  # 0600
            draft.write(fresh + "\n")
            draft.flush()
            os.fsync(draft.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    except OSError as error:
        raise _closed_to_us(path.parent, error) from error
    return path.read_text().strip()


def _closed_to_us(path: Path, error: OSError) -> SettingRefused:
    return SettingRefused(
        f"无法使用 {path}（{reason_of(error)}）。请用 CASETRACK_DATA_DIR 指定一个自己可写的目录。\n"
        f"{path} can't be used: {error.strerror}. Set CASETRACK_DATA_DIR to a folder of your own."
    )


def make_closed(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; leave alone what is there."""
    if not folder.is_dir():
        make_closed(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def field_keys(value: str, *, name: str = "CASETRACK_FIELD_KEY") -> list[bytes]:
    """Keys of 32 bytes in base64, between commas: the first encrypts, all decrypt."""
    keys = []
    for part in value.split(","):
        try:
            key = base64.b64decode(
                part.strip().encode(), altchars=b"-_" if {"-", "_"} & set(part) else None, validate=True
            )
        except (binascii.Error, UnicodeEncodeError):
            raise SettingRefused(f"{name} 不是 base64 编码。可以这样生成：{RECIPE}\n{name} is not base64.") from None
        if len(key) != 32:
            raise SettingRefused(
                f"{name} 应为32字节，现为{len(key)}字节。可以这样生成：{RECIPE}\n"
                f"{name} has {len(key)} bytes instead of 32."
            )
        keys.append(key)
    return keys

"""docker-compose.yml, as far as the layout of the processes goes: read anew each time, so that nothing can differ."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SERVERS = ("postgres", "redis")
"""The services that are not ours: programs of others, with images and settings of their own."""
PLACE = re.compile(r"\$(?:(\$)|\{([A-Z_]+)(?:(:[-?])((?:[^{}]|\{[^{}]*\})*))?\})")
SECONDS = re.compile(r"(\d+)s")


class DeclarationRefused(Exception):
    """The file says something that can't be run here."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a service runs, with which environment, after which others, and how one finds out that it is well."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    after: Mapping[str, str]
    check: tuple[str, ...]
    grace: int
    restarts: bool


def services(path: Path, *, env: Mapping[str, str]) -> dict[str, Service]:
    """By name, in the order of the file, those that `up` starts; `env` is what its variables stand for."""
    try:
        written: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise DeclarationRefused(f"无法读取 {path}：{error}") from error
    return {name: service(name, each, env) for name, each in written.items() if not each.get("profiles")}


def service(name: str, written: Mapping[str, Any], env: Mapping[str, str]) -> Service:
    return Service(
        name=name,
        command=words(written.get("command", []), env, of=name),
        environment={key: filled(str(value), env) for key, value in written.get("environment", {}).items()},
        after={other: each["condition"] for other, each in written.get("depends_on", {}).items()},
        check=words(written.get("healthcheck", {}).get("test", ["CMD"])[1:], env, of=name),
        grace=seconds(written.get("stop_grace_period", "10s"), of=name),
        restarts=written.get("restart") == "unless-stopped",
    )


def words(written: Any, env: Mapping[str, str], *, of: str) -> tuple[str, ...]:
    if not isinstance(written, Sequence) or isinstance(written, str):
        raise DeclarationRefused(f"docker-compose.yml 中服务 {of} 的命令应逐词列出（写成列表），而不是一行文字")
    return tuple(filled(str(word), env) for word in written)


def seconds(written: Any, *, of: str) -> int:
    if not (found := SECONDS.fullmatch(str(written))):
        raise DeclarationRefused(f"docker-compose.yml 中服务 {of} 的 stop_grace_period 应以秒计，例如 45s")
    return int(found[1])


def filled(text: str, env: Mapping[str, str]) -> str:
    """`${NAME}`, `${NAME:-otherwise}` and `${NAME:?what it is}`, as compose fills them in; `$$` is a dollar."""

    def value(place: re.Match[str]) -> str:
        dollar, name, sign, rest = place.groups()
        if dollar:
            return "$"
        if given := env.get(name, ""):
            return given
        if sign == ":?":
            raise DeclarationRefused(f"docker-compose.yml 需要 {name}：{rest}")
        return filled(rest or "", env)

    return PLACE.sub(value, text)

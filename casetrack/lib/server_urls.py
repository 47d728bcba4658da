"""The addresses of PostgreSQL and Redis, as the environment gives them.

One that is refused is not shown: it may hold a password.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from casetrack.lib.env import SettingRefused

SOON = 2  # seconds after which a copy is given up, since the first database can answer instead
OF_REDIS = {"redis", "rediss", "unix"}


def database_from_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's settings for postgresql://user:password@host:port/database?option=value."""
    parts, port = parts_of(url, name=name, example="postgresql://用户:口令@主机:5432/casetrack")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingRefused(
            f"{name} 不是 PostgreSQL 的地址，应以 postgresql:// 开头；不支持其他数据库。\n"
            f"{name} does not begin with postgresql://; PostgreSQL is the only database."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    database = unquote(parts.path.removeprefix("/"))
    if not database:
        raise SettingRefused(
            f"{name} 没有写明数据库名。请写成 postgresql://用户:口令@主机:5432/casetrack。\n{name} names no database."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }


def parts_of(url: str, *, name: str, example: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise SettingRefused(
            f"{name} 的主机或端口读不出来。请写成 {example}；口令中的 / # ? @ : 等字符要写成 %2F 这样的编码。\n"
            f"{name}: host or port can't be read; signs such as / # ? @ in a password are written as %2F."
        ) from None


def pooled(database: Mapping[str, Any], *, most: int, wait: int) -> dict[str, Any]:
    """The same with a pool of connections, for one of which a request waits so many seconds."""
    # a database that was away is asked again by whoever needs it, not after a pause that has grown with its absence
    pool = {"min_size": 1, "max_size": most, "timeout": wait, "reconnect_timeout": 2}
    # and a connection that a restarted database has cut is replaced
    return {**database, "OPTIONS": {**database["OPTIONS"], "pool": pool}, "CONN_HEALTH_CHECKS": True}


def replicas_from_urls(urls: str, *, like: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Django's settings for copies of a database, by alias, from URLs between commas; one that is away is soon left."""
    given = [database_from_url(url.strip(), name="CASETRACK_REPLICA_URL") for url in urls.split(",") if url.strip()]
    # the second, in milliseconds, is for a machine that is gone without a word: TCP would send to it for minutes
    options = {**like["OPTIONS"], "connect_timeout": SOON, "tcp_user_timeout": 1000 * SOON}
    if pool := options.get("pool"):  # which waits for a connection, also where none can be made
        options["pool"] = {**pool, "timeout": SOON}
    checked = {"CONN_HEALTH_CHECKS": like["CONN_HEALTH_CHECKS"]} if "CONN_HEALTH_CHECKS" in like else {}
    return {
        f"replica{number}": {**each, **checked, "OPTIONS": {**options, **each["OPTIONS"]}}
        for number, each in enumerate(given, start=1)
    }


def redis_url(url: str, *, name: str = "REDIS_URL") -> str:
    """The same, where it can be one."""
    example = "redis://:口令@主机:6379/0"
    parts, _ = parts_of(url, name=name, example=example)
    if parts.scheme not in OF_REDIS:
        raise SettingRefused(
            f"{name} 不是 Redis 的地址，应写成 {example}（加密的以 rediss:// 开头）。\n"
            f"{name} begins with none of redis://, rediss://, unix://."
        )
    return url

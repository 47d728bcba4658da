"""Addresses of servers: read with all they say, or refused by the name of their variable and without their password."""

import pytest

from casetrack.lib.env import SettingRefused
from casetrack.lib.server_urls import database_from_url, pooled, redis_url, replicas_from_urls


def test_a_database_address_is_read_with_its_options() -> None:
    found = database_from_url("postgresql://clerk:p%40ss%2Fword@db.example:6432/cases?sslmode=require")

    assert found["HOST"] == "db.example"
    assert found["PORT"] == "6432"
    assert found["USER"] == "clerk"
    assert found["PASSWORD"] == "p@ss/word"
    assert found["NAME"] == "cases"
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_database_can_be_reached_over_its_socket() -> None:
    found = database_from_url("postgres://clerk@/cases?host=/run/postgresql")

    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://a/b", "不是 PostgreSQL 的地址"),
        ("", "不是 PostgreSQL 的地址"),
        ("postgresql://host", "没有写明数据库名"),
        ("postgresql://host:many/cases", "主机或端口读不出来"),
        ("postgresql://host:99999/cases", "主机或端口读不出来"),
        ("postgresql://[::1/cases", "主机或端口读不出来"),
        ("postgresql://clerk:s3cret/word@host/cases", "口令中的 / # ? @ : 等字符要写成 %2F"),
    ],
)
def test_an_address_that_is_not_a_postgresql_database_is_refused_by_name(url: str, said: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        database_from_url(url)

    assert str(refused.value).startswith("DATABASE_URL ")
    assert said in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_replicas_are_given_up_sooner_than_the_first_and_each_must_be_one() -> None:
    first = pooled(database_from_url("postgresql://clerk@db/cases?connect_timeout=5"), most=8, wait=10)

    found = replicas_from_urls("postgresql://a@db2/cases, postgresql://b@db3/cases,", like=first)

    assert {name: each["HOST"] for name, each in found.items()} == {"replica1": "db2", "replica2": "db3"}
    options = found["replica2"]["OPTIONS"]
    assert (options["connect_timeout"], options["tcp_user_timeout"]) == (2, 2000)
    assert (options["pool"]["timeout"], options["pool"]["max_size"]) == (2, 8)
    assert first["OPTIONS"]["pool"]["timeout"] == 10
    with pytest.raises(SettingRefused, match="CASETRACK_REPLICA_URL 不是 PostgreSQL 的地址"):
        replicas_from_urls("postgresql://a@db2/cases,db3", like=first)


@pytest.mark.parametrize("url", ["garbage", "http://redis:6379", "redis://host:x/0"])
def test_an_address_that_is_not_redis_is_refused_by_name(url: str) -> None:
    with pytest.raises(SettingRefused, match="^REDIS_URL "):
        redis_url(url)

    assert redis_url("rediss://:s@host:6379/0") == "rediss://:s@host:6379/0"

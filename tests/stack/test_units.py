"""The units of systemd: they start what docker-compose.yml starts, with settings that are read, and may little."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.test_configuration import ROWS, secrets
from workers.stack.declared import services

UNITS = Path(settings.BASE_DIR) / "deploy" / "systemd"
OF_COMPOSE = {
    "casetrack-web@.service": "web-1",
    "casetrack-worker.service": "worker",
    "casetrack-jobs.service": "jobs",
    "casetrack-scheduler.service": "scheduler",
    "casetrack-proxy.service": "proxy",
}
HELD_IN = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "SystemCallFilter": "@system-service",
    "LimitCORE": "0",
}


SHARED = UNITS / "casetrack-.service.d" / "10-held-in.conf"


def read(name: str) -> Mapping[str, list[str]]:
    """What a unit says, by key, and after it what systemd adds to every service whose name begins so."""
    said: dict[str, list[str]] = defaultdict(list)
    for path in (UNITS / name, *([SHARED] if name.endswith(".service") else [])):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.fullmatch(r"([A-Za-z]+)=(.*)", line):
                said[found[1]].append(found[2])
    return said


def environment(name: str) -> dict[str, str]:
    return dict(shlex.split(each)[0].split("=", 1) for each in read(name)["Environment"])


# no package brings systemd: without it the tests that read the units themselves are what is left
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
OURS = [name for name in SERVICES if name != "casetrack-proxy.service"]


def test_there_is_a_unit_for_each_process_of_the_compose_file() -> None:
    declared = services(Path(settings.BASE_DIR) / "docker-compose.yml", env={"CASETRACK_SITE": "a.example"})

    assert set(OF_COMPOSE.values()) | {"postgres", "redis", "migrate", "web-2"} == set(declared)
    for unit, name in OF_COMPOSE.items():
        started = read(unit)["ExecStart"][0].split()
        here = [Path(started[0]).name, *started[1:]]
        there = [word.replace("0.0.0.0:8000", "127.0.0.1:%i") for word in declared[name].command]
        there = [word.replace("/etc/caddy", "/opt/casetrack/app/deploy") for word in there]
        assert here == there, unit
        assert read(unit)["TimeoutStopSec"] == [str(declared[name].grace)], unit
        assert read(unit)["Restart"] == ["always"], unit


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists_and_every_setting_is_read(name: str) -> None:
    commands = {found for line in read(name)["ExecStart"] for found in re.findall(r"manage\.py (\w+)", line)}
    known = set(ROWS) | {f"{each}_FILE" for each in secrets()} | {"PYTHONUNBUFFERED"}

    assert commands or "gunicorn" in read(name)["ExecStart"][0]
    assert commands <= set(get_commands())
    assert set(environment(name)) <= known


@pytest.mark.parametrize("name", OURS)
def test_secrets_are_handed_over_by_systemd_and_stand_in_no_environment(name: str) -> None:
    handed = {each.split(":")[0] for each in read(name)["LoadCredential"]}
    by_file = {value for variable, value in environment(name).items() if variable.endswith("_FILE")}

    assert by_file == {f"%d/{each}" for each in handed}
    assert not secrets() & set(environment(name))
    assert {f"{each}_FILE" for each in secrets()} - set(environment(name)) == {
        "CASETRACK_OIDC_CLIENT_SECRET_FILE",
        "CASETRACK_MAIL_PASSWORD_FILE",
        "CASETRACK_REPLICA_URL_FILE",
        "CASETRACK_NODE_PASSWORD_FILE",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_a_process_may_write_nothing_but_its_own_folder(name: str) -> None:
    said = read(name)

    assert {key: said[key][0] for key in HELD_IN} == HELD_IN
    assert said["StateDirectoryMode"] == ["0700"]
    assert said.get("User") == ["casetrack"] or said.get("DynamicUser") == ["true"]
    assert said["MemoryMax"]
    assert said["TasksMax"]
    assert said["CapabilityBoundingSet"] == (["CAP_NET_BIND_SERVICE"] if name == "casetrack-proxy.service" else [""])


def test_commands_by_hand_have_the_secrets_of_the_units_and_those_that_an_office_adds(tmp_path: Path) -> None:
    """Run with a systemd-run that says what it was given, and what it would start with a command that shows it."""
    kept, program = tmp_path / "secrets", tmp_path / "bin" / "systemd-run"
    kept.mkdir()
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nfor each; do printf "%s\\0" "$each"; done\n')
    program.chmod(0o755)
    (kept / "mail_password").touch()
    script = (UNITS / "manage").read_text().replace("/etc/casetrack/secrets", str(kept))
    path = {"PATH": f"{program.parent}:/usr/bin:/bin"}

    given = run_shell(script, "manage", "doctor", "mail", env=path).split("\0")
    handed = {word.partition("LoadCredential=")[2].partition(":")[0] for word in given if "LoadCredential" in word}
    for name in handed:
        (kept / name).touch()
    inner = given[given.index("-c") + 1].replace("/opt/casetrack/venv/bin/python manage.py", "env")
    started = run_shell(inner, "manage", env={**path, "CREDENTIALS_DIRECTORY": str(kept)})

    of_units = {name for name in environment("casetrack-worker.service") if name.endswith("_FILE")}
    assert handed == {each.split(":")[0] for each in read("casetrack-worker.service")["LoadCredential"]} | {
        "mail_password"
    }
    assert (
        set(re.findall(r"^([A-Z_]+_FILE)=", started, re.MULTILINE))
        == of_units | {"CASETRACK_MAIL_PASSWORD_FILE"}
        <= {f"{each}_FILE" for each in secrets()}
    )
    assert given[-3:] == ["doctor", "mail", ""]


def run_shell(script: str, *words: str, env: Mapping[str, str]) -> str:
    return subprocess.run(["sh", "-c", script, *words], env=env, check=True, capture_output=True, text=True).stdout


def test_the_target_wants_units_that_are_there() -> None:
    wanted = read("casetrack.target")["Wants"][0].split()

    assert {re.sub(r"@\d+", "@", each) for each in wanted} <= {path.name for path in UNITS.iterdir()}
    assert {each for each in wanted if "web" in each} == {"casetrack-web@8001.service", "casetrack-web@8002.service"}
    assert environment("casetrack-proxy.service")["PROXY_UPSTREAMS"] == "127.0.0.1:8001 127.0.0.1:8002"


def analyzed(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, timeout=60)


@needs_systemd
def test_systemd_understands_every_line() -> None:
    """Programs that are not where production has them are all that it may miss."""
    told = analyzed("verify", *(str(path) for path in UNITS.glob("casetrack*") if path.is_file()))

    complaints = [line for line in told.stderr.splitlines() if str(UNITS) in line or "casetrack" in line]
    assert [line for line in complaints if "is not executable" not in line] == []


@needs_systemd
@pytest.mark.parametrize("name", [each.replace("@.", "@8001.") for each in SERVICES])
def test_systemd_adds_what_they_share_to_each_of_them(name: str) -> None:
    told = analyzed("security", "--offline=true", "--json=short", str(UNITS / name))

    rows = {row["json_field"]: row["set"] for row in json.loads(told.stdout)}
    shared = ("NoNewPrivileges", "ProtectHome", "PrivateDevices", "SystemCallFilter_privileged", "ProtectSystem")
    assert {field: rows[field] for field in shared} == dict.fromkeys(shared, True)
    assert rows["CapabilityBoundingSet_CAP_SYS_ADMIN"]


def test_the_scripts_are_understood_by_a_plain_shell() -> None:
    for script in (UNITS / "roll", UNITS / "manage", UNITS.parent / "make-secrets", UNITS.parent / "database-role.sh"):
        subprocess.run(["sh", "-n", str(script)], check=True)


def test_secrets_are_made_once_each_in_a_file_of_its_own(tmp_path: Path) -> None:
    script, folder = UNITS.parent / "make-secrets", tmp_path / "secrets"

    subprocess.run([str(script), str(folder)], check=True, capture_output=True)
    first = {path.name: path.read_text() for path in folder.iterdir()}
    (folder / "metrics_token").unlink()
    again = subprocess.run([str(script), str(folder)], check=True, capture_output=True, text=True)

    assert len(first) == 9
    assert first["postgres_password"].strip() in first["database_url"]
    assert first["redis_auth"].removeprefix("requirepass ").strip() in first["redis_url"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert again.stdout == f"已生成 {folder}/metrics_token\n"
    assert {name: text for name, text in first.items() if (folder / name).read_text() != text}.keys() == {
        "metrics_token"
    }


def test_a_folder_that_is_for_something_else_or_none_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    script, other = str(UNITS.parent / "make-secrets"), tmp_path / "documents"
    other.mkdir(mode=0o755)
    (other / "report.docx").write_text("年报")
    for arguments, said in (
        (["documents"], "里是别的东西"),
        (["documents/report.docx"], "不能使用文件夹 documents/report.docx"),
        (["--force"], "“--force”不是文件夹"),
        ([""], "“”不是文件夹"),
        (["one", "two"], "一次只能写一个文件夹，写了2个"),
    ):
        refused = subprocess.run([script, *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert (refused.returncode, said in refused.stderr) == (1, True), refused.stderr

    assert [path.name for path in tmp_path.rglob("*")] == ["documents", "report.docx"]
    assert other.stat().st_mode & 0o777 == 0o755


def test_without_the_programs_that_draw_them_no_empty_secret_is_kept(tmp_path: Path) -> None:
    (tmp_path / "od").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "od").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"

    refused = subprocess.run(
        [str(UNITS.parent / "make-secrets"), "kept"],
        cwd=tmp_path,
        env={"PATH": path},
        capture_output=True,
        text=True,
    )

    assert (refused.returncode, "没有得到 postgres_admin 的随机数" in refused.stderr) == (1, True)
    assert list((tmp_path / "kept").iterdir()) == []

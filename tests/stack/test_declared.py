"""docker-compose.yml and the processes of `make stack`: the same commands and environments, but for addresses."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.test_configuration import ROWS, secrets
from workers.stack.declared import DeclarationRefused, Service, filled, services
from workers.stack.layout import Place, Process, ProgramMissing, found, processes

ROOT = Path(settings.BASE_DIR)
COMPOSE = ROOT / "docker-compose.yml"
ENV = {"CASETRACK_SITE": "cases.example.gov.cn", "CASETRACK_SESSION_HOURS": "8"}
PORTS = {"https": 9443, "http": 9080, "web-1": 9001, "web-2": 9002}
NOT_PASSED_ON = {
    "DATABASE_URL": "by file",
    "REDIS_URL": "by file",
    "CASETRACK_SECRET_KEY": "by file",
    "CASETRACK_FIELD_KEY": "by file",
    "CASETRACK_SIGNING_KEY": "by file",
    "CASETRACK_METRICS_TOKEN": "by file",
    "CASETRACK_NODE_PASSWORD": "for a command by hand",
    "CASETRACK_DEBUG": "for developing alone",
    "CASETRACK_SCAN_COMMAND": "the image holds no scanner: an image of one's own sets it",
    "CASETRACK_REPORT_TEMPLATES": "in the volume",
}
ELSEWHERE = ("CASETRACK_MAIL_", "CASETRACK_OIDC_", "CASETRACK_REPLICA_")  # deploy/compose: who has none sets none


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Of an office that has given every secret but the one for metrics."""
    place = Place(checkout=ROOT, data=tmp_path, ports=PORTS)
    place.secrets.mkdir(parents=True)
    for name in ("database_url", "redis_url", "secret_key", "field_key", "signing_key"):
        (place.secrets / name).touch()
    return place


@pytest.fixture
def declared() -> Mapping[str, Service]:
    return services(COMPOSE, env=ENV)


@pytest.fixture
def local(declared: Mapping[str, Service], place: Place) -> Mapping[str, Process]:
    return processes(declared, place)


def test_every_service_is_a_process_here_but_the_two_servers(
    declared: Mapping[str, Service], local: Mapping[str, Process]
) -> None:
    assert list(local) == ["migrate", "web-1", "web-2", "worker", "jobs", "scheduler", "proxy"]
    assert set(declared) - set(local) == {"postgres", "redis"}


def test_commands_are_those_of_the_file_at_addresses_of_this_machine(local: Mapping[str, Process]) -> None:
    web = "gunicorn casetrack.wsgi --bind=127.0.0.1:900{} --workers=2 --keep-alive=75 --no-control-socket"

    assert {name: " ".join(each.command) for name, each in local.items()} == {
        "migrate": "sh -c python manage.py migrate --noinput && python manage.py load_divisions",
        "web-1": web.format(1),
        "web-2": web.format(2),
        "worker": "python manage.py work --queue=statistics --queue=deadlines --queue=reports --queue=default",
        "jobs": "python manage.py work --queue=jobs",
        "scheduler": "python manage.py schedule",
        "proxy": f"caddy run --config {ROOT}/deploy/Caddyfile",
    }
    assert local["jobs"].check == ("python", "-m", "workers.beats", "jobs")
    assert "http://localhost:9002/health/ready" in local["web-2"].check[-1]


def test_environments_are_those_of_the_file_but_for_addresses_and_what_nobody_has_given(
    declared: Mapping[str, Service], local: Mapping[str, Process], place: Place
) -> None:
    differing = {
        name: {
            variable: (value, local[name].environment.get(variable))
            for variable, value in declared[name].environment.items()
            if local[name].environment.get(variable) != value
        }
        for name in ("web-1", "proxy")
    }

    kept = ("database_url", "redis_url", "secret_key", "field_key", "signing_key")
    by_file = {each: f"{'' if each.endswith('url') else 'CASETRACK_'}{each.upper()}_FILE" for each in kept}
    assert differing["web-1"] == {
        "CASETRACK_DATA_DIR": ("/data", str(place.data)),
        "CASETRACK_METRICS_TOKEN_FILE": ("/run/secrets/metrics_token", None),
        **{variable: (f"/run/secrets/{each}", f"{place.secrets}/{each}") for each, variable in by_file.items()},
    }
    assert differing["proxy"] == {
        "PROXY_UPSTREAMS": ("web-1:8000 web-2:8000", "127.0.0.1:9001 127.0.0.1:9002"),
        "PROXY_HTTP_PORT": ("8080", "9080"),
        "PROXY_HTTPS_PORT": ("8443", "9443"),
        "XDG_DATA_HOME": ("/data", str(place.own / "proxy")),
        "XDG_CONFIG_HOME": ("/config", str(place.own / "proxy" / "config")),
    }


def test_no_process_sees_what_happens_to_stand_in_our_environment(
    declared: Mapping[str, Service], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASETRACK_DEBUG", "true")

    assert "CASETRACK_DEBUG" not in processes(declared, place)["worker"].environment


def test_a_proxy_that_is_not_there_is_missed_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissing, match="找不到反向代理程序 caddy.*make .venv"):
        found("caddy")


def test_the_file_passes_on_every_setting_or_there_is_a_reason(declared: Mapping[str, Service]) -> None:
    passed_on = set(declared["web-1"].environment)

    missing = {name for name in ROWS if name not in passed_on and not name.startswith(ELSEWHERE)}

    assert missing == set(NOT_PASSED_ON)
    assert declared["web-1"].environment["CASETRACK_SESSION_HOURS"] == "8"
    assert declared["web-1"].environment["CASETRACK_HOSTS"] == "localhost,web-1,web-2,cases.example.gov.cn"


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("mail", "web-1 web-2 worker"),
        ("replica", "web-1 web-2 worker jobs"),
        ("sign-on", "web-1 web-2"),
        ("certificate", "proxy"),
    ],
)
def test_what_is_added_to_the_file_is_known_and_given_to_those_who_need_it(name: str, others: str) -> None:
    written = yaml.safe_load((ROOT / "deploy" / "compose" / f"{name}.yml").read_text())

    given = {variable for each in written["services"].values() for variable in each["environment"]}

    assert " ".join(written["services"]) == others
    assert given <= set(ROWS) | {f"{each}_FILE" for each in secrets()} | {"PROXY_TLS"}
    assert set(written["secrets"]) == set(written["services"][others.split()[0]]["secrets"])


def test_every_service_is_held_in_and_may_little() -> None:
    written = yaml.safe_load(COMPOSE.read_text())["services"]

    for name, each in written.items():
        assert (each["read_only"], each["cap_drop"], each["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )
        assert int(each["user"].split(":")[0]) > 0, name
        assert set(each["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}, name
        assert each["logging"]["options"], name
        once = name in ("migrate", "backup")
        assert each["restart"] == ("no" if once else "unless-stopped")
        assert once or each["healthcheck"]["test"], name
        assert "ports" not in each or name == "proxy"
        assert "privileged" not in each
        assert "latest" not in each["image"]


def test_the_image_starts_what_the_file_starts(declared: Mapping[str, Service]) -> None:
    command = (ROOT / "Dockerfile").read_text().rsplit("CMD ", 1)[1]

    assert tuple(json.loads(command)) == declared["web-1"].command


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("${A}-${B:-b}", "1-b"),
        ("${B:-https://${A}}", "https://1"),
        ("$$A ${B:-}", "$A "),
        ("${A:?needed}", "1"),
        ("plain", "plain"),
    ],
)
def test_variables_are_filled_in_as_compose_does(text: str, meant: str) -> None:
    assert filled(text, {"A": "1", "B": ""}) == meant


def test_a_variable_that_must_be_set_is_asked_for_by_name() -> None:
    with pytest.raises(DeclarationRefused, match="需要 CASETRACK_SITE"):
        services(COMPOSE, env={})


@pytest.mark.parametrize(
    "written", ["", "services: [", "services: {web: {command: run it}}", "services: {a: {stop_grace_period: 1m}}"]
)
def test_a_file_that_can_not_be_followed_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "docker-compose.yml").write_text(written)

    with pytest.raises(DeclarationRefused, match="docker-compose.yml"):
        services(tmp_path / "docker-compose.yml", env={})

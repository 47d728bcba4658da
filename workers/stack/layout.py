"""The declared services as processes of this machine: the same commands and environments, but for addresses."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from workers.stack.declared import SERVERS, Service

WEB_PORT = "8000"
CADDYFILE = "/etc/caddy/Caddyfile"
PASSED_ON = ("HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER")
"""What any process needs from the one that starts it; everything else is declared."""


class ProgramMissing(Exception):
    """A program of the layout is not on this machine."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on this machine the parts of the layout lie."""

    checkout: Path
    data: Path
    ports: Mapping[str, int]
    """Of each web process, by its service's name, and of the proxy: `http` and `https`."""

    @property
    def own(self) -> Path:
        """What only the layout needs: its secrets, what the proxy keeps, and which processes there are."""
        return self.data / "stack"

    @property
    def secrets(self) -> Path:
        return self.own / "secrets"

    @property
    def address(self) -> str:
        return f"https://localhost:{self.ports['https']}"


@dataclass(frozen=True, slots=True)
class Process:
    """A service here."""

    service: Service
    command: tuple[str, ...]
    environment: Mapping[str, str]
    check: tuple[str, ...]


def processes(services: Mapping[str, Service], place: Place) -> dict[str, Process]:
    """One for each service; PostgreSQL and Redis are the bundled ones, or those that the environment names."""
    return {name: process(service, place) for name, service in services.items() if name not in SERVERS}


def process(service: Service, place: Place) -> Process:
    moved = Moved.for_service(service, place)
    basis = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    declared = {name: moved.here(value) for name, value in service.environment.items()}
    return Process(
        service=service,
        command=tuple(moved.here(word) for word in service.command),
        environment={**basis, "PATH": path(), "PYTHONUNBUFFERED": "1", **lent(declared)},
        check=tuple(moved.here(word) for word in service.check),
    )


def path() -> str:
    """Our own Python's programs come first, as in the image."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


@dataclass(frozen=True, slots=True)
class Moved:
    """What an address of a container is on this machine: alone in a word, or anywhere within one."""

    alone: Mapping[str, str]
    within: Mapping[str, str]

    @classmethod
    def for_service(cls, service: Service, place: Place) -> Self:
        web = {f"{name}:{WEB_PORT}": f"127.0.0.1:{port}" for name, port in place.ports.items()}
        own = place.ports.get(service.name, WEB_PORT)
        proxy = {"8080": str(place.ports["http"]), "8443": str(place.ports["https"])}
        kept = place.own / "proxy" if service.name == "proxy" else place.data
        return cls(
            alone={"/data": str(kept), "/config": str(kept / "config"), **proxy},
            within={
                **web,
                f"0.0.0.0:{WEB_PORT}": f"127.0.0.1:{own}",
                f"localhost:{WEB_PORT}": f"localhost:{own}",
                "localhost:8080": f"localhost:{proxy['8080']}",
                "/run/secrets/": f"{place.secrets}/",
                CADDYFILE: str(place.checkout / "deploy" / "Caddyfile"),
            },
        )

    def here(self, text: str) -> str:
        if text in self.alone:
            return self.alone[text]
        for there, near in self.within.items():
            text = text.replace(there, near)
        return text


def lent(declared: Mapping[str, str]) -> dict[str, str]:
    """Without the files of secrets that nobody has given."""
    return {
        name: value for name, value in declared.items() if not (name.endswith("_FILE") and not Path(value).exists())
    }


def found(program: str) -> Path:
    """Beside our Python, where `make` puts it, or wherever the machine keeps its programs."""
    beside = Path(sys.executable).parent / program
    path = str(beside) if beside.exists() else shutil.which(program)
    if path is None:
        raise ProgramMissing(f"找不到反向代理程序 {program}。请运行 make .venv（开发环境已包含），或自行安装后再试。")
    return Path(path)

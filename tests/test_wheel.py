"""The wheel: the same to the byte whoever builds it, and whole."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings

import casetrack

pytestmark = pytest.mark.xdist_group("wheel")
ROOT = Path(settings.BASE_DIR)


def built(folder: Path, *, zone: str, umask: int, home: Path = ROOT) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target=wheel", f"--directory={folder}"],
        cwd=home,
        env={name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | {"TZ": zone},
        umask=umask,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("one"), zone="UTC", umask=0o022)


def test_it_is_the_same_whoever_builds_it_and_when(wheel: Path, tmp_path: Path) -> None:
    again = built(tmp_path, zone="Asia/Shanghai", umask=0o077)

    assert again.name == wheel.name == f"casetrack-{casetrack.__version__}-py3-none-any.whl"
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_nothing_of_a_checkout_that_is_not_the_service_is_in_it(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names} == {
        "api",
        "casetrack",
        "reports",
        "web",
        "workers",
        f"casetrack-{casetrack.__version__}.dist-info",
    }
    assert f"casetrack-{casetrack.__version__}.dist-info/licenses/LICENSE" in names
    assert [name for name in names if name.endswith((".pyc", ".orig")) or "/var/" in name] == []


FIND = """
import django
from django.contrib.staticfiles.finders import find
from django.core.management import call_command

django.setup()
call_command("check")
for file in ("bootstrap/bootstrap.min.css", "htmx/htmx.min.js", "echarts/echarts.min.js", "web/app.css"):
    print(find(file))
"""


def test_what_is_installed_from_it_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    ZipFile(wheel).extractall(installed)  # what pip does with a wheel that has no programs to build
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env |= {"PYTHONPATH": str(installed), "DJANGO_SETTINGS_MODULE": "casetrack.settings"}

    said = subprocess.run(
        [sys.executable, "-c", FIND], cwd=tmp_path, env=env, check=True, capture_output=True, text=True
    ).stdout.splitlines()

    assert said[0] == "System check identified no issues (0 silenced)."
    assert [Path(line).is_relative_to(installed / "casetrack" / "kit") for line in said[1:]] == [True] * 3 + [False]
    assert Path(said[4]) == installed / "web" / "static" / "web" / "app.css"
    version = subprocess.run(
        [sys.executable, "-m", "casetrack", "--version"],
        cwd=tmp_path,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    assert version.stdout == f"{casetrack.__version__}\n"
    assert (tmp_path / "var" / "secrets" / "field_key").exists(), "data lie where it is run, not among the packages"

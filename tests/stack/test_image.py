"""The image of the service: nothing builds it in CI, so what it takes is held against what there is to take."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

from tests.clusters import ADMIN, clusters

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LET_IN = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]


def test_whatever_it_copies_is_there_and_let_in() -> None:
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)]
    sources = {source for each in copied for source in each} - {"."}

    assert len(sources) == 5
    assert {source for source in sources if not (ROOT / source).is_file()} == set()
    assert sources <= set(LET_IN)
    assert {place for place in LET_IN if not (ROOT / place).exists()} == set()


def test_every_stage_that_is_copied_from_and_built_is_there() -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\w+)$", DOCKERFILE, re.MULTILINE))
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    assert set(re.findall(r"--from=(\w+)", DOCKERFILE)) | set(re.findall(r"target: (\w+)", compose)) == stages


def test_the_account_of_the_image_is_that_of_the_services_and_of_the_folder_for_backups() -> None:
    (account,) = re.findall(r"useradd --uid (\d+)", DOCKERFILE)

    assert f'user: "{account}:{account}"' in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert f"install -d -o {account} -m 0700 backups" in (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")


def test_what_it_starts_is_what_the_compose_file_starts() -> None:
    (started,) = re.findall(r'^CMD \["(gunicorn.+)"\]$', DOCKERFILE, re.MULTILINE)
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    assert ", ".join(started.split('", "')) in compose.replace('"', "")


def test_the_services_own_role_owns_its_database_and_is_no_superuser(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("it's 'quoted'\n")
    script = (ROOT / "deploy" / "database-role.sh").read_text().replace("/run/secrets/postgres_password", "$SECRET")
    with clusters("new") as (server,):
        server.make()
        server.start()
        environment = {
            "PATH": f"{server.bin}:/usr/bin:/bin",
            "PGHOST": str(server.folder),
            "POSTGRES_USER": ADMIN,
            "SECRET": str(tmp_path / "password"),
        }
        subprocess.run(["sh", "-c", script], env=environment, check=True, capture_output=True)

        role = server.execute("SELECT rolsuper, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = 'casetrack'")
        owner = server.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'casetrack'")
    assert (role, owner) == ([(False, True, True)], [("casetrack",)])

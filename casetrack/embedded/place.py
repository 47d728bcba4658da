"""Where the bundled servers of one data folder live: their folders, sockets and files. Starts nothing."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ABOVE = Path(__file__).resolve().parents[2]
CHECKOUT = ABOVE if (ABOVE / "manage.py").exists() else Path.cwd()  # a wheel lies among other packages
SYSTEM_FOLDER = Path("/var/lib/casetrack")
LONGEST_SOCKET = 100  # the system allows 107 bytes, of the whole path
PORT = 5432  # only part of the socket's name: nothing listens on the network


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of the servers that belong to one data folder."""

    data_dir: Path
    home: Path
    run: Path

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def queues(self) -> Path:
        return self.home / "redis"

    @property
    def passfile(self) -> Path:
        """PostgreSQL's passwords, in libpq's own format: libpq reads it when it connects."""
        return self.home / "pgpass"

    @property
    def logs(self) -> Path:
        return self.data_dir / "log"

    @property
    def lock(self) -> Path:
        return self.data_dir / "servers.lock"

    @property
    def redis_socket(self) -> Path:
        return self.run / "redis.sock"

    @property
    def postgres_socket(self) -> Path:
        return self.run / f".s.PGSQL.{PORT}"

    @property
    def redis_url(self) -> str:
        return f"unix://{quote(str(self.redis_socket))}?db=0"

    @property
    def database(self) -> dict[str, object]:
        """Django's settings for the bundled database."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "casetrack",
            "USER": "casetrack",
            "HOST": str(self.run),
            "PORT": str(PORT),
            "OPTIONS": {"passfile": str(self.passfile)},
        }


def data_dir(env: Mapping[str, str]) -> Path:
    """CASETRACK_DATA_DIR; where it is relative, counted from the checkout, or from where an installed wheel is run."""
    return (CHECKOUT / (env.get("CASETRACK_DATA_DIR", "").strip() or "var")).resolve()


def place_of(folder: Path, *, system_folder: Path = SYSTEM_FOLDER, uid: int | None = None) -> Place:
    """The place that belongs to a data folder: the same for every process of one checkout.

    PostgreSQL refuses to run as root, and the account it then runs under may not reach the data folder.
    """
    uid = os.geteuid() if uid is None else uid
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    home = system_folder / name if uid == 0 else folder / "servers"
    run = home / "run"
    if len(os.fsencode(run / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET:
        run = Path(f"/tmp/casetrack-{uid}-{name}")  # noqa: S108 - made by us, refused if of another owner
    return Place(data_dir=folder, home=home, run=run)

"""The secrets of the layout as files, from what this checkout's settings hold: the keys stay those of its data."""

import base64
import shutil
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings

from casetrack.embedded.place import PORT, Place
from casetrack.lib.env import envhidden, make_closed


def write_secrets(folder: Path) -> None:
    """Each in a file for its owner alone; what is not set has none."""
    shutil.rmtree(folder, ignore_errors=True)
    make_closed(folder)
    for name, value in held().items():
        if value:
            place = folder / name
            place.touch(mode=0o600)
            place.write_text(value + "\n")


def held() -> dict[str, str]:
    bundled = settings.BUNDLED
    return {
        "database_url": url_of(bundled.place) if bundled.postgres else envhidden("DATABASE_URL"),
        "redis_url": settings.REDIS_URL,
        "secret_key": settings.SECRET_KEY,
        "field_key": ",".join(base64.b64encode(key).decode() for key in settings.FIELD_KEYS),
        "signing_key": settings.SIGNING_KEY,
        "metrics_token": settings.METRICS_TOKEN,
    }


def url_of(place: Place) -> str:
    """The bundled PostgreSQL; its password stays in the file that libpq reads."""
    options = urlencode({"host": place.run, "port": PORT, "passfile": place.passfile}, quote_via=quote, safe="/")
    return f"postgresql://casetrack@/casetrack?{options}"

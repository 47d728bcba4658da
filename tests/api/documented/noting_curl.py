"""Stands before the real curl in the PATH of documented lines, and notes every answer. CURL names the real one.

Begun for every line, so it needs nothing but the standard library.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WRITTEN = "%{method} %{http_code} %{url_effective}"


def main(argv: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "body"
        out = [] if "-o" in argv else ["--output", str(to)]
        said = ["--silent", "--show-error", "--write-out", WRITTEN]
        done = subprocess.run([os.environ["CURL"], *argv, *said, *out], check=True, capture_output=True, text=True)
        body = to.read_bytes() if to.exists() else b""
    method, status, url = done.stdout.split(" ", 2)
    noted = {"method": method, "status": int(status), "url": url, "body": body.decode(errors="replace")}
    with open(os.environ["NOTES"], "a", encoding="utf-8") as notes:
        notes.write(json.dumps(noted) + "\n")
    sys.stdout.buffer.write(body)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

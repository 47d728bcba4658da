"""Stands for curl in the PATH of documented lines: notes every answer, and does itself what they use of curl.

A clean machine need not have curl, and nothing documented may go unrun there; an option that isn't known here is an
error. Where there is a real one, noting_curl.py stands before it.
"""

import argparse
import json
import os
import sys
from http.cookiejar import MozillaCookieJar
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

FLAGS = ("-G", "-s", "-S", "-f", "-L", "-i")
VALUES = ("-X", "-o", "-b", "-c")
LISTS = ("-H", "-d", "-F", "--data-urlencode")


def main(argv: list[str]) -> int:
    noted, body = asked_by_ourselves(argv)
    with open(os.environ["NOTES"], "a", encoding="utf-8") as notes:
        notes.write(json.dumps(noted) + "\n")
    sys.stdout.buffer.write(body)
    return 0


def asked_by_ourselves(argv: list[str]) -> tuple[dict[str, Any], bytes]:
    asked = arguments(argv)
    data = list(asked.d)
    for pair in asked.data_urlencode:
        name, _, value = pair.partition("=")
        data.append(f"{name}={quote(value, safe='')}")
    joined = "&".join(data)
    method = asked.X or ("POST" if (joined or asked.F) and not asked.G else "GET")
    url = f"{asked.url}{'&' if '?' in asked.url else '?'}{joined}" if asked.G and joined else asked.url
    headers = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in asked.H)}
    if joined and not asked.G:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    files = {name: (Path(path).name, Path(path).read_bytes()) for name, path in sent_files(asked.F)}
    fields = dict(part.split("=", 1) for part in asked.F if "=@" not in part)
    with requests.Session() as session:
        jar = cookies_of(session, asked)
        body = fields if asked.F else None if asked.G else joined.encode() or None
        answer = session.request(method, url, headers=headers, data=body, files=files or None, timeout=60)
        if jar is not None:
            jar.save(asked.c, ignore_discard=True)
    if asked.o:
        Path(asked.o).write_bytes(answer.content)
        return note(method, answer.status_code, url, b""), b""
    return note(method, answer.status_code, url, answer.content), answer.content


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("url")
    for flag in FLAGS:
        parser.add_argument(flag, action="store_true")
    for option in VALUES:
        parser.add_argument(option)
    for option in LISTS:
        parser.add_argument(option, action="append", default=[])
    return parser.parse_args(argv)


def sent_files(parts: list[str]) -> list[tuple[str, str]]:
    return [(name, path) for name, mark, path in (part.partition("=@") for part in parts) if mark]


def cookies_of(session: requests.Session, asked: argparse.Namespace) -> MozillaCookieJar | None:
    """The cookies read from one file, to be kept in another."""
    if not (asked.b or asked.c):
        return None
    jar = MozillaCookieJar()
    if asked.b and Path(asked.b).exists():
        jar.load(asked.b, ignore_discard=True)
    session.cookies = jar  # type: ignore[assignment]  # requests takes any jar, its stubs only its own
    return jar if asked.c else None


def note(method: str, status: int, url: str, body: bytes) -> dict[str, Any]:
    return {"method": method, "status": status, "url": url, "body": body.decode(errors="replace")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a client means to send and what it was answered, on disk before and after each request.

A client that is killed reads it and goes on: what has no answer is sent again, under the same key. Afterwards the
record is held against it. Knows no framework, since clients don't.
"""

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Intent:
    """One request: what kind of act it is, where it goes and what it says, and the key that makes it one deed."""

    number: int
    key: str
    act: str
    path: str
    body: dict[str, Any]
    case: int = 0
    ledger: str = ""


@dataclass(slots=True)
class Entry:
    """An intent with its answer, as far as there is one."""

    intent: Intent
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether the service said that it was done; otherwise it was refused, or not answered."""
        return 200 <= self.status < 300


class Diary:
    """One client's. A line that a kill cut short was never sent, or is asked anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[int, Entry] = {}
        self.unforeseen = 0
        self.file: int | None = None
        content = path.read_bytes() if path.exists() else b""
        *whole, cut_short = content.split(b"\n")
        self.length = len(content) - len(cut_short)
        for line in whole:
            self.read(json.loads(line))

    def read(self, said: dict[str, Any]) -> None:
        if "intent" in said:
            self.entries[said["intent"]["number"]] = Entry(Intent(**said["intent"]))
        elif said["status"] >= 500:
            self.unforeseen += said["status"] == 500
        else:
            entry = self.entries[said["number"]]
            entry.status, entry.answer = said["status"], said["answer"]

    def intend(self, act: str, path: str, body: dict[str, Any], *, case: int = 0, ledger: str = "") -> Intent:
        intent = Intent(len(self.entries) + 1, str(uuid.uuid4()), act, path, body, case, ledger)
        self.write({"intent": {name: getattr(intent, name) for name in Intent.__slots__}})
        return intent

    def answered(self, intent: Intent, status: int, answer: dict[str, Any]) -> None:
        self.write({"number": intent.number, "status": status, "answer": answer})

    def write(self, said: dict[str, Any]) -> None:
        """On disk before anything else happens."""
        if self.file is None:
            self.file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.ftruncate(self.file, self.length)
        line = json.dumps(said, ensure_ascii=False).encode() + b"\n"
        while line:
            line = line[os.write(self.file, line) :]
        os.fsync(self.file)
        self.read(said)

    def unanswered(self) -> Iterator[Intent]:
        return (entry.intent for entry in self.entries.values() if not entry.status)

    def done(self, *acts: str) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if entry.done and entry.intent.act in acts)

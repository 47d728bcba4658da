"""Reading in a process of its own: what breaks a native reader, or never ends in it, breaks nothing of ours.

lxml, pypdfium2 and python-docx do most of their work outside Python, where neither a time-out nor an exception
reaches. The child knows no settings and no secrets, gets the file by its input and may write none. Its start costs
about a second; a report is read once.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reports.documents.comments import Remark
from reports.documents.document import Document
from reports.documents.refusing import LARGEST_FILE, MEGABYTE, DocumentRefused

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds by the clock
SLOW = "读取文件用时过长，已停止；请用Word或WPS重新导出，或按章节拆分后再核对"
BROKE = "文件无法读取：内容损坏或过于复杂，请用Word或WPS重新保存或导出后再核对"


def read(content: bytes, name: str) -> Document:
    """The text of a file. Raises DocumentRefused."""
    if len(content) > LARGEST_FILE:
        raise DocumentRefused(f"文件过大（{len(content) // MEGABYTE}MB），最多{LARGEST_FILE // MEGABYTE}MB")
    return Document.of(json.loads(told({"do": "read", "name": name}, content)))


def commented(content: bytes, remarks: Sequence[Remark]) -> bytes:
    """A copy of a Word file with comments. Raises DocumentRefused."""
    return told({"do": "comment", "remarks": [[each.start, each.end, each.said] for each in remarks]}, content)


def told(asked: dict[str, Any], content: bytes, *, patience: float = PATIENCE) -> bytes:
    """What the child answers to a wish about a file."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "reports.documents.child"],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentRefused(SLOW) from None
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise DocumentRefused(SLOW if done.returncode == -24 else BROKE)  # SIGXCPU: the time was used up
    said = json.loads(head)
    if not said["ok"]:
        raise DocumentRefused(said["refused"])
    return body

"""The process in which files are read: takes one file from its input, answers, ends. See `apart`, which starts it."""

import json
import resource
import sys
from typing import Any

from reports.documents.comments import Remark, with_comments
from reports.documents.opening import read_document
from reports.documents.refusing import MEGABYTE, DocumentRefused

MEMORY = 1536 * MEGABYTE
SECONDS = 60  # of the processor
HUGE = "文件过大或过于复杂，读取时超出了允许的内存，请删去图片和附件，或按章节拆分后再核对"


def limit() -> None:
    """What a broken or hostile file can take: so much memory, so much time, no file and no core."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))  # at the first it is told why, by a signal
    for nothing in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(nothing, (0, 0))


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """The head and the body of the answer."""
    try:
        if asked["do"] == "read":
            return {"ok": True}, json.dumps(read_document(content, asked["name"]).as_dict()).encode()
        return {"ok": True}, with_comments(content, [Remark(*each) for each in asked["remarks"]])
    except DocumentRefused as refused:
        return {"ok": False, "refused": str(refused)}, b""
    except (MemoryError, RecursionError):
        return {"ok": False, "refused": HUGE}, b""


def main() -> None:
    limit()
    asked = json.loads(sys.stdin.buffer.readline())
    head, body = answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()

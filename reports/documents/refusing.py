"""What stands in the way of reading a file, and how much of one is read at most."""

from casetrack.kinds.refusals import Refused

MEGABYTE = 2**20
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_PART = 60 * MEGABYTE  # of a Word file: its body is read whole
MOST_PARTS = 5_000
MOST_PAGES = 1_000
MOST_CHARACTERS = 1_000_000


class DocumentRefused(Refused):
    """A file that can't be read as a report; the message says why, and what to send instead."""

    code = "document_refused"


def refuse_long(characters: int) -> None:
    if characters > MOST_CHARACTERS:
        raise DocumentRefused(f"文件的文字过多，最多{MOST_CHARACTERS // 10_000}万字，请按章节拆分后分别核对")

"""What a file is, by its bytes: the extension must say the same, or someone would open what they did not expect."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

ZIP, OLE2, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
WORD, SHEET = "word/document.xml", "xl/workbook.xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
MACROS = "_VBA_PROJECT".encode("utf-16-le")
ACTIVE = re.compile(r"vbaproject\.bin$|vbadata\.xml$|(^|/)(activex|embeddings|macrosheets|customui\d*)/", re.IGNORECASE)
LARGEST_RELATIONS = 2**20
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # no Office program writes relations in UTF-16
ELSEWHERE = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']\s*External[^<>]*>", re.IGNORECASE)
FOLLOWED = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']")
BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
)
"""What the standard reader of archives raises for bytes that are no whole one, each kind of packing in its own way: so
broad only for reading from memory, where nothing else can fail."""
DOCX, XLSX = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"


def is_text(content: bytes) -> bool:
    """Chinese text as offices write it; nothing that a browser could take for something else has bytes of zero."""
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def packs(member: str) -> Callable[[bytes], bool]:
    """An Office file with this part, in which nothing acts, and which fetches nothing when it is opened."""

    def is_one(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(BytesIO(content)) as parts:
                names = parts.namelist()
                return member in names and not any(map(ACTIVE.search, names)) and not reaches_out(parts)
        except BROKEN:
            return False

    return is_one


def reaches_out(parts: zipfile.ZipFile) -> bool:
    """Whether a part refers to something elsewhere, but for links that a person follows; or hides what it does."""
    for part in parts.infolist():
        if not part.filename.lower().endswith(".rels"):
            continue
        if part.file_size > LARGEST_RELATIONS:
            return True
        said = parts.read(part)
        if said.startswith(WIDE) or b"<!DOCTYPE" in said:
            return True
        if any(not FOLLOWED.search(relation) for relation in ELSEWHERE.findall(said)):
            return True
    return False


def is_old_word(content: bytes) -> bool:
    """A Word file of the old kind, without the storage that macros are kept in."""
    return content.startswith(OLE2) and MACROS not in content


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that is taken: what it ends with, what it is served as, how its bytes show it."""

    endings: tuple[str, ...]
    media_type: str
    shows: Callable[[bytes], bool]


TYPES = (
    FileType(("pdf",), "application/pdf", lambda content: content.startswith(PDF)),
    FileType(("jpg", "jpeg"), "image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    FileType(("png",), "image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    FileType(("docx",), DOCX, packs(WORD)),
    FileType(("xlsx",), XLSX, packs(SHEET)),
    FileType(("doc",), "application/msword", is_old_word),
    FileType(("txt",), "text/plain", is_text),
)
ENDINGS = tuple(ending for each in TYPES for ending in each.endings)


def type_of(name: str, content: bytes) -> FileType | None:
    """The type that the name says, if the bytes say it too."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    said = next((each for each in TYPES if ending in each.endings), None)
    return said if said is not None and said.shows(content) else None

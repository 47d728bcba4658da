"""What a file is, by its bytes: the extension must say the same, or someone would open what they did not expect."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

ZIP, OLE2, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
WORD, SHEET = "word/document.xml", "xl/workbook.xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
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
    """An Office file with this part, and no macros in it."""

    def is_one(content: bytes) -> bool:
        try:
            names = set(zipfile.ZipFile(BytesIO(content)).namelist())
        except zipfile.BadZipFile:
            return False
        return member in names and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return is_one


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
    FileType(("doc",), "application/msword", lambda content: content.startswith(OLE2)),
    FileType(("txt",), "text/plain", is_text),
)
ENDINGS = tuple(ending for each in TYPES for ending in each.endings)


def type_of(name: str, content: bytes) -> FileType | None:
    """The type that the name says, if the bytes say it too."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    said = next((each for each in TYPES if ending in each.endings), None)
    return said if said is not None and said.shows(content) else None

"""Word files as offices write them, for tests."""

import io
import zipfile
from collections.abc import Mapping

from docx import Document


def word(*paragraphs: str) -> bytes:
    """A file with these paragraphs; | begins a new run, every second one bold."""
    made = Document()
    for paragraph in paragraphs:
        written = made.add_paragraph()
        for number, run in enumerate(paragraph.split("|")):
            written.add_run(run).bold = bool(number % 2)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_parts(content: bytes, changed: Mapping[str, tuple[str, str]], added: Mapping[str, bytes]) -> bytes:
    """The file with something replaced in some of its parts, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            old, new = changed.get(name, ("", ""))
            part = parts.read(name)
            assert old.encode() in part
            made.writestr(name, part.replace(old.encode(), new.encode(), 1) if old else part)
        for name, part in added.items():
            made.writestr(name, part)
    return out.getvalue()

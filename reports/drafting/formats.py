"""The forms in which a draft is written, by the ending of the file."""

from collections.abc import Callable, Mapping

from casetrack.lib.file_types import DOCX
from reports.drafting.document import document_of
from reports.drafting.frames import framed
from reports.drafting.references import TemplateRefused
from reports.drafting.texts import markdown_of, text_of
from reports.drafting.writing import Draft

FORMATS: Mapping[str, Callable[[Draft], bytes]] = {
    "docx": lambda draft: framed(draft, draft.frame) if draft.frame else document_of(draft),
    "md": lambda draft: markdown_of(draft).encode(),
    "txt": lambda draft: text_of(draft).encode(),
}

MEDIA_TYPES: Mapping[str, str] = {
    "docx": DOCX,
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def writer_for(ending: str) -> Callable[[Draft], bytes]:
    name = ending.removeprefix(".").lower()
    if name not in FORMATS:
        raise TemplateRefused(f"不能写成“{ending}”：请以 .docx、.md 或 .txt 作文件的扩展名")
    return FORMATS[name]

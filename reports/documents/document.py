"""A report as text, and how it came."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """What a file is, by its content; text and Markdown, which are alike, by its name."""

    TEXT = "txt"
    MARKDOWN = "md"
    PAGE = "html"
    WORD = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a report. `plain` is what to read figures from: as long as the text, without signs of markup."""

    format: Format
    text: str
    plain: str

    def as_dict(self) -> dict[str, Any]:
        same = {} if self.plain == self.text else {"plain": self.plain}
        return {"format": self.format.value, "text": self.text, **same}

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Document":
        return cls(Format(said["format"]), said["text"], said.get("plain", said["text"]))

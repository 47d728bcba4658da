"""A whole check: the text of a report, what it claims, how that fits together, and how it stands to the record."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casetrack.stats.figures import Figure
from reports.checking.checker import check
from reports.checking.claims import Checked, Verdict
from reports.checking.record.comparing import Wish, against_record
from reports.checking.record.rows import Row, Standing
from reports.documents.document import Document, Format
from reports.documents.refusing import DocumentRefused

MOST_CLAIMS = 20_000
Linked = Callable[[Figure], str | None]


@dataclass(frozen=True, slots=True)
class Review:
    """What came of a check; without a wish there is no record to hold the claims against."""

    document: Document
    checked: Checked
    rows: tuple[Row, ...] = ()
    wish: Wish | None = None

    def as_json(self, linked: Linked) -> dict[str, Any]:
        """The review as `check_report --format json` prints it."""
        return {
            "claims": [claim.as_json() for claim in self.checked.claims],
            "relations": [relation.as_json() for relation in self.checked.relations],
            "record": [{**row.as_json(), "cases": address_of(row, linked)} for row in self.rows],
        }

    @property
    def counts(self) -> dict[str, int]:
        """How many of everything: for the head of what a person reads."""
        verdicts = Counter(relation.verdict for relation in self.checked.relations)
        standings = Counter(row.standing for row in self.rows)
        return {
            "claims": len(self.checked.claims),
            "relations": len(self.checked.relations),
            "inconsistent": verdicts[Verdict.INCONSISTENT],
            "truncated": verdicts[Verdict.TRUNCATED],
            **{standing.value: standings[standing] for standing in Standing},
        }


def review(document: Document, wish: Wish | None, *, today: date) -> Review:
    """Read a report's claims and, where a place and a year are given, hold them against its record."""
    found = check(document.plain)
    if len(found.claims) > MOST_CLAIMS:
        raise DocumentRefused(f"报告中的数字过多（{len(found.claims)}个），最多{MOST_CLAIMS}个，请按章节拆分后分别核对")
    claims = tuple(replace(each, quote=document.text[each.start : each.end]) for each in found.claims)
    relations = tuple(replace(each, quote=document.text[each.start : each.end]) for each in found.relations)
    rows = tuple(against_record(claims, wish, today=today)) if wish else ()
    return Review(document, Checked(claims, relations), rows, wish)


def review_of_text(text: str, wish: Wish | None, *, today: date) -> Review:
    """A text that came as such, and not in a file."""
    return review(Document(Format.TEXT, text, text), wish, today=today)


def address_of(row: Row, linked: Linked) -> str | None:
    """Where the cases of a row are listed: of several groups together, those of the first."""
    return next((address for figure in row.figures if (address := linked(figure))), None)

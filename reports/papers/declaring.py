"""What a paper is: which steps it follows, and what it rests on and says under each version of the law."""

import re
from dataclasses import dataclass
from datetime import date

from casetrack.kinds.base import Fact
from casetrack.law.sources import Place, Statute

MARK = re.compile(r"\{([^{}]+)\}")
VERSION_OF_LAW = re.compile(r"（\d{4}）$")


@dataclass(frozen=True, slots=True)
class Basis:
    """Articles of one statute."""

    statute: Statute
    places: tuple[Place, ...]

    @property
    def cited(self) -> str:
        """As lists cite it: 行政复议法（2023）第三十条."""
        return self.statute.cite(self.places)

    @property
    def said(self) -> str:
        """As a paper says it: 《中华人民共和国行政复议法》第三十条."""
        name = VERSION_OF_LAW.sub("", self.statute.law)
        whole = f"中华人民共和国{name}" if name.endswith("法") else name
        return f"《{whole}》{self.cited.removeprefix(self.statute.law)}"


@dataclass(frozen=True, slots=True)
class Version:
    """A paper under one version of the law, which is in force as long as the first statute of its `bases`.

    In `lines`, {…} is filled from the case; where the case doesn't say it, a line is left to fill in by hand. A line
    that begins with # is a heading, one that begins with ? is left out where the case doesn't say what is in it.
    `only`: a field, and the values with which this paper is the right one; `otherwise` says what is, where it is not.
    `note`: what the articles leave open, for those who check the words.
    """

    bases: tuple[Basis, ...]
    lines: tuple[str, ...]
    label: str = ""
    only: tuple[str, tuple[Fact, ...]] | None = None
    otherwise: str = ""
    note: str = ""

    @property
    def statute(self) -> Statute:
        return self.bases[0].statute

    @property
    def since(self) -> date:
        return self.statute.since

    @property
    def cited(self) -> str:
        return "，".join(basis.cited for basis in self.bases)

    @property
    def said(self) -> str:
        return "、".join(basis.said for basis in self.bases)

    @property
    def verified(self) -> bool:
        """Whether every article that it rests on was read in the statute's text."""
        return not any(basis.statute.doubt for basis in self.bases)

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for line in self.lines for name in MARK.findall(line)))

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.statute.until is None or day < self.statute.until)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to print. `after`: one of these steps must have been taken; `word` stands in its number.

    `signed`: who signs at the end, the office apart. `to_serve`: it is served, and proved by the kind's `slip`.
    `seal`: whose seal it bears, where that is not the office's.
    """

    code: str
    label: str
    kind: str
    after: tuple[str, ...]
    word: str
    versions: tuple[Version, ...]
    signed: tuple[str, ...] = ()
    to_serve: bool = False
    slip: bool = False
    seal: str = ""

    def version_on(self, day: date) -> Version | None:
        """The version under the law of a day; None where no law then in force knew such a paper."""
        return next((version for version in self.versions if version.covers(day)), None)

    def titled(self, version: Version) -> str:
        return version.label or self.label

"""A number of a text with all that is known of it: the working form of a claim, while relations are looked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.checking.claims import Claim, Nearness
from reports.checking.mentions import Mention
from reports.checking.passages import Place
from reports.checking.text import Plain
from reports.checking.units import Sort


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as attributed. `change` is up, down or flat where it says by how much something changed.

    `part_of` is the place in the list of figures of the one it is a part of (其中), `stated` false where no number
    stands in the text. `own` are the words by which it was understood.
    """

    place: Place
    subject: str
    measure: str
    dimensions: Mapping[str, str]
    own: str
    change: str = ""
    last_year: bool = False
    part_of: int | None = None
    stated: bool = True
    narrowed: bool = False

    @property
    def value(self) -> Decimal:
        return self.place.mention.value

    @property
    def unit(self) -> str:
        return self.place.mention.unit

    @property
    def sort(self) -> Sort:
        return self.place.mention.sort

    @property
    def is_count(self) -> bool:
        return self.place.mention.is_count and not self.change and self.stated


def claim_of(figure: Figure, plain: Plain) -> Claim:
    """The claim that a figure makes, by its offsets in the text as given."""
    mention = figure.place.mention
    start, end = plain.span(mention.start, mention.end)
    return Claim(
        quote=plain.given[start:end],
        start=start,
        end=end,
        subject=figure.subject,
        measure=figure.measure,
        value=value_of(mention),
        unit=mention.unit,
        nearness=mention.nearness if figure.stated else Nearness.EXACT,
        dimensions=figure.dimensions,
        decimals=mention.decimals,
        period="last" if figure.last_year else "",
        change=figure.change,
        stated=figure.stated,
        narrowed=figure.narrowed,
    )


def value_of(mention: Mention) -> Decimal | int:
    """The value of a number: whole ones whole, others with the decimals written."""
    return int(mention.value) if mention.decimals == 0 and mention.value == int(mention.value) else mention.value

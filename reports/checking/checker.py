"""Checking a text: its figures, what each counts, and whether they agree with one another."""

from reports.checking.claims import Checked, Claim
from reports.checking.mentions import Mention, mentions
from reports.checking.text import Plain, make_plain

GENERAL = "general"


def check(text: str) -> Checked:
    """The claims that a text makes in figures, and the relations between them."""
    plain = make_plain(text)
    claims = tuple(claim_of(mention, plain) for mention in mentions(plain.text))
    return Checked(claims, ())


def claim_of(mention: Mention, plain: Plain) -> Claim:
    start, end = plain.span(mention.start, mention.end)
    return Claim(
        quote=plain.given[start:end],
        start=start,
        end=end,
        subject=GENERAL,
        measure="",
        value=int(mention.value) if mention.decimals == 0 and mention.value == int(mention.value) else mention.value,
        unit=mention.unit,
        nearness=mention.nearness,
        dimensions={},
        decimals=mention.decimals,
    )

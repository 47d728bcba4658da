"""Checking a text: its figures, what each counts, and whether they agree with one another."""

from reports.checking.attribution import Reader
from reports.checking.claims import Checked
from reports.checking.figures import claim_of
from reports.checking.text import make_plain


def check(text: str) -> Checked:
    """The claims that a text makes in figures, and the relations between them."""
    plain = make_plain(text)
    figures = Reader().read(plain.text)
    return Checked(tuple(claim_of(figure, plain) for figure in figures), ())

"""Checking a text: its figures, what each counts, and whether they agree with one another."""

from reports.checking.adoption import adopted
from reports.checking.attribution import Reader
from reports.checking.cells import figures_in
from reports.checking.claims import Checked
from reports.checking.figures import claim_of
from reports.checking.relations.changes import changes
from reports.checking.relations.grids import grids
from reports.checking.relations.ratios import ratios
from reports.checking.relations.sums import sums
from reports.checking.tables import tables
from reports.checking.text import make_plain
from reports.checking.wordings import Implied


def check(text: str) -> Checked:
    """The claims that a text makes in figures, and the relations between them."""
    plain = make_plain(text)
    tabled = list(tables(plain.text))
    figures = Reader().read(plain.text, tabled)
    cells = [cell for table in tabled for cell in table.numbers()]
    running = [*figures, *Implied(plain.text, figures).all()]
    figures = [*running, *figures_in(cells)]
    ties = (*ratios(figures), *sums(figures), *changes(figures), *grids(figures, len(running), cells))
    figures = adopted(adopted(figures, ties), ties)
    order = sorted(range(len(figures)), key=lambda index: figures[index].place.mention.start)
    places = {index: place for place, index in enumerate(order)}
    relations = sorted((tie.relation(figures, plain, places) for tie in ties), key=lambda each: (each.start, each.end))
    return Checked(tuple(claim_of(figures[index], plain) for index in order), tuple(relations))

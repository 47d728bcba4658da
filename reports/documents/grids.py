"""Tables whose cells span rows and columns: so that each cell is read below its own head."""

from lxml import etree

WIDEST = 60  # columns or rows that one cell may span


class Grid:
    """Which columns of the rows to come are taken by cells that reach down into them."""

    def __init__(self) -> None:
        self.taken: dict[int, int] = {}
        self.column = 0

    def cell(self, cell: etree._Element) -> int:
        """Place a cell; how many columns before it are taken from above."""
        before = 0
        while self.taken.get(self.column):
            self.taken[self.column] -= 1
            self.column += 1
            before += 1
        wide, high = span(cell, "colspan"), span(cell, "rowspan")
        self.taken |= dict.fromkeys(range(self.column, self.column + wide), high - 1)
        self.column += wide
        return before

    def end_row(self) -> None:
        for column in self.taken:
            if column >= self.column and self.taken[column]:
                self.taken[column] -= 1
        self.column = 0


def span(cell: etree._Element, name: str) -> int:
    """How many columns or rows a cell of a page spans."""
    return spanned(cell.get(name, "1").strip())


def spanned(said: str) -> int:
    """What a file says that a cell spans, as far as that can be meant."""
    return max(1, min(int(said), WIDEST)) if said.isascii() and said.isdigit() and len(said) < 4 else 1

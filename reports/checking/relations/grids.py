"""How the cells of a table stand to one another: its line of totals, and columns of rates and shares.

A table does not say which of its lines are parts of which. So nothing is said where no other column or line confirms
it; where others fit, a total or share that does not is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from reports.checking.cells import WHOLE
from reports.checking.claims import RelationKind, Verdict
from reports.checking.figures import Figure
from reports.checking.relations.ties import Tie, alike, is_rate
from reports.checking.relations.totals import tie_of
from reports.checking.relations.verdicts import all_exact, judge, range_of
from reports.checking.tables import CellNumber
from reports.checking.units import Sort

ENOUGH = 2  # lines that must fit
REACH, SOME = 6, 4  # columns looked at to either side of a rate, and lines tried first
ALL = Fraction(100)

Grid = Mapping[tuple[int, int], int]  # line and column of a cell, and its place among the figures


def grids(figures: Sequence[Figure], first: int, cells: Sequence[CellNumber]) -> Iterator[Tie]:
    """Every relation between the cells of one table; their figures stand from `first` on, in the order of the cells."""
    apart: dict[int, dict[tuple[int, int], int]] = {}
    for place, cell in enumerate(cells):
        apart.setdefault(cell.table, {})[cell.line, cell.at] = first + place
    wholes = {(cell.table, cell.line) for cell in cells if WHOLE.match(cell.row)}
    for table, grid in apart.items():
        lines = [line for number, line in wholes if number == table]
        whole = lines[0] if len(lines) == 1 else None
        if whole is not None:
            yield from totals(figures, grid, whole)
        yield from rates(figures, grid, whole)


def totals(figures: Sequence[Figure], grid: Grid, whole: int) -> Iterator[Tie]:
    """The line of totals against the lines it sums up, where at least one column does add up."""
    ties = []
    others = sorted({line for line, _ in grid} - {whole})
    for column in sorted({at for _, at in grid}):
        total, parts = grid.get((whole, column)), [grid.get((line, column)) for line in others]
        found = [index for index in parts if index is not None]
        if total is None or len(found) < ENOUGH or len(found) < len(parts) or not may_add_up(figures, total, found):
            continue
        ties.append(tie_of(figures, total, found))
    if any(tie.verdict is not Verdict.INCONSISTENT for tie in ties):
        yield from ties


def may_add_up(figures: Sequence[Figure], total: int, parts: Sequence[int]) -> bool:
    added = figures[total].is_count or figures[total].sort is Sort.MONEY
    return added and all(alike(figures[index], figures[total]) for index in parts)


def rates(figures: Sequence[Figure], grid: Grid, whole: int | None) -> Iterator[Tie]:
    """Columns of rates against the two columns that they follow from, or a column and its total."""
    columns = sorted({at for _, at in grid})
    for place, column in enumerate(columns):
        stated = {line: index for (line, at), index in grid.items() if at == column and is_rate(figures[index])}
        if len(stated) < ENOUGH:
            continue
        beside = [at for at in columns[max(0, place - REACH) : place + REACH] if at != column]
        some = dict(list(stated.items())[:SOME])
        pairs = [(part, of) for part in beside for of in (*beside, None) if part != of]
        pairs = [pair for pair in pairs if confirmed(list(by_line(figures, grid, some, pair, whole)))]
        read = {pair: list(by_line(figures, grid, stated, pair, whole)) for pair in pairs}
        best = max(read, key=lambda pair: confirmed(read[pair]), default=None)
        fit = confirmed(read[best]) if best is not None else 0
        if best is not None and fit >= max(ENOUGH, len(read[best]) / 2) and tells(figures, read[best]):
            yield from told(read[best], share=best[1] is None)


def told(ties: Sequence[Tie], *, share: bool) -> Iterator[Tie]:
    """Those that fit; one that does not only of shares: what a rate is of may differ by what was carried over."""
    wrong = len(ties) - confirmed(ties)
    for tie in ties:
        if tie.verdict is not Verdict.INCONSISTENT or (share and wrong < confirmed(ties)):
            yield tie


def by_line(
    figures: Sequence[Figure],
    grid: Grid,
    stated: Mapping[int, int],
    pair: tuple[int, int | None],
    whole: int | None,
) -> Iterator[Tie]:
    """The ratio of the two columns in each line; of a column and its total where there is no second."""
    for line, index in stated.items():
        part = grid.get((line, pair[0]))
        of = (
            grid.get((line, pair[1]))
            if pair[1] is not None
            else grid.get((whole, pair[0]))
            if whole is not None
            else None
        )
        if part is None or of is None or part == of or not figures[of].value or not figures[part].is_count:
            continue
        one, all_ = figures[part], figures[of]
        if alike(one, all_) and all_exact((one, all_)):
            share = range_of(one)[0] / range_of(all_)[0] * ALL
            yield Tie(RelationKind.RATIO, (part, of), index, share, judge(figures[index], share, share))


def confirmed(ties: Sequence[Tie]) -> int:
    return sum(tie.verdict is not Verdict.INCONSISTENT for tie in ties)


def tells(figures: Sequence[Figure], ties: Sequence[Tie]) -> bool:
    """Whether a fit says anything: not where every rate is 100 %."""
    return any(figures[tie.stated].value != ALL for tie in ties if tie.verdict is not Verdict.INCONSISTENT)

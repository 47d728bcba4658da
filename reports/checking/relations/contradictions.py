"""Parts that do not make their total, where the text leaves no doubt that they should."""

import re
from collections.abc import Iterator, Sequence

from reports.checking.claims import Verdict
from reports.checking.figures import Figure
from reports.checking.relations.ties import Tie, alike
from reports.checking.relations.totals import LET_OUT, MOST_PARTS, PENDING, TAKEN_IN, tie_of
from reports.checking.relations.verdicts import all_exact

EXCLUSIVE = ("agreement", "instance", "outcome", "channel", "aid_type", "division", "committee_kind")
HALVES: tuple[frozenset[tuple[str, str]], ...] = (
    frozenset({("agreement", "oral"), ("agreement", "written")}),
    frozenset({("division", "administrative"), ("division", "civil")}),
)


def contradiction(
    figures: Sequence[Figure], total: int, after: list[int], before: list[int], following: list[int]
) -> Iterator[Tie]:
    """Parts that do not make their total, where the text leaves no doubt that they should."""
    announced = [index for index in following if figures[index].part_of == total]
    for parts in (
        complete_parts(figures, total, after),
        summed_up(figures, total, before),
        exceeding(figures, total, announced),
    ):
        if parts and all_exact([figures[index] for index in (total, *parts)]):
            tie = tie_of(figures, total, parts)
            if tie.verdict is Verdict.INCONSISTENT:
                yield tie
            return


def complete_parts(figures: Sequence[Figure], total: int, after: list[int]) -> list[int]:
    """The parts behind a total that must be all of it: two halves, what was closed and what is left, or 其余."""
    run = [index for index in after if alike(figures[index], figures[total])][:MOST_PARTS]
    if len(run) < 2 or not all(figures[index].place.part == figures[total].place.part for index in run[:2]):
        return []
    two = run[:2]
    first, second = (figures[index] for index in two)
    short = "其中" in first.place.before and first.value + second.value < figures[total].value
    if (
        not short
        and frozenset((*first.dimensions.items(), *second.dimensions.items())) in HALVES
        and first.measure == second.measure
    ):
        return two if first.measure == figures[total].measure else []
    spoken = figures[total].place.before + first.place.before + second.place.before
    if (
        figures[total].measure in TAKEN_IN
        and first.measure in LET_OUT
        and second.measure in PENDING
        and "结转" not in spoken
        and first.value <= figures[total].value  # more went out than came in: something was carried over
        and two == [total + 1, total + 2]
        and figures[total].dimensions.get("channel") == first.dimensions.get("channel")
    ):
        return two
    mine = [index for index in run if figures[index].part_of == total]
    for position, index in enumerate(mine):
        if position and re.match(r"^[,、]?(?:其余|剩余|余下)", figures[index].place.before):
            return mine[: position + 1] if mine[: position + 1] == run[: position + 1] else []
    return exceeding(figures, total, mine)


def exceeding(figures: Sequence[Figure], total: int, parts: list[int]) -> list[int]:
    """Parts that exclude one another, each another value of one dimension, and are yet more than their total."""
    own = {figures[index].measure.partition("_")[0] for index in (total, *parts)}
    if len(own) > 1 and figures[total].measure not in LET_OUT:
        return []  # what came in may be less than what went out
    excess = sum(figures[index].value for index in parts) > figures[total].value
    for name in EXCLUSIVE if excess and len(parts) > 1 else ():
        values = [figures[index].dimensions.get(name, "") for index in parts]
        if all(values) and len(set(values)) == len(values) and "," not in "".join(values):
            return parts
    return []


def summed_up(figures: Sequence[Figure], total: int, before: list[int]) -> list[int]:
    """The counts before a bare 合计 or 共计, where they are one enumeration and nothing else stands in its clause."""
    place = figures[total].place
    if not re.fullmatch(r"(?:两项|三项|以上)?(?:合计|共计|总计)(?:为)?", place.before) or len(before) < 2:
        return []
    run: list[int] = []
    for index in reversed(before):
        if not alike(figures[index], figures[total]) or figures[index].place.part != place.part:
            break
        run.append(index)
        if not figures[index].place.before.startswith("、"):
            break
    return run[::-1] if len(run) > 1 and len(run) == len(before) else []

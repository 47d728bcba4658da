"""Parts that do not make their total, where the text leaves no doubt that they should."""

import re
from collections.abc import Iterator, Sequence

from reports.checking.claims import Verdict
from reports.checking.figures import Figure
from reports.checking.relations.ties import Tie, alike
from reports.checking.relations.totals import LET_OUT, MOST_PARTS, PENDING, TAKEN_IN, tie_of
from reports.checking.relations.verdicts import all_exact
from reports.checking.trail import DIVIDING
from reports.checking.units import Sort

EXCLUSIVE = (
    *("agreement", "instance", "outcome", "channel", "aid_type", "division", "committee_kind"),
    *("category", "matter", "field"),
)
NEAR, SAID = 24, 20  # so far before a part its breakdown is announced; so far behind it is said that parts overlap
PAIRS = ({"succeeded", "failed"}, {"mediators_full_time", "mediators_part_time"})
PAIRS_OF = frozenset({"mediated", "mediators"})
OVERLAPPING = re.compile(r"含|同时|兼(?!职)|又|重复|归入|多类|多个|涉及|结转")
ANNOUNCED = re.compile(r"(?:按|依)[^,。;:]{1,12}?(?:分为|划分|分类|分|看)")
BARE_TOTAL = re.compile(r"(?:两项|三项|以上)?(?:合计|共计|总计|共)(?:为)?")
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
    """Parts that exclude one another, and are yet more than their total."""
    parts = first_division(figures, parts)
    involved = [figures[index] for index in (total, *parts)]
    if len(parts) < 2 or sum(figure.value for figure in involved[1:]) <= figures[total].value:
        return []
    behind = involved[-1].place.ahead[:SAID]
    said = [behind, *(figure.place.before + figure.place.after for figure in involved)]
    if any(OVERLAPPING.search(each) for each in said):
        return []
    measures = {figure.measure for figure in involved[1:]}
    if measures in PAIRS and figures[total].measure in PAIRS_OF:
        return parts
    if len({figure.measure.partition("_")[0] for figure in involved}) > 1 and figures[total].measure not in LET_OUT:
        return []  # what came in may be less than what went out
    return parts if by_one_dimension(involved[1:]) or in_classes(involved[1:]) else []


def first_division(figures: Sequence[Figure], parts: list[int]) -> list[int]:
    """The parts up to where the total is divided another way: 按领域分：…；按事项分：…."""
    again = (
        place
        for place, index in enumerate(parts)
        if place and DIVIDING.search(figures[index].place.lead[-NEAR:] + figures[index].place.before)
    )
    return parts[: next(again, len(parts))]


def by_one_dimension(parts: Sequence[Figure]) -> bool:
    """Whether each part is another value of one dimension whose values exclude one another."""
    for name in EXCLUSIVE:
        values = [part.dimensions.get(name, "") for part in parts]
        if all(values) and len(set(values)) == len(values) and "," not in "".join(values):
            return True
    return False


def in_classes(parts: Sequence[Figure]) -> bool:
    """Whether cases are said to be of one class each: 咨询类50件、投诉类30件, 按涉及领域分：公安60件."""
    first = parts[0].place
    announced = ANNOUNCED.search(first.lead[-NEAR:] + first.before) is not None
    classes = all(part.place.before.endswith("类") for part in parts)
    return (announced or classes) and all(part.sort is Sort.CASES for part in parts)


def summed_up(figures: Sequence[Figure], total: int, before: list[int]) -> list[int]:
    """The counts before a bare 合计 or 共计, where they are one enumeration and nothing else stands in its clause."""
    place = figures[total].place
    if not BARE_TOTAL.fullmatch(place.before) or len(before) < 2 or before[-1] != total - 1:
        return []
    run: list[int] = []
    for index in reversed(before):
        if not alike(figures[index], figures[total]) or figures[index].place.part != place.part:
            break
        run.append(index)
    together = run[::-1]
    joined = all(figures[index].place.before.startswith("、") for index in together[1:])
    kinds = {figures[index].measure for index in together} - {"carried_over"}
    added = (
        len(kinds) == 1 and kinds != {""} and together == list(range(together[0], total))
    )  # 结转15件，新收85件，合计110件
    return together if len(run) > 1 and len(run) == len(before) and (joined or added) else []

"""Totals and their parts, and what is left of a total: 63件，办结57件，6件正在办理."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reports.checking.claims import RelationKind, Verdict
from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL
from reports.checking.lexicon import changes as words
from reports.checking.relations.ties import Tie, alike, sentences
from reports.checking.relations.verdicts import all_exact, judge, range_of

MOST_PARTS = 16
FOLLOWS = re.compile(r"(?:其中|按|从|包括|分别|主要)")
LEFT = re.compile(r"(?:其余|剩余|余下|尚有|未办结|未审结|正在|在办|在审|待办)")
TAKEN_IN = frozenset({"received", "accepted", "handled"})
LET_OUT = frozenset({"closed", "concluded", "settled", "decided"})
PENDING = frozenset({"pending", "accepted_pending"})
EXCLUSIVE = ("agreement", "instance", "outcome", "channel", "aid_type", "division")
HALVES: tuple[frozenset[tuple[str, str]], ...] = (
    frozenset({("agreement", "oral"), ("agreement", "written")}),
    frozenset({("division", "administrative"), ("division", "civil")}),
)


def sums(figures: Sequence[Figure]) -> Iterator[Tie]:
    """Every total with its parts, and for what is left over the difference too."""
    groups = list(sentences(figures))
    for place, group in enumerate(groups):
        counts = [index for index in group if figures[index].is_count and not figures[index].last_year]
        following = next_counts(figures, group, groups[place + 1] if place + 1 < len(groups) else [])
        for position, total in enumerate(counts):
            tie = (
                parts_after(figures, total, [*counts[position + 1 :], *following])
                or parts_before(figures, total, counts[:position])
                or contradiction(figures, total, counts[position + 1 :], counts[:position])
            )
            if tie is not None:
                yield tie
                yield from remainder(figures, tie)


def next_counts(figures: Sequence[Figure], group: list[int], following: list[int]) -> list[int]:
    """The counts of the next sentence of the paragraph, where it goes on about the same: 其中，… or only its parts."""
    if not following or figures[following[0]].place.paragraph != figures[group[0]].place.paragraph:
        return []
    first = figures[following[0]].place
    if first.sentence != figures[group[0]].place.sentence + 1:
        return []
    counts = [index for index in following if figures[index].is_count and not figures[index].last_year]
    return counts if FOLLOWS.search(first.lead[-12:] + first.before) or only_parts(figures, group, counts) else []


def only_parts(figures: Sequence[Figure], group: list[int], counts: list[int]) -> bool:
    """Whether a sentence says nothing but how the cases of the one before came out, three ways or more."""
    subject = figures[group[0]].subject
    told = {(figures[index].measure, figures[index].dimensions.get("outcome", "")) for index in counts}
    same = all(figures[index].subject == subject for index in counts)
    return subject != GENERAL and same and len(counts) > 2 and len(told) == len(counts)


def parts_after(figures: Sequence[Figure], total: int, following: list[int]) -> Tie | None:
    """The counts behind a total that add up to it: all of them, those beside it, or those in the bracket behind it."""
    depth = figures[total].place.depth
    beside = [index for index in following if figures[index].place.depth <= depth]
    inside = [index for index in following if figures[index].place.depth > depth]
    for chosen in (following, beside, inside):
        parts = adding_up(figures, total, [index for index in chosen if alike(figures[index], figures[total])])
        if parts:
            return tie_of(figures, total, parts)
    bracket = inside if inside and inside[0] == total + 1 else []
    parts = adding_up(figures, total, [index for index in bracket if alike(figures[index], figures[bracket[0]])])
    return tie_of(figures, total, parts) if parts else None  # 20件优秀案卷（处罚12卷、许可8卷）


def parts_before(figures: Sequence[Figure], total: int, before: list[int]) -> Tie | None:
    """The counts before a total that is said to be one (共计、合计) and that add up to it."""
    if not words.TOTAL.search(figures[total].place.before):
        return None
    parts = adding_up(figures, total, [index for index in before[::-1] if alike(figures[index], figures[total])])
    return tie_of(figures, total, parts[::-1]) if parts else None


def adding_up(figures: Sequence[Figure], total: int, candidates: list[int]) -> list[int]:
    """The first two or more of the candidates in a row that make the total; none if they overshoot it."""
    low, high = range_of(figures[total])
    parts: list[int] = []
    least, most = Fraction(0), Fraction(0)
    for index in candidates:
        figure = figures[index]
        if not figure.value:
            continue
        least, most = least + range_of(figure)[0], most + range_of(figure)[1]
        parts.append(index)
        if least > high or len(parts) > MOST_PARTS:
            return []
        if len(parts) > 1 and least <= high and most >= low:
            return parts
    return []


def tie_of(figures: Sequence[Figure], total: int, parts: Sequence[int]) -> Tie:
    least = sum((range_of(figures[index])[0] for index in parts), Fraction(0))
    most = sum((range_of(figures[index])[1] for index in parts), Fraction(0))
    computed = sum((Fraction(figures[index].value) for index in parts), Fraction(0))
    return Tie(RelationKind.SUM, (total, *parts), total, computed, judge(figures[total], least, most))


def remainder(figures: Sequence[Figure], tie: Tie) -> Iterator[Tie]:
    """Where the last part is what is left of the total, the difference that it must be."""
    total, *parts = tie.numbers
    last = figures[parts[-1]]
    if last.measure not in PENDING and not LEFT.search(last.place.before + last.place.after):
        return
    taken = sum((Fraction(figures[index].value) for index in parts[:-1]), Fraction(0))
    left = Fraction(figures[total].value) - taken
    yield Tie(RelationKind.DIFFERENCE, (total, *parts[:-1]), parts[-1], left, tie.verdict)


def contradiction(figures: Sequence[Figure], total: int, after: list[int], before: list[int]) -> Tie | None:
    """Parts that do not make their total, where the text leaves no doubt that they should."""
    for parts in (complete_parts(figures, total, after), summed_up(figures, total, before)):
        if parts and all_exact([figures[index] for index in (total, *parts)]):
            tie = tie_of(figures, total, parts)
            return tie if tie.verdict is Verdict.INCONSISTENT else None
    return None


def complete_parts(figures: Sequence[Figure], total: int, after: list[int]) -> list[int]:
    """The parts behind a total that must be all of it: two halves, what was closed and what is left, or 其余."""
    run = [index for index in after if alike(figures[index], figures[total])][:MOST_PARTS]
    if len(run) < 2 or not all(figures[index].place.part == figures[total].place.part for index in run[:2]):
        return []
    two = run[:2]
    first, second = (figures[index] for index in two)
    if frozenset((*first.dimensions.items(), *second.dimensions.items())) in HALVES and first.measure == second.measure:
        return two if first.measure == figures[total].measure else []
    spoken = figures[total].place.before + first.place.before + second.place.before
    if (
        figures[total].measure in TAKEN_IN
        and first.measure in LET_OUT
        and second.measure in PENDING
        and "结转" not in spoken
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

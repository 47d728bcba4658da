"""Totals and their parts, and what is left of a total: 63件，办结57件，6件正在办理."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reports.checking.claims import RelationKind
from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL
from reports.checking.lexicon import changes as words
from reports.checking.relations.contradictions import contradiction
from reports.checking.relations.ties import Tie, alike, sentences
from reports.checking.relations.totals import LET_OUT, MOST_PARTS, PENDING, TAKEN_IN, tie_of
from reports.checking.relations.verdicts import range_of
from reports.checking.units import Sort

REACH = 40  # counts looked at to either side of a total
LARGE = 1000
SIBLINGS = ("、", "和", "及", "与")
FOLLOWS = re.compile(r"(?:其中|按|从|包括|分别|主要)")
LEFT = re.compile(r"(?:其余|剩余|余下|尚有|未办结|未审结|正在|在办|在审|待办)")


def sums(figures: Sequence[Figure]) -> Iterator[Tie]:
    """Every total with its parts, and for what is left over the difference too."""
    groups = list(sentences(figures))
    for place, group in enumerate(groups):
        counts = [index for index in group if figures[index].is_count and not figures[index].last_year]
        found: list[set[int]] = []
        following = next_counts(figures, group, groups[place + 1] if place + 1 < len(groups) else [])
        for position, total in enumerate(counts):
            before, after = counts[max(0, position - REACH) : position], counts[position + 1 : position + REACH]
            ties = [
                *parts_after(figures, total, [*after, *following[: REACH - len(after)]]),
                *parts_before(figures, total, before or counts_of(figures, groups[place - 1], total)),
            ]
            for tie in ties or contradiction(figures, total, after, before, following):
                if any(parts.issuperset(tie.numbers) for parts in found):
                    continue  # 婚姻17起，邻里12起，其他5起, all parts of 34
                found.append(set(tie.numbers[1:]))
                yield tie
                yield from remainder(figures, tie)
        yield from balances(figures, counts)
        yield from others(figures, group, groups[place + 1] if following else [])


def counts_of(figures: Sequence[Figure], group: list[int], total: int) -> list[int]:
    """The counts of the sentence before a total, in its paragraph: 一季度45件，二季度60件。合计105件."""
    last, place = figures[group[-1]].place, figures[total].place
    if (last.paragraph, last.sentence) != (place.paragraph, place.sentence - 1):
        return []
    return [index for index in group if figures[index].is_count and not figures[index].last_year]


def others(figures: Sequence[Figure], group: list[int], further: list[int]) -> Iterator[Tie]:
    """Sums of amounts of money that are said to be one, and those of the year before."""
    money = [index for index in group if figures[index].sort is Sort.MONEY and not figures[index].change]
    for position, total in enumerate(money):
        yield from parts_before(figures, total, money[:position])
    earlier = [index for index in (*group, *further) if figures[index].is_count and figures[index].last_year]
    for position, total in enumerate(earlier):
        yield from parts_after(figures, total, earlier[position + 1 :])


def next_counts(figures: Sequence[Figure], group: list[int], following: list[int]) -> list[int]:
    """The counts of the next sentence of the paragraph, where it goes on about the same: 其中，… or only its parts."""
    if not following or figures[following[0]].place.paragraph != figures[group[0]].place.paragraph:
        return []
    first = figures[following[0]].place
    if first.sentence != figures[group[0]].place.sentence + 1:
        return []
    counts = [index for index in following if figures[index].is_count and not figures[index].last_year]
    divided = any(figures[index].part_of in group for index in counts)
    large = bool(counts) and figures[counts[0]].value >= LARGE  # such do not add up by chance
    follows = divided or large or FOLLOWS.search(first.lead[-12:] + first.before)
    return counts if follows or only_parts(figures, group, counts) else []


def only_parts(figures: Sequence[Figure], group: list[int], counts: list[int]) -> bool:
    """Whether a sentence says nothing but how the cases of the one before came out, three ways or more."""
    subject = figures[group[0]].subject
    told = {(figures[index].measure, figures[index].dimensions.get("outcome", "")) for index in counts}
    same = all(figures[index].subject == subject for index in counts)
    return subject != GENERAL and same and len(counts) > 2 and len(told) == len(counts)


def parts_after(figures: Sequence[Figure], total: int, following: list[int]) -> Iterator[Tie]:
    """The counts behind a total that add up to it: all of them, those beside it, its own, those in its bracket.

    Where it is divided twice, both: …53件，其中邻里纠纷30件、其他23件；调解成功49件，不成功4件.
    """
    depth = figures[total].place.depth
    beside = [index for index in following if figures[index].place.depth <= depth]
    inside = [index for index in following if figures[index].place.depth > depth]
    mine = [index for index in following if figures[index].part_of == total]
    if following and one_of_several(figures[total], figures[following[0]]):
        following, beside = [], []
    for chosen in (following, beside, mine, inside):
        parts = adding_up(figures, total, [index for index in chosen if alike(figures[index], figures[total])])
        if parts:
            yield tie_of(figures, total, parts)
            yield from divided_again(figures, total, parts[-1], chosen)
            return
    bracket = inside if inside and inside[0] == total + 1 else []
    parts = adding_up(figures, total, [index for index in bracket if alike(figures[index], figures[bracket[0]])])
    if parts:
        yield tie_of(figures, total, parts)  # 20件优秀案卷（处罚12卷、许可8卷）


def one_of_several(total: Figure, first: Figure) -> bool:
    """Whether two counts stand beside one another: 维持60件、驳回20件, or two ways out."""
    if first.place.before.startswith(SIBLINGS) and "其中" not in first.place.before and total.measure not in TAKEN_IN:
        return True
    return all("outcome" in figure.dimensions for figure in (total, first))


def divided_again(figures: Sequence[Figure], total: int, last: int, chosen: list[int]) -> Iterator[Tie]:
    """Further parts of the same total behind a semicolon."""
    rest = [index for index in chosen if index > last and alike(figures[index], figures[total])]
    apart = bool(rest) and figures[rest[0]].place.part != figures[last].place.part
    parts = adding_up(figures, total, rest) if apart else []
    if parts:
        yield tie_of(figures, total, parts)


def parts_before(figures: Sequence[Figure], total: int, before: list[int]) -> Iterator[Tie]:
    """The counts before a total that is said to be one (共计、合计) and that add up to it."""
    if not words.TOTAL.search(figures[total].place.before):
        return
    parts = adding_up(figures, total, [index for index in before[::-1] if alike(figures[index], figures[total])])
    if parts:
        yield tie_of(figures, total, parts[::-1])


def adding_up(figures: Sequence[Figure], total: int, candidates: list[int]) -> list[int]:
    """The first two or more of the candidates in a row that make the total; none if they overshoot it."""
    low, high = range_of(figures[total])
    parts: list[int] = []
    least, most = Fraction(0), Fraction(0)
    for index in candidates:
        figure = figures[index]
        if not figure.value:
            continue
        if parts and begins_parts(figure) and not begins_parts(figures[parts[0]]):
            return []  # 调解成功1件。其中麦积区2件: these are parts, and the one before is none beside them
        least, most = least + range_of(figure)[0], most + range_of(figure)[1]
        parts.append(index)
        if least > high or len(parts) > MOST_PARTS:
            return []
        if len(parts) > 1 and least <= high and most >= low:
            return parts
    return []


def begins_parts(figure: Figure) -> bool:
    return "其中" in figure.place.lead + figure.place.before


def remainder(figures: Sequence[Figure], tie: Tie) -> Iterator[Tie]:
    """Where the last part is what is left of the total, the difference that it must be."""
    total, *parts = tie.numbers
    last = figures[parts[-1]]
    if last.measure not in PENDING and not LEFT.search(last.place.before + last.place.after):
        return
    taken = sum((Fraction(figures[index].value) for index in parts[:-1]), Fraction(0))
    left = Fraction(figures[total].value) - taken
    yield Tie(RelationKind.DIFFERENCE, (total, *parts[:-1]), parts[-1], left, tie.verdict)


def balances(figures: Sequence[Figure], counts: list[int]) -> Iterator[Tie]:
    """What was taken in as what was let out and what is pending, where other figures stand between them."""
    for place, index in enumerate(counts):
        if figures[index].measure in PENDING:
            pairs = taken_and_let_out(figures, counts[max(0, place - MOST_PARTS) : place], index)
            for total, out in pairs[:1]:
                tie = tie_of(figures, total, (out, index))
                yield tie
                yield from remainder(figures, tie)


def taken_and_let_out(figures: Sequence[Figure], before: list[int], pending: int) -> list[tuple[int, int]]:
    """The pairs that balance with what is pending, the nearest first; those that stand together are found as sums."""
    return [
        (total, out)
        for out in reversed(before)
        for total in reversed(before)
        if total < out
        and figures[out].measure in (*LET_OUT, "succeeded")
        and figures[total].measure in TAKEN_IN
        and alike(figures[total], figures[pending])
        and alike(figures[out], figures[pending])
        and figures[total].value == figures[out].value + figures[pending].value
        and max(figures[total].place.depth, figures[out].place.depth) <= figures[pending].place.depth
        and (total + 1 != out or out + 1 != pending)
    ]

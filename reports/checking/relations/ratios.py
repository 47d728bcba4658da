"""Rates with the two counts they follow from: 办结57件 of 受理63件 is 办结率90.5%, and shares of a total."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reports.checking.claims import RelationKind, Verdict
from reports.checking.figures import Figure
from reports.checking.lexicon import changes as words
from reports.checking.relations.ties import Tie, alike, is_rate
from reports.checking.relations.verdicts import all_exact, judge, range_of
from reports.checking.units import Sort

BEFORE, AFTER = 16, 10  # figures looked at to either side of a rate
CLOSE = 1.5  # a pair further off the stated rate than this is not looked at more closely
SENTENCES = 2  # sentences looked back at, in the same paragraph
RATE_WORD = re.compile(r"([一-鿿]{1,12})率")
# rates that have one public definition: the part by the count next to it, of the count before that; not 按期办结率
PLAIN_RATE = re.compile(
    r"(?:案件|调解|调处|纠纷|矛盾纠纷|调解纠纷|信访|信访事项|协议|问题|隐患)?"
    r"(?:成功|办结|结案|化解|履行|整改|审结|调处|办复|通过|完成|调成|反馈|回复|合格|批准|参评)"
)
EACH = re.compile(r"(?:分别|各|依次|分别约|各约)占")
SIBLINGS = ("、", "和", "及", "与", ",", "以及")
BREAKS_DOWN = re.compile(r"^(?:其中|按[^,。;]{1,10}[分看,]|从[^,。;]{1,12}看)")
CARRIED_OVER = re.compile(r"结转|上年|去年|往年|旧存")


def ratios(figures: Sequence[Figure]) -> Iterator[Tie]:
    """Every rate of the text with its part and whole, as far as they stand near it."""
    for index, figure in enumerate(figures):
        if is_rate(figure) and figure.stated:
            tie = shared_out(figures, index)
            tie = tie or (share(figures, index) if says_share(figures, index) else rate(figures, index))
            if tie is not None:
                yield tie


def shared_out(figures: Sequence[Figure], index: int) -> Tie | None:
    """One of several shares that are told behind their parts: 处罚391件、公开88件, 分别占41.5%、9.3%."""
    first = last = index
    while first and goes_on(figures, first):
        first -= 1
    while last + 1 < len(figures) and goes_on(figures, last + 1):
        last += 1
    many = last - first + 1
    parts = range(max(0, first - many), first)
    if many < 2 or len(parts) < many or not EACH.search(figures[first].place.before):
        return None
    if not all(figures[part].is_count and alike(figures[part], figures[parts[0]]) for part in parts):
        return None
    wholes = [place for place in counts_near(figures, index) if place < parts[0]]
    return fitting_whole(figures, parts[index - first], index, wholes)


def goes_on(figures: Sequence[Figure], index: int) -> bool:
    """Whether a rate is one more of the list that the rate before it is in."""
    one, before = figures[index], figures[index - 1]
    together = one.place.sentence == before.place.sentence and one.place.before in SIBLINGS
    return together and is_rate(one) and is_rate(before)


def fitting_whole(figures: Sequence[Figure], part: int, index: int, wholes: Sequence[int]) -> Tie | None:
    """The share that the part has of the nearest of the wholes that fits."""
    ties = (tied(figures, part, whole, index) for whole in reversed(wholes))
    return next((tie for tie in ties if tie is not None and tie.verdict is not Verdict.INCONSISTENT), None)


def says_share(figures: Sequence[Figure], index: int) -> bool:
    """Whether a rate is a share (占…的60%), its whole perhaps standing between."""
    figure = figures[index]
    if words.SHARE.search(figure.place.before):
        return True
    previous = figures[index - 1] if index else None
    return (
        previous is not None
        and previous.place.sentence == figure.place.sentence
        and figure.place.before in ("的", "")
        and words.SHARE.search(previous.place.before) is not None
    )


def share(figures: Sequence[Figure], index: int) -> Tie | None:
    """A share with its part, the count before it, and the whole that fits it."""
    counts = counts_near(figures, index)
    if index and figures[index - 1].sort is Sort.MONEY:
        counts = [place for place in range(max(0, index - BEFORE), index) if figures[place].sort is Sort.MONEY]
    before = [place for place in counts if place < index]
    if len(before) > 1 and words.SHARE.search(figures[before[-1]].place.before):
        return tied(figures, before[-2], before[-1], index)  # 52件，占全部73件的71.2%
    if not before or figures[before[-1]].place.sentence != figures[index].place.sentence:
        return None
    part = named_part(figures, before, index)
    wholes = [*reversed([place for place in counts if place > index]), *counts_above(figures, index), *before[:-1]]
    if tie := fitting_whole(figures, part, index, wholes):
        return tie
    head = figures[part].part_of
    bare = re.fullmatch(r"[,(]?(?:占|占比|占比为|占比达)", figures[index].place.before)
    if head is None or not bare or part != index - 1 or not all_exact((figures[part], figures[head], figures[index])):
        return None
    return tied(figures, part, head, index)


def named_part(figures: Sequence[Figure], before: list[int], index: int) -> int:
    """The count that the words before 占 name (专职612名、兼职6794名，专职占比8.3%), else the last."""
    name = re.match(r"[,、;]?([一-鿿]{2,8})占", figures[index].place.before)
    called = [place for place in before if name and figures[place].place.before.endswith(name[1])]
    return called[-1] if called else before[-1]


def rate(figures: Sequence[Figure], index: int) -> Tie | None:
    """A rate with the pair of counts near it that fits it, or with the two that are plainly its own."""
    counts = counts_near(figures, index)
    fitting = []
    for part in counts:
        for whole in counts:
            tie = tied(figures, part, whole, index) if is_close(figures, part, whole, index) else None
            if tie is not None and tie.verdict is not Verdict.INCONSISTENT:
                role = plays_part(figures[part], figures[index])
                near = abs(index - part) + abs(index - whole)
                if role or (near <= 5 and figures[index].value != 100):
                    fitting.append((not role, part > whole and whole > index, near, part, tie))
    if fitting:
        return min(fitting, key=lambda each: each[:4])[-1]
    return plain_rate(figures, index)


def plain_rate(figures: Sequence[Figure], index: int) -> Tie | None:
    """A rate that does not fit, where nothing but the two counts before it can be meant."""
    figure = figures[index]
    named = RATE_WORD.search(figure.place.before)
    counts = counts_since(figures, index)
    if not named or not PLAIN_RATE.fullmatch(named[1]) or not 2 <= len(counts) <= 3:
        return None
    whole, part = counts[:2]
    involved = [figures[place] for place in (*counts, index)]
    remainder = len(counts) == 2 or figures[part].value + figures[counts[2]].value == figures[whole].value
    spoken = "".join(each.place.lead + each.place.before for each in involved)
    if (
        not remainder
        or not all_exact(involved)
        or not plays_part(figures[part], figure)
        or named[1][-2:] in figures[whole].place.before[-12:]
        or len({each.subject for each in involved}) > 1
        or figures[part].value > figures[whole].value
        or CARRIED_OVER.search(spoken)
    ):
        return None
    return tied(figures, part, whole, index)


def counts_since(figures: Sequence[Figure], index: int) -> list[int]:
    """The counts since the rate before, in the rate's own part of the sentence; none if they differ in unit."""
    found: list[int] = []
    for place in range(index - 1, -1, -1):
        figure = figures[place]
        if figure.place.sentence != figures[index].place.sentence or figure.place.part != figures[index].place.part:
            break
        if figure.place.depth > figures[index].place.depth:
            continue  # 调成191起（书面63起、口头128起）
        if not figure.is_count or figure.last_year or not figure.stated:
            return [] if figure.stated else found[::-1]
        found.append(place)
    return found[::-1] if all(alike(figures[found[0]], figures[place]) for place in found) else []


def counts_near(figures: Sequence[Figure], index: int) -> list[int]:
    """The counts a rate may follow from: of its sentence and, in the same paragraph, of the two before it."""
    own = figures[index]
    near = []
    for place in range(max(0, index - BEFORE), min(len(figures), index + AFTER)):
        figure = figures[place]
        distance = own.place.sentence - figure.place.sentence
        together = figure.place.paragraph == own.place.paragraph and 0 <= distance <= SENTENCES
        if together and figure.is_count and figure.last_year == own.last_year:
            near.append(place)
    return near


def counts_above(figures: Sequence[Figure], index: int) -> list[int]:
    """The counts of the paragraph before, where a paragraph begins by dividing them: 按类型分，… 从来源看，…"""
    own = figures[index].place
    places = range(max(0, index - BEFORE), index)
    opening = next((figures[each].place for each in places if figures[each].place.paragraph == own.paragraph), own)
    if not BREAKS_DOWN.search(opening.lead + opening.before):
        return []
    above = [each for each in places if figures[each].place.paragraph == own.paragraph - 1]
    return [each for each in above if figures[each].is_count and not figures[each].last_year]


def is_close(figures: Sequence[Figure], part: int, whole: int, index: int) -> bool:
    """Whether two counts can make the rate at all: reckoned roughly, since most pairs cannot."""
    if part == whole or not figures[whole].value:
        return False
    one, all_, stated = figures[part], figures[whole], figures[index]
    scale = 1000 if stated.unit == "‰" else 100
    rough = abs(float(one.value) / float(all_.value) * scale - float(stated.value))
    return rough < CLOSE * scale / 100 or not all_exact((one, all_, stated))


def plays_part(part: Figure, rate: Figure) -> bool:
    """Whether a count is named by what the rate is of: 办结57件 by 办结率."""
    named = RATE_WORD.search(rate.place.before)
    stem = named[1][-4:] if named else ""
    said = part.place.before[-12:] + part.place.after
    return any(stem[place : place + 2] in said for place in range(len(stem) - 1))


def tied(figures: Sequence[Figure], part: int, whole: int, index: int) -> Tie | None:
    """The ratio of two counts against a stated rate; None where the two make none."""
    one, all_, stated = figures[part], figures[whole], figures[index]
    if not alike(one, all_) or not all_.value or (one.value > all_.value and stated.value <= 100):
        return None
    scale = 1000 if stated.unit == "‰" else 100
    (least, most), (below, above) = range_of(one), range_of(all_)
    if below <= 0:
        return None
    verdict = judge(stated, least / above * scale, most / below * scale)
    return Tie(RelationKind.RATIO, (part, whole), index, Fraction(one.value) / Fraction(all_.value) * scale, verdict)

"""Changes against another year: by how many, by how much per cent, by how many percentage points."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from reports.checking.claims import RelationKind, Verdict
from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL
from reports.checking.relations.ties import Tie, alike
from reports.checking.relations.verdicts import all_exact, judge, range_of
from reports.checking.units import Sort

# 去年受理85件, 8月份为50件: perhaps what it was before, if it fits
BEFORE = re.compile(r"上年|去年|上月|上季|(?:^|[,;(])\d{1,2}月份?(?:为|是)?$")
PERIOD = re.compile(r"(?:19|20)\d{2}年|\d{1,2}月|季度|上半年|前年")
YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
SENTENCES = 2  # sentences looked back at for the figures of two periods
NAMED = 30  # so far before a number a period may be named
REACH = 6  # figures to either side
BARE = re.compile(
    r"(?:、|和|,)?(?:同比|较上年|比上年|比去年|较去年)?[一-鿿]{2,4}(?:了|达|为)?"
)  # 增长, 同比提高了: nothing else named


def changes(figures: Sequence[Figure]) -> Iterator[Tie]:
    """Every stated change with the figures of now and before that it follows from."""
    for index, figure in enumerate(figures):
        if figure.change and figure.stated:
            tie = change(figures, index)
            if tie is not None:
                yield tie


def change(figures: Sequence[Figure], index: int) -> Tie | None:
    """A change with the pair that fits it, or with the only pair that can be meant."""
    stated = figures[index]
    near = [
        place
        for place in range(max(0, index - REACH), min(len(figures), index + REACH))
        if place != index and comparable(figures[place], stated)
    ]
    earlier = [place for place in near if BEFORE.search(figures[place].place.before) or figures[place].last_year]
    now = [place for place in near if place not in earlier and place < index]
    pairs = sorted(
        ((one, other) for one in now for other in earlier if alike(figures[one], figures[other])),
        key=lambda pair: abs(pair[0] - index) + abs(pair[1] - index),
    )
    for one, other in pairs:
        tie = tied(figures, one, other, index)
        if tie is not None and tie.verdict is not Verdict.INCONSISTENT:
            return tie
    if not pairs:
        return over_years(figures, index) or by_so_many(figures, index)
    pairs = [pair for pair in pairs if figures[pair[1]].last_year]
    pairs = [pair for pair in pairs if pair == beside(figures, index)] or pairs
    if len(pairs) != 1 or not all_exact([figures[place] for place in (*pairs[0], index)]):
        return None
    one, other = pairs[0]
    if not BARE.fullmatch(stated.place.before):
        return None
    between = set(range(min(one, other, index), max(one, other, index))) - {one, other, index}
    return tied(figures, one, other, index) if all(figures[place].change for place in between) else None


def over_years(figures: Sequence[Figure], index: int) -> Tie | None:
    """A change that fits the last counts of two periods, each in a sentence of its own: 2022年365件。2023年412件."""
    stated, place = figures[index], figures[index].place
    counts = [
        before
        for before in range(index - 1, max(-1, index - REACH - 1), -1)
        if figures[before].place.paragraph == place.paragraph
        and place.sentence - figures[before].place.sentence <= SENTENCES
        and not figures[before].change
        and (figures[before].is_count or figures[before].sort is stated.sort is Sort.MONEY)
    ]
    for one, other in combinations(counts, 2):
        timed = PERIOD.search(figures[other].place.lead[-NAMED:] + figures[other].place.before)
        if timed and alike(figures[one], figures[other]) and figures[one].subject == figures[other].subject:
            tie = tied(figures, one, other, index)
            if tie is not None and tie.verdict is not Verdict.INCONSISTENT:
                return tie
    return tied(figures, index - 1, index - 2, index) if of_two_years(figures, index) else None


def of_two_years(figures: Sequence[Figure], index: int) -> bool:
    """Whether right before a change stand two figures that only the year tells apart: 2022年32件，2023年36件."""
    if index < 2 or not BARE.fullmatch(figures[index].place.before):
        return False
    then, now, stated = figures[index - 2 : index + 1]
    together = then.place.sentence == now.place.sentence == stated.place.sentence and alike(then, now)
    same = now.subject != GENERAL and (then.subject, then.measure) == (now.subject, now.measure)
    exact = all_exact((then, now, stated)) and not (then.narrowed or now.narrowed or then.change or now.change)
    years = [YEAR.findall(figure.place.before)[:1] for figure in (then, now)]
    return together and same and exact and all(years) and years[0] < years[1]


def beside(figures: Sequence[Figure], index: int) -> tuple[int, int]:
    """The two figures right before a change, other changes aside: 85件，较上年同期的159件减少74件，下降46.5%."""
    place = index - 1
    while place > 0 and figures[place].change:
        place -= 1
    return place - 1, place


def by_so_many(figures: Sequence[Figure], index: int) -> Tie | None:
    """A change in per cent beside the number of the same change: 356件，增加142件，增长66.4%."""
    if index < 2 or figures[index].sort is not Sort.RATE:
        return None
    now, more, stated = figures[index - 2 : index + 1]
    whole = index - 2 if now.part_of is None else now.part_of
    together = now.place.sentence == more.place.sentence == stated.place.sentence and alike(figures[whole], more)
    if not together or not now.is_count or more.change != stated.change or not BARE.fullmatch(stated.place.before):
        return None
    before = Fraction(figures[whole].value) - Fraction(more.value) * (1 if more.change == "up" else -1)
    if before <= 0 or not all_exact((figures[whole], more)):
        return None
    share = Fraction(more.value) / before * 100
    tie = Tie(RelationKind.CHANGE, (whole, index - 1), index, share, judge(stated, share, share))
    return tie if tie.verdict is not Verdict.INCONSISTENT or now.part_of is None else None


def comparable(figure: Figure, stated: Figure) -> bool:
    """Whether a figure may be what changed: of the same sentence and, for points, a rate, for a number, its like."""
    if figure.change or not figure.stated or figure.place.sentence != stated.place.sentence:
        return False
    if stated.sort is Sort.POINTS:
        return figure.sort is Sort.RATE
    if stated.sort is Sort.RATE:
        return figure.is_count or figure.sort is Sort.MONEY
    return alike(figure, stated)


def tied(figures: Sequence[Figure], now: int, before: int, index: int) -> Tie | None:
    """The change from one figure to another against a stated one."""
    stated = figures[index]
    sign = 1 if stated.change == "up" else -1
    (least, most), (below, above) = range_of(figures[now]), range_of(figures[before])
    if stated.sort is not Sort.RATE:
        ends = sorted((sign * (least - above), sign * (most - below)))
        computed = sign * (Fraction(figures[now].value) - Fraction(figures[before].value))
    elif below <= 0:
        return None
    else:
        ends = sorted((sign * (least / above - 1) * 100, sign * (most / below - 1) * 100))
        computed = sign * (Fraction(figures[now].value) / Fraction(figures[before].value) - 1) * 100
    return Tie(RelationKind.CHANGE, (now, before), index, computed, judge(stated, ends[0], ends[1]))

"""The figures read so far, and what a further one has to do with those before it in its sentence."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL, SUBJECTS
from reports.checking.lexicon import changes as words
from reports.checking.naming import measure_said
from reports.checking.passages import Place
from reports.checking.units import Sort

JOINED = ("和", "、", "及", "与", "以及", "、和")
SEVERAL_RATES = re.compile(
    r"(?:[一-鿿]{2,12}率(?:、|和|及|与|以及))+(?=[一-鿿]{2,12}率(?:均|都|皆)?(?!分别)[^,。;]{0,6}$)"
)
DIVIDING = re.compile(  # what follows are parts of a count before: 按被申请人分:, 从申请事项看, 结案方式为:, 有效信件中
    r"(?:按|依|从|以|分)(?!别为|别是)[^,。;:\d]{0,14}(?:分为|分类|划分|来看|看|分)[,:]?"
    r"|分类(?:统计|来看|看)[,:]"
    r"|(?:方式|结果|原因|类型|类别|领域|来源|构成|去向|渠道)(?:上)?(?:是|为|有|看)?:"
    r"|[一-鿿]{0,8}(?<![其当])中[,:]?"
    r"|(?:^|,|\()(?:主要)?(?:包括|包含|涵盖)"
)
OF_LAST = re.compile(r"[一-鿿]*中[,:]?")  # the number right before is meant: 13件行政诉讼案件中,
IN_ALL = re.compile(r"^[,(]?(?:各|分别|约)?占")  # 行政处罚241件，占46.9%
GOING_ON = frozenset({Sort.CASES, Sort.PERSONS, Sort.ATTENDANCE, Sort.MONEY, Sort.DAYS})
REACH = 40  # figures looked back at for what a figure is a part of or compared with


class Trail:
    """Remembers the figures of a text in order, and which of them 其中 speaks of."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.head: int | None = None
        self.opened = 0  # how deep in brackets 其中 stood
        self.dividing = False  # the parts are announced, and go on to the end of the sentence

    def previous(self, place: Place) -> Figure | None:
        """The figure before, of the same sentence; behind a closed bracket the one before the bracket, if any."""
        last = None
        for figure in reversed(self.figures[-REACH:]):
            if figure.place.sentence != place.sentence:
                break
            if figure.place.depth <= place.depth:
                return figure
            last = last or figure
        return last

    def forget_head(self) -> None:
        self.head, self.opened, self.dividing = None, 0, False

    def move_on(self, place: Place, *, sentence: bool) -> None:
        """Forget of what the parts are at the end of a sentence or clause, but where their enumeration goes on."""
        if sentence or not (self.dividing or IN_ALL.search(place.ahead)):
            self.forget_head()

    def like_before(self, place: Place, sort: Sort | None = None) -> Figure | None:
        """The last figure before in the sentence of the same sort that says how many there are, not how many more."""
        for figure in reversed(self.figures[-REACH:]):
            if figure.place.sentence != place.sentence:
                return None
            if figure.sort is (sort or place.mention.sort) and not figure.change:
                return figure
        return None

    def subject_before(self, place: Place) -> str:
        """The subject of the last count of the like in the sentence; for a rate of the last figure.

        Where there is none of the like, the subject of the figure before, if nothing else is spoken of.
        """
        spoken_of: list[str] = []
        for figure in reversed(self.figures[-REACH:]):
            if figure.place.sentence != place.sentence:
                break
            spoken_of.append(figure.subject)
            if figure.sort is place.mention.sort or place.mention.sort is Sort.RATE:
                return figure.subject if figure.subject != GENERAL else ""
        alone = len(set(spoken_of)) == 1 and spoken_of[0] != GENERAL and place.mention.sort in GOING_ON
        return spoken_of[0] if alone else ""

    def subject_beside(self, place: Place) -> str:
        """The subject of the count before, where both are shares of one whole (处罚类6件，占40%；许可类3件，占20%)."""
        like = self.like_before(place) if IN_ALL.search(place.ahead) else None
        return like.subject if like is not None and IN_ALL.search(like.place.ahead) else GENERAL

    def narrowed_to(self, place: Place, subject: str, names: Collection[str]) -> dict[str, str]:
        """The groups of the last whole figure before in the sentence, where it is of the subject."""
        for figure in reversed(self.figures[-REACH:]):
            if figure.place.sentence != place.sentence:
                break
            if figure.part_of is None and figure.is_count and figure.place.depth <= place.depth:
                narrowed = figure.dimensions.items() if figure.subject == subject else ()
                return {name: value for name, value in narrowed if name in names}
        return {}

    def change_of(self, place: Place) -> str:
        """Whether the figure says by how much something went up or down."""
        found = words.CHANGE_END.search(place.before)
        if found:
            return "up" if found["up"] or found["more"] else "down"
        previous = self.previous(place)
        if previous is not None and place.before in JOINED and place.mention.sort is previous.sort:
            return previous.change
        if place.mention.sort is Sort.POINTS:
            return "up" if "高" in place.before else "down"
        return ""

    def part_of(self, place: Place) -> int | None:
        """The figure that this one is a part of: the one before 其中, or before the bracket it stands in."""
        previous = self.previous(place)
        if place.depth < self.opened:
            self.forget_head()  # 126件（其中网上投诉78件），办结112件: what follows is of all again
        if self.divides(place):
            return self.head
        if previous is None:
            return None
        if "其中" in place.lead + place.before:
            self.head, self.opened = self.head_before(place), place.depth
        elif place.depth > previous.place.depth:
            return self.head_before(place)
        if self.head is None or not place.mention.is_count:
            return None
        same = self.figures[self.head].sort is place.mention.sort
        return self.head if same else self.head_before(place)

    def divides(self, place: Place) -> bool:
        """Whether words announce parts of a count before, in this sentence or at the start of it of the one before."""
        said = DIVIDING.search(place.lead[-24:] + place.before) if place.mention.is_count else None
        head = self.divided_by(place, said[0]) if said else None
        if head is not None:
            self.head, self.opened, self.dividing = head, place.depth, True
        return head is not None

    def divided_by(self, place: Place, said: str) -> int | None:
        """The last count, or where words name one (诉求中, 有效信件中) the one that shares most with them."""
        pairs = {said[start : start + 2] for start in range(len(said) - 1)}
        shared = {index: sum(pair in self.figures[index].place.before for pair in pairs) for index in self.near(place)}
        named = "中" in said and not (self.previous(place) and OF_LAST.fullmatch(place.lead))
        head = max(shared, key=lambda index: (named * shared[index], index), default=None)
        return head if head is not None and self.figures[head].subject != GENERAL else None

    def near(self, place: Place) -> Iterator[int]:
        """The counts of the like in the sentence and the one before, the last first."""
        for index in range(len(self.figures) - 1, max(-1, len(self.figures) - REACH), -1):
            figure = self.figures[index]
            if figure.place.paragraph != place.paragraph or figure.place.sentence < place.sentence - 1:
                return
            if figure.is_count and not figure.last_year and figure.sort is place.mention.sort:
                yield index

    def head_before(self, place: Place) -> int | None:
        for index in range(len(self.figures) - 1, max(-1, len(self.figures) - REACH), -1):
            figure = self.figures[index]
            if figure.place.sentence != place.sentence:
                return None
            if figure.is_count and figure.sort is place.mention.sort:
                return index
        return None


def is_from(place: Place) -> bool:
    """Whether the figure is what another rose or fell from (由86名增至120名)."""
    return words.FROM.search(place.before) is not None and words.TO.search(place.after) is not None


def other_rates(figure: Figure) -> Iterator[Figure]:
    """The rates named before the last of several that share one number: 受理率、办结率均为100%."""
    found = SEVERAL_RATES.search(figure.place.before) if figure.sort is Sort.RATE else None
    if not found or figure.change:
        return
    start = figure.place.mention.start - len(figure.place.before)
    for name in re.finditer(r"[一-鿿]{2,12}率", found[0]):
        said = measure_said(SUBJECTS[figure.subject], name[0], Sort.RATE) if figure.subject != GENERAL else None
        mention = replace(figure.place.mention, start=start + found.start() + name.start())
        place = replace(figure.place, mention=mention)
        yield replace(figure, place=place, measure=said.measure if said else "", stated=False)

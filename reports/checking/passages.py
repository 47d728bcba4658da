"""Where each number of a text stands: its paragraph, sentence and clause, and the words that are its own."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reports.checking.mentions import Mention, mentions
from reports.checking.text import BREAK

SENTENCE_END = re.compile(r"[。!?\n\t]")
CLAUSE_END = re.compile(r"[,;:。!?\n\t]")
AFTER_END = re.compile(r"[,、;:。!?\n\t()]")
OF_NEXT = re.compile(r"中(?!心)|已|均|仅")  # from here on it is of the number that follows: 86件事项已化解82件
OWN_AFTER = 16  # so far behind a number its own words may stand
LEADING = 600  # of what leads to a number in its paragraph, so much is looked at
AHEAD = 200  # so far on in a sentence it may be named what it is about
HEADING = 40  # the longest paragraph that is a heading


@dataclass(frozen=True, slots=True)
class Place:
    """A number and the words around it: `before` it from the start of its clause or the number before, where that is
    nearer; the `lead` from the number before up to there; and those `after` it.
    """

    mention: Mention
    sentence: int
    paragraph: int
    part: int  # counts the stretches between semicolons
    depth: int
    before: str
    lead: str
    after: str
    ahead: str  # the rest of its sentence
    heading: str  # for the first of a paragraph, what leads to it, and the short paragraph above


def places(text: str) -> Iterator[Place]:
    """Every number of the text with its surroundings."""
    sentences = [found.start() for found in SENTENCE_END.finditer(text)]
    paragraphs = [found.start() for found in re.finditer(r"\n", text)]
    clauses = [found.end() for found in CLAUSE_END.finditer(text)]
    parts = [found.start() for found in re.finditer(r"[;。!?\n\t]", text)]
    depths = depth_steps(text)
    found, paragraph = list(mentions(text)), -1
    for place, mention in enumerate(found):
        previous = found[place - 1].end if place else 0
        following = found[place + 1].start if place + 1 < len(found) else len(text)
        clause = clauses[bisect_right(clauses, mention.start) - 1] if bisect_right(clauses, mention.start) else 0
        sentence = bisect_right(sentences, mention.start)
        sentence_start = sentences[sentence - 1] + 1 if sentence else 0
        paragraph_before, paragraph = paragraph, bisect_right(paragraphs, mention.start)
        yield Place(
            mention,
            sentence,
            paragraph,
            bisect_right(parts, mention.start),
            depth_at(depths, mention.start),
            text[max(previous, clause, mention.start - LEADING) : mention.start],
            text[max(previous, sentence_start, clause - LEADING) : max(previous, clause)],
            own_after(text, mention.end, following),
            text[mention.end : sentences[sentence] if sentence < len(sentences) else len(text)][:AHEAD],
            heading_of(text, max(previous, clause)) if paragraph != paragraph_before else "",
        )


def heading_of(text: str, end: int) -> str:
    """What leads to a clause from the start of its paragraph, and the heading above where the paragraph has one."""
    start = text.rfind(BREAK, max(0, end - LEADING), end) + 1
    above = text.rfind(BREAK, max(0, start - HEADING - 1), max(0, start - 1)) + 1
    return text[above if 0 < start - above <= HEADING else start : end]


def own_after(text: str, start: int, following: int) -> str:
    """The words behind a number that may say what it counts: up to the next sign or number."""
    stop = min(following, start + OWN_AFTER)
    end = AFTER_END.search(text, start, stop) or (OF_NEXT.search(text, start, stop) if stop == following else None)
    return text[start : end.start() if end else stop]


def depth_steps(text: str) -> list[tuple[int, int]]:
    """Where brackets open and close, with the depth from there on; a paragraph's end closes all that were left open."""
    depth, steps = 0, []
    for found in re.finditer(r"[()\n\t]", text):
        sign = found[0]
        depth = 0 if sign in "\n\t" else depth + 1 if sign == "(" else max(0, depth - 1)
        steps.append((found.start(), depth))
    return steps


def depth_at(steps: list[tuple[int, int]], position: int) -> int:
    place = bisect_right(steps, (position, 1_000_000))
    return steps[place - 1][1] if place else 0

"""The annotated page: the text with its marks, and beside each line what is said of the figures in it.

The page is whole in itself: no script, nothing fetched, readable in print and without colours. The fragment is the same
without head and foot, for a page of the service.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from reports.checking.marking.marks import Light, Mark, apart, marks
from reports.checking.reviewing import Linked, Review


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a line, marked or not."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report in stretches, with the marks that stand in it."""

    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]


def page(review: Review, linked: Linked, *, title: str) -> str:
    """The whole page."""
    return render_to_string("checking/page.html", {**context(review, linked), "title": title})


def fragment(review: Review, linked: Linked) -> str:
    """What stands between the head and the foot of a page."""
    return render_to_string("checking/fragment.html", context(review, linked))


def context(review: Review, linked: Linked) -> dict[str, object]:
    return {
        "lines": list(lines(review.document.text, list(apart(marks(review, linked))))),
        "counts": review.counts,
        "wish": review.wish,
        "lights": list(Light),
    }


def lines(text: str, found: list[Mark]) -> Iterator[Line]:
    """Every line that holds something. A mark belongs to the line it begins in, and may go on over its end."""
    position, waiting = 0, list(reversed(found))
    while position < len(text):
        end = end_of_line(text, position)
        stretches: list[Stretch] = []
        own: list[Mark] = []
        while waiting and waiting[-1].start < end:
            each = waiting.pop()
            own.append(each)
            stretches += [Stretch(text[position : each.start]), Stretch(text[each.start : each.end], each)]
            position = each.end
            end = end_of_line(text, position) if position > end else end
        stretches.append(Stretch(text[position:end].rstrip("\r\n")))
        if any(each.text.strip() for each in stretches):
            yield Line(tuple(each for each in stretches if each.text), tuple(own))
        position = end


def end_of_line(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1

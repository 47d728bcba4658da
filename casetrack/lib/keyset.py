"""Where in an order a page begins, and how its rows are found without looking at those before it.

An order may lead with a column that is not always filled (no day of closing yet). The rows without a value come last,
whichever way the others run; each of the two parts is an unbroken stretch of one index.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

NEAR = (250, 5000)
"""So many rows next in the order are looked through first, where a filter may leave many of them or hardly any.

A word that half of the cases have fills a page from the few; looking through more costs time even where they match.
"""

Order = tuple[str, ...]
Place = Sequence[str | None]


def turned(order: Order) -> Order:
    """The same order the other way."""
    return tuple(term[1:] if term.startswith("-") else f"-{term}" for term in order)


def name_of(term: str) -> str:
    return term.removeprefix("-")


def columns_ordering(queryset: QuerySet[Any]) -> list[str]:
    """The columns that a page must know of its rows, so that the next can begin behind the last."""
    return [name_of(str(term)) for term in queryset.query.order_by]


def parts(model: Any, order: Order, place: Place, *, backwards: bool) -> Iterator[Q]:
    """The stretches to read one after the other, from a place on; `order` is that of reading."""
    lead = name_of(order[0])
    nullable = lead != "pk" and model._meta.get_field(lead).null
    if not nullable:
        yield behind(order, place) if place else Q()
        return
    filled, empty = Q(**{f"{lead}__isnull": False}), Q(**{f"{lead}__isnull": True})
    in_empty = bool(place) and place[0] is None
    beyond = empty & behind(order[1:], place[1:]) if in_empty else filled & behind(order, place) if place else Q()
    if backwards:
        yield beyond
        if in_empty:
            yield filled
    else:
        if not in_empty:
            yield filled & beyond
        yield beyond if in_empty else empty


def behind(order: Order, place: Place) -> Q:
    """What follows a row in an order of one or more terms: further in the first, or level there and further on."""
    first, value = order[0], place[0]
    name = name_of(first)
    side = "lt" if first.startswith("-") else "gt"
    further = Q(**{f"{name}__{side}": value})
    if len(order) == 1:
        return further
    # the bound on the first term alone lets an index on it begin at the place
    return Q(**{f"{name}__{side}e": value}) & (further | (Q(**{name: value}) & behind(order[1:], place[1:])))


def rows_in(
    queryset: QuerySet[Any], order: Order, place: Place, number: int, *, backwards: bool, wider: QuerySet[Any] | None
) -> list[Any]:
    """The first so many rows from a place on."""
    found: list[Any] = []
    for part in parts(queryset.model, order, place, backwards=backwards):
        if len(found) < number:
            nearby = None if wider is None else wider.filter(part)  # asking whether it is true would read all of it
            found += first_of(queryset.filter(part), order, number - len(found), nearby)
    return found


def first_of(queryset: QuerySet[Any], order: Order, number: int, wider: QuerySet[Any] | None) -> list[Any]:
    """The first rows in an order; with `wider`, of which the filters may leave any share, without a gamble.

    The planner either follows the order and hopes to meet enough rows soon, or gathers all that match and sorts them.
    Where it is wrong about how many match (words that go together, an old county's overdue cases), either can mean
    reading a million rows. So the next rows in the order are looked through, a fixed number of them; and if these
    don't suffice, few match, and all that match are gathered.
    """
    if wider is None:
        return list(queryset.order_by(*order)[:number])
    for looked_at in NEAR:
        near = wider.order_by(*order).values("pk")[:looked_at]
        found = list(queryset.filter(pk__in=near).order_by(*order)[:number])
        if len(found) == number:
            return found
    return list(queryset.order_by(*map(by_no_index, order))[:number])


def by_no_index(term: str) -> Any:
    """The same order, in a form that no index has, so that what matches is found first and sorted then."""
    column = Coalesce(F(name_of(term)), F(name_of(term)))
    return column.desc() if term.startswith("-") else column.asc()

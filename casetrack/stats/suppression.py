"""Which groups of a table must be hidden so that those hidden can't be worked out from the sums that remain.

Pure arithmetic. A group is a combination of values of dimensions; the empty one is the total, which is always shown. A
group equals the sum of the groups that divide it further, wherever both are in the table.
"""

from collections.abc import Iterable, Mapping, Set
from itertools import permutations

Group = frozenset[tuple[str, str]]
Sum = tuple[Group, ...]
"""A group, then those that it is the sum of."""

TOTAL: Group = frozenset()
PRIME = 2**61 - 1  # arithmetic modulo a large prime finds the same pivots as with fractions, and stays small


class NothingLeftToHide(Exception):
    """Even hiding every group that helps would leave one that can be worked out."""


def hidden(weights: Mapping[Group, int], small: Set[Group]) -> set[Group]:
    """The small groups, and as few and light others as keep every one of them from being worked out."""
    sums, found = sums_of(weights), set(small)
    while known := worked_out(sums, found):
        for group in sorted(known, key=sorted):
            if not worked_out(sums, found) & {group}:
                continue
            helpers = {each for line in sums if group in line for each in line} - found - {TOTAL}
            if not helpers:
                raise NothingLeftToHide
            # a zero protects too, but says more about the others than a large number does
            found.add(min(helpers, key=lambda each: (not weights[each], weights[each], sorted(each))))
    return found


def sums_of(groups: Iterable[Group]) -> list[Sum]:
    """Every equation that someone who sees the table can write down."""
    tables: dict[frozenset[str], list[Group]] = {frozenset(): [TOTAL]}
    for group in groups:
        if group:
            tables.setdefault(frozenset(name for name, _ in group), []).append(group)
    pairs = [(above, below) for above, below in permutations(tables, 2) if above < below]
    return [
        (whole, *(part for part in tables[below] if whole <= part)) for above, below in pairs for whole in tables[above]
    ]


def worked_out(sums: Iterable[Sum], unknown: Set[Group]) -> set[Group]:
    """The unknown groups that follow from the known ones: those whose value no solution of the sums can change."""
    solved: dict[Group, dict[Group, int]] = {}
    for line in sums:
        row = {group: 1 for group in line[1:] if group in unknown}
        if line[0] in unknown:
            row[line[0]] = PRIME - 1
        for pivot in [group for group in row if group in solved]:
            subtract(row, solved[pivot], row[pivot])
        if not row:
            continue
        pivot, lead = next(iter(row.items()))
        inverse = pow(lead, -1, PRIME)
        row = {group: value * inverse % PRIME for group, value in row.items()}
        for other in solved.values():
            if pivot in other:
                subtract(other, row, other[pivot])
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def subtract(row: dict[Group, int], other: Mapping[Group, int], times: int) -> None:
    for group, value in other.items():
        left = (row.get(group, 0) - times * value) % PRIME
        if left:
            row[group] = left
        else:
            row.pop(group, None)

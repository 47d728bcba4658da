"""No hidden small group can be worked out from a table: another table, as possible, would look the same."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casetrack.stats.suppression import TOTAL, Group, NothingLeftToHide, hidden, worked_out

Leaves = dict[tuple[str, str], int]
CHANNELS, OUTCOMES = ("letter", "visit", "online"), ("settled", "withdrawn")
LEAVES = list(product(CHANNELS, OUTCOMES))
TABLES = (("channel",), ("outcome",), ("channel", "outcome"))


def group(**values: str) -> Group:
    return frozenset(values.items())


def table_of(leaves: Leaves, asked: tuple[tuple[str, ...], ...]) -> dict[Group, int]:
    """Every value, also of what does not occur: otherwise whatever is hidden would be known to be there."""
    shown = {TOTAL: sum(leaves.values())}
    for by in asked:
        for (channel, outcome), number in leaves.items():
            values = {"channel": channel, "outcome": outcome}
            key = group(**{name: values[name] for name in by})
            shown[key] = shown.get(key, 0) + number
    return shown


def looks_the_same(one: dict[Group, int], other: dict[Group, int], unseen: set[Group]) -> bool:
    return all(one[key] == other[key] for key in one if key not in unseen)


leaves_drawn = st.lists(st.integers(0, 9), min_size=6, max_size=6).map(lambda n: dict(zip(LEAVES, n, strict=True)))
asked_drawn = st.lists(st.sampled_from(TABLES), min_size=1, unique=True).map(tuple)


# an example looks at seven hundred tables: no deadline holds for that on a busy machine
@settings(max_examples=60, deadline=None)
@given(leaves=leaves_drawn, asked=asked_drawn)
@example(leaves=dict(zip(LEAVES, (3, 0, 0, 0, 0, 0), strict=True)), asked=(("channel",),))
@example(leaves=dict(zip(LEAVES, (9, 1, 1, 0, 0, 6), strict=True)), asked=TABLES)
@example(leaves=dict(zip(LEAVES, (1, 1, 9, 9, 9, 9), strict=True)), asked=TABLES)
def test_another_table_would_look_the_same(leaves: Leaves, asked: tuple[tuple[str, ...], ...]) -> None:
    shown = table_of(leaves, asked)
    small = {key for key, number in shown.items() if key and 1 <= number <= 4}

    unseen = hidden(shown, small)

    others = [
        table_of({leaf: leaves[leaf] + move for leaf, move in zip(LEAVES, moves, strict=True)}, asked)
        for moves in product((-1, 0, 1), repeat=len(LEAVES))
        if all(leaves[leaf] + move >= 0 for leaf, move in zip(LEAVES, moves, strict=True))
    ]
    alike = [other for other in others if looks_the_same(shown, other, unseen)]
    assert small <= unseen
    assert all(any(other[key] != shown[key] for other in alike) for key in small)


def test_what_is_left_of_a_total_hides_one_more() -> None:
    table = {TOTAL: 62, group(channel="letter"): 2, group(channel="visit"): 20, group(channel="online"): 40}

    assert hidden(table, {group(channel="letter")}) == {group(channel="letter"), group(channel="visit")}


def test_a_large_table_hides_nothing() -> None:
    table = {TOTAL: 60, group(channel="letter"): 20, group(channel="visit"): 40}

    assert hidden(table, set()) == set()


def test_three_sums_of_two_are_worked_out_though_none_has_one_unknown() -> None:
    one, two, three = (group(channel=name) for name in CHANNELS)

    known = worked_out([(TOTAL, one, two), (TOTAL, two, three), (TOTAL, one, three)], {one, two, three})

    assert known == {one, two, three}


def test_where_no_group_is_left_to_hide_it_is_said() -> None:
    table = {TOTAL: 3, group(channel="letter"): 3}

    with pytest.raises(NothingLeftToHide):
        hidden(table, {group(channel="letter")})

"""Recorded values as people say them."""

import pytest

from casetrack.kinds.base import Choice, Fact, Field, FieldType
from casetrack.kinds.wording import in_words


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (Field("a", "甲", FieldType.CHOICE, choices=(Choice("x", "某项"),)), "x", "某项"),
        (Field("a", "甲", FieldType.CHOICE, choices=(Choice("x", "某项"),)), "dropped", "dropped"),
        (Field("a", "甲", FieldType.FLAG), False, "否"),
        (Field("a", "甲", FieldType.MONEY), 1234500, "12,345元"),
        (Field("a", "甲", FieldType.MONEY), 105, "1.05元"),
        (Field("a", "甲", FieldType.MOMENT), "2024-03-01T09:30", "2024-03-01 09:30"),
        (Field("a", "甲", FieldType.INTEGER), 12, "12"),
    ],
)
def test_values_in_words(field: Field, value: Fact, said: str) -> None:
    assert in_words(field, value) == said

"""The words for how exactly a number was stated."""

from collections.abc import Iterable

from django.db.models import TextChoices


class Qualifier(TextChoices):
    """How a report states a number: 98%以上, 580余."""

    EXACT = "", "准确数"
    AT_LEAST = "at_least", "不少于（以上）"
    APPROXIMATE = "approximate", "约数（余）"


def together(qualifiers: Iterable[str]) -> Qualifier:
    """How a sum of numbers is stated: as its parts are, and roughly where they differ in it."""
    found = {Qualifier(each) for each in qualifiers} - {Qualifier.EXACT}
    if not found:
        return Qualifier.EXACT
    return found.pop() if len(found) == 1 else Qualifier.APPROXIMATE

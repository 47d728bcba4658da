"""Why a date moves, in a line: the receipt that is kept held against the one the law now gives."""

from collections.abc import Mapping, Sequence
from typing import Any

from casetrack.cases.models import Deadline
from casetrack.cases.recounting.groups import Redated, receipt_now

Receipt = Sequence[Mapping[str, Any]]
CALENDAR = ("skipped", "made_up", "roll", "stays", "pause")
SHOWN = 3


def why(redating: Redated) -> str:
    """The reason for a group, from one of its clocks."""
    now = redating.now
    if now is None:
        return "规则的变更涉及程序，须逐案重新计算"
    kept = Deadline.objects.values_list("receipt", flat=True).get(pk=redating.group.sample)
    return said(redating.group.dated[0:3], now[0:3], kept, receipt_now(redating))


def said(before: tuple[str, ...], after: tuple[str, ...], kept: Receipt, receipt: Receipt) -> str:
    """What differs: the rule, its article, its words, the days by the calendar."""
    found = []
    if before[0] != after[0]:
        found.append(f"适用规则由{before[0]}改为{after[0]}")
    if before[2] != after[2]:
        found.append(f"依据由{before[2]}改为{after[2]}")
    if words_of(kept, ("rule",)) != words_of(receipt, ("rule",)):
        found += [f"规定改为：{text}" for text in words_of(receipt, ("rule",))]
    elif gone_or_new := days_that_differ(kept, receipt):
        found.append("日历变更：" + gone_or_new)
    return "；".join(found) or "法律或者日历的变更"


def days_that_differ(kept: Receipt, receipt: Receipt) -> str:
    before, after = words_of(kept, CALENDAR), words_of(receipt, CALENDAR)
    gone = [f"不再有“{text}”" for text in before if text not in after]
    new = [text for text in after if text not in before]
    rest = len(gone) + len(new) - SHOWN
    return "；".join([*new, *gone][:SHOWN]) + (f"等{rest + SHOWN}处" if rest > 0 else "")


def words_of(receipt: Receipt, codes: Sequence[str]) -> list[str]:
    return [line["text"] for line in receipt if line["code"] in codes]

"""Undoing an import whose cases were published: not unless someone says why, for it restates closed months."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.ledgers.undoing import Touched, Undone, undo_import
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import ancestors_of, is_under
from casetrack.stats.closing.models import Edition

MOST_NAMED = 20


class UndoRestates(Refused):
    """The import is in figures that were published, and nobody has said why they should be restated."""

    code = "undo_restates"


@transaction.atomic
def undo(*, batch_id: int, actor: User | None, now: datetime, restating: str = "") -> tuple[Undone, list[Edition]]:
    """Take an import back, and say which editions no longer stand as they were published. All or nothing."""
    undone = undo_import(batch_id=batch_id, actor=actor, now=now, restating=restating)
    editions = published_with(undone.touched)
    refuse_silence(editions, restating)
    return undone, editions


def refuse_silent_restating(touched: Collection[Touched], *, restating: str) -> list[dict[str, Any]]:
    """Guard the undoing of a job: the closed months that it restates, with a reason."""
    editions = published_with(touched)
    refuse_silence(editions, restating)
    return [{"region": each.region_id, "month": f"{each.month:%Y-%m}", "edition": each.number} for each in editions]


def refuse_silence(editions: Collection[Edition], restating: str) -> None:
    if editions and not restating:
        raise UndoRestates(
            f"这次导入的案件已计入结账公布的数字：{named(editions)}。撤销后，公布的数字不变，差异将作为重述逐项列出；"
            "确需撤销的，请写明重述的理由（restating）后再撤销"
        )


def published_with(touched: Collection[Touched]) -> list[Edition]:
    """The latest editions, by region and month, whose figures hold what is touched."""
    places = {code for each in touched for code in (each.region_code, *ancestors_of(each.region_code))}
    latest = Edition.objects.filter(region__in=places).order_by("region", "month", "-number")
    return [
        edition
        for edition in latest.distinct("region", "month").select_related("region")
        if any(holds(edition, each) for each in touched)
    ]


def holds(edition: Edition, touched: Touched) -> bool:
    first, last = map(date.fromisoformat, edition.days[touched.kind])
    within = touched.first <= last and (touched.last is None or touched.last >= first)
    return within and edition.mark >= touched.entered and is_under(touched.region_code, edition.region_id)


def named(editions: Collection[Edition]) -> str:
    """Each region with its months, not more of them than anyone reads."""
    months: dict[str, list[str]] = {}
    for edition in list(editions)[:MOST_NAMED]:
        months.setdefault(edition.region.name, []).append(f"{edition.month:%Y-%m}（第{edition.number}版）")
    more = f"等{len(editions)}个月份" if len(editions) > MOST_NAMED else ""
    return "；".join(f"{region}{'、'.join(each)}" for region, each in months.items()) + more

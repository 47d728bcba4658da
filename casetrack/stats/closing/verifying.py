"""Editions held against themselves and against the record: what was published must follow from what was known."""

from collections.abc import Iterator
from typing import Any

from casetrack.cases.anchoring.outside import compared
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.organizations.querysets import within
from casetrack.stats.asking import place_of
from casetrack.stats.closing.definitions import catalogue
from casetrack.stats.closing.gathering import gather
from casetrack.stats.closing.heads import digest_of_heads, heads
from casetrack.stats.closing.lines import canonical, digest_of
from casetrack.stats.closing.models import Edition, PublishedFigures
from casetrack.stats.closing.published import days_of, known_by
from casetrack.stats.closing.publishing import digest_of_edition, rows_of
from casetrack.stats.closing.stating import stated_by_all
from casetrack.stats.closing.taking import Taken
from casetrack.stats.indicators import SUBJECTS, Form

Key = tuple[str, int | None, str, str]


def differences(*, region: str) -> Iterator[str]:
    """Whatever in the editions of a region and below differs from its digests or from a recount."""
    editions = Edition.objects.filter(within("region", region)).select_related("definitions")
    for edition in editions.order_by("pk").iterator(chunk_size=100):
        for said in differences_of(edition):
            yield f"{edition}：{said}"


def differences_of(edition: Edition) -> Iterator[str]:
    rows = list(edition.rows.all())
    if digest_of_edition(edition, rows) != edition.digest:
        yield "摘要与所存内容不符"
    if digest_of(edition.definitions.catalogue) != edition.definitions_id:
        yield "指标定义与其摘要不符"
    if edition.anchored_on:
        yield from compared(edition.anchored_on, edition.anchor)
    try:
        yield from recounted(edition, rows)
    except Refused as refused:
        yield str(refused)


def recounted(edition: Edition, rows: list[PublishedFigures]) -> Iterator[str]:
    place, known = place_of(region=edition.region_id, organization=None), known_by(edition)
    if digest_of_heads(heads(place, known)) != (edition.cases, edition.heads):
        yield "事件链头的摘要与现有记录不符"
    if digest_of(catalogue()) != edition.definitions_id:
        return  # the indicators have since been declared otherwise: another count would not be the same figures
    gathered = {kind: gather(kind, place, days_of(edition, kind), known) for kind in KINDS}
    stated = tuple(stated_by_all(place, {subject: days_of(edition, subject) for subject in edition.days}, known))
    again = {key_of(row): row.figures for row in rows_of(Taken(place, {}, gathered, stated))}
    kept = {key_of(row): counted_in(row) for row in rows}
    for key in sorted({*kept, *again}, key=repr):
        yield from differing(key, kept.get(key, []), again.get(key, []))


def counted_in(row: PublishedFigures) -> list[dict[str, Any]]:
    """The figures that cases and entries add up to; registers keep no history of what was entered when."""
    measures = SUBJECTS[row.subject].measures
    return [each for each in row.figures if measures[each["m"]].form is not Form.REGISTER]


def key_of(row: PublishedFigures) -> Key:
    return row.region_code, row.organization_id, row.subject, row.breakdown


def differing(key: Key, kept: list[dict[str, Any]], again: list[dict[str, Any]]) -> Iterator[str]:
    where = f"{key[0]}{f' 机构{key[1]}' if key[1] else ''} {key[2]} [{key[3]}]"
    published = {(each["m"], tuple(each["d"])): each for each in kept}
    recount = {(each["m"], tuple(each["d"])): each for each in again}
    for name in sorted({*published, *recount}):
        one, other = published.get(name), recount.get(name)
        if canonical(one) != canonical(other):
            part = "v" if one and other and one["n"] == other["n"] else "n"
            numbers = [each[part] if each else 0 for each in (one, other)]
            yield f"{where} {name[0]} {'、'.join(name[1])}：公布{numbers[0]}，按当时所知重新清点{numbers[1]}"

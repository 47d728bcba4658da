"""The result of a check for a terminal: how many at the top, then what is wrong, then what is to be looked at."""

from reports.checking.marking.marks import Light, Mark, marks
from reports.checking.record.rows import STANDINGS
from reports.checking.reviewing import Linked, Review

MOST = 200  # marks of a light that are listed


def as_text(review: Review, linked: Linked) -> str:
    found = marks(review, linked)
    written = [head(review), *record_head(review), ""]
    for light in (Light.RED, Light.AMBER, Light.GREEN):
        if of_light := [each for each in found if each.light is light]:
            written += [f"{light.sign} {light.label}（{len(of_light)}）", *listed(of_light), ""]
    return "\n".join(written)


def listed(found: list[Mark]) -> list[str]:
    told = [each for each in found if each.notes]
    written = [line for each in told[:MOST] for line in said_of(each)]
    if len(told) > MOST:
        written.append(f"  其余{len(told) - MOST}个从略，全部见 --format json 或 -o")
    if len(told) < len(found):
        written.append(f"  {len(found) - len(told)}个不属本系统记录的事项")
    return written


def head(review: Review) -> str:
    counts = review.counts
    return (
        f"数字{counts['claims']}个；勾稽关系{counts['relations']}处，"
        f"其中不符{counts['inconsistent']}处、未四舍五入{counts['truncated']}处"
    )


def record_head(review: Review) -> list[str]:
    if review.wish is None:
        return ["未与记录对照（请用 --region 和 --year 指明地区和年度）"]
    told = "，".join(f"{label}{review.counts[standing.value]}个" for standing, label in STANDINGS.items())
    return [f"与{review.wish.year}年的记录（区划{review.wish.region}）对照：{told}"]


def said_of(mark: Mark) -> list[str]:
    notes = [*mark.notes, *filter(None, [mark.address])]
    return [f"  [{mark.number}] {' '.join(mark.quote.split())}", *(f"      {note}" for note in notes)]

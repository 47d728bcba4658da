"""The result of a check for a terminal: how many at the top, then what is wrong, then what is to be looked at."""

from reports.checking.marking.marks import Light, Mark, marks
from reports.checking.record.rows import STANDINGS
from reports.checking.reviewing import Linked, Review

MOST = 200  # marks of a light that are listed


def as_text(review: Review, linked: Linked) -> str:
    found = marks(review, linked)
    written = [head(review), *record_head(review), ""]
    for light in (Light.RED, Light.AMBER, Light.GREEN):
        of_light = [each for each in found if each.light is light]
        if of_light:
            written.append(f"{light.sign} {light.label}（{len(of_light)}）")
            written += [line for each in of_light[:MOST] for line in said_of(each)]
            written += (
                [f"  其余{len(of_light) - MOST}个从略，全部见 --format json 或 -o"] if len(of_light) > MOST else []
            )
            written.append("")
    return "\n".join(written)


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

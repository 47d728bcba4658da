"""A draft as Markdown, where figures link to their cases, and as plain text."""

from collections import Counter

from reports.drafting.appendix import HEADINGS, TITLE, Row, rows_of
from reports.drafting.writing import Chapter, Draft, Fragment, plain_text

NUMERALS = "〇一二三四五六七八九"
SPECIAL = str.maketrans({each: f"\\{each}" for each in "\\`*_[]<>|#"})


def numbered(draft: Draft) -> list[tuple[str, Chapter]]:
    """The headings with their numbers: 一、 (一) 1."""
    counts: Counter[int] = Counter()
    found = []
    for chapter in draft.chapters:
        counts[chapter.level] += 1
        for deeper in [level for level in counts if level > chapter.level]:
            del counts[deeper]
        found.append((f"{numeral(chapter.level, counts[chapter.level])}{chapter.heading}", chapter))
    return found


def numeral(level: int, number: int) -> str:
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.")[level - 1]


def chinese(number: int) -> str:
    """一 to 九十九: no report has more sections."""
    tens, ones = divmod(number, 10)
    return f"{NUMERALS[tens] if tens > 1 else ''}{'十' if tens else ''}{NUMERALS[ones] if ones or not tens else ''}"


def text_of(draft: Draft) -> str:
    lines = [draft.title, ""]
    for heading, chapter in numbered(draft):
        lines += [heading, *([plain_text(chapter.body)] if chapter.body else []), ""]
    lines += [TITLE, *(f"{name}：{value}" for name, value in draft.facts.items())]
    lines += ["\t".join(HEADINGS), *("\t".join((*row.cells, " ".join(row.links))) for row in rows_of(draft))]
    return "\n".join(lines) + "\n"


def markdown_of(draft: Draft) -> str:
    lines = [f"# {escaped(draft.title)}", ""]
    for heading, chapter in numbered(draft):
        lines += [f"{'#' * (chapter.level + 1)} {escaped(heading)}", ""]
        lines += ["".join(map(fragment, chapter.body)), ""] if chapter.body else []
    lines += [f"## {TITLE}", "", *(f"- {name}：{escaped(value)}" for name, value in draft.facts.items()), ""]
    lines += [f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}"]
    lines += [f"| {' | '.join([*map(escaped, row.cells), listed(row)])} |" for row in rows_of(draft)]
    return "\n".join(lines) + "\n"


def fragment(each: Fragment) -> str:
    if isinstance(each, str):
        return escaped(each)
    links = each.cited.links
    return f"[{escaped(each.text)}]({links[0]})" if links else escaped(each.text)


def listed(row: Row) -> str:
    return " ".join(f"[清单{number if len(row.links) > 1 else ''}]({link})" for number, link in enumerate(row.links, 1))


def escaped(text: str) -> str:
    """Names of regions and offices may hold what Markdown would read as its own."""
    return text.translate(SPECIAL)

"""The papers in words, for docs/papers.md: written from the declarations, so that it can't say anything else."""

from collections.abc import Iterator

from casetrack.kinds import KINDS
from casetrack.kinds.base import Kind
from reports.papers.catalogue import PAPERS
from reports.papers.declaring import Basis, Paper, Version
from reports.papers.filling import HEADING, IF_KNOWN


def papers_in_words() -> str:
    """All papers as Markdown."""
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    yield "# 文书"
    yield ""
    yield "本页由 `manage.py describe` 按 `reports/papers` 的声明生成，请勿手改。"
    yield ""
    yield "案件适用哪一时期的法律，就用哪一版的文书：先看是否登记了“适用何日有效的法律”，再看决定该类案件适用法律的日期"
    yield "（行政复议为受理之日），否则看文书所依据的步骤之日。当时没有依据的，不能制作。"
    yield ""
    yield "{…} 由案件填入，案件中没有的留空手填；“（知道才写）”的一行，案件中没有其内容时不写。"
    yield "条文经与公开转载的法律文本（非官方文本）逐条对照，未对照的标明**未核实**。"
    for kind in KINDS.values():
        if papers := [paper for paper in PAPERS if paper.kind == kind.code]:
            yield ""
            yield f"## {kind.label}"
            for paper in papers:
                yield from paper_in_words(paper, kind)


def paper_in_words(paper: Paper, kind: Kind) -> Iterator[str]:
    yield ""
    yield f"### {paper.label}（{paper.code}）"
    yield ""
    steps = "、".join(kind.step_named[step].label for step in paper.after)
    yield f"登记“{steps}”后可以制作，文号为“机构{paper.word}〔年度〕序号”。"
    if paper.signed:
        yield f"落款前由{'、'.join(paper.signed)}签署。"
    if paper.seal:
        yield f"加盖{paper.seal}印章。"
    for version in paper.versions:
        yield from version_in_words(paper, version, kind)


def version_in_words(paper: Paper, version: Version, kind: Kind) -> Iterator[str]:
    until = f"至{version.statute.until}前" if version.statute.until else ""
    yield ""
    yield f"{version.since}起{until}，《{paper.titled(version)}》：{'，'.join(map(basis_in_words, version.bases))}。"
    if version.only:
        field = kind.field_named[version.only[0]]
        labels = "、".join(field.label_of(str(value)) for value in version.only[1])
        yield f"只用于“{field.label}”为{labels}的。"
    if version.note:
        yield f"{version.note}。"
    yield ""
    for line in version.lines:
        known = "（知道才写）" if line.startswith(IF_KNOWN) else ""
        words = line.removeprefix(IF_KNOWN)
        yield f"> {known}**{words.removeprefix(HEADING)}**" if words.startswith(HEADING) else f"> {known}{words}"
        yield ">"


def basis_in_words(basis: Basis) -> str:
    return basis.cited + (f"（**未核实**：{basis.statute.doubt}）" if basis.statute.doubt else "")

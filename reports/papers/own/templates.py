"""Which marks a template may have, taking one in, and the built-in paper as one to begin with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from casetrack.accounts.models import User
from casetrack.cases.attachments import clean_name, found_clean
from casetrack.cases.models import PaperTemplate
from casetrack.cases.paper_templates import PaperTemplateRefused, Place, keep_template
from casetrack.kinds import KINDS
from reports.papers.catalogue import PAPER_NAMED
from reports.papers.declaring import MARK, Paper, Version
from reports.papers.filling import HEADING, TERMS, Line
from reports.papers.own.filling import TEXT, paragraphs_in, said_in
from reports.papers.own.parts import opened, refuse_acting, texts_in, trees_of
from reports.papers.writing import Dated, written

NUMBER, TITLE, OFFICE, DAY = "文号", "文书名称", "机构", "制作日期"
OF_THE_PAPER = (NUMBER, TITLE, OFFICE, DAY)
DAYS = ("受理之日", "决定受理之日", "视为受理之日", "办理期限届满日")
OF_THE_CASE = ("案号", "依据", "当事人基本情况", "查询码", *DAYS, *TERMS)
MOST_NAMED = 8
MOST_MARKS, MOST_TEXTS = 1_000, 20_000  # or filling one takes minutes


def version_named(code: str, since: date) -> tuple[Paper, Version]:
    """A paper in one version. Raises PaperTemplateRefused where there is none."""
    paper = PAPER_NAMED.get(code)
    version = next((each for each in paper.versions if each.since == since), None) if paper else None
    if paper is None or version is None:
        raise PaperTemplateRefused("没有这种文书，请从列表中选择")
    return paper, version


def marks_known(paper: Paper, version: Version) -> list[str]:
    """The marks that mean something in a paper: what the built-in one has, then all that is known of such a case."""
    kind = KINDS[paper.kind]
    of_kind = [role.label for role in kind.roles] + [field.label for field in kind.fields]
    days = [f"{step.label}之日" for step in kind.steps]
    return list(dict.fromkeys([*OF_THE_PAPER, *version.marks, *OF_THE_CASE, *of_kind, *days]))


def set_template(
    *, place: Place, paper: str, since: date, name: str, content: bytes, actor: User | None, now: datetime
) -> PaperTemplate:
    """Look a file through, and use it for the paper there from now on."""
    if not name.lower().endswith(".docx"):
        raise PaperTemplateRefused("模板须是Word文件（.docx）；.doc请用Word或WPS另存为.docx，.docm请去掉宏")
    refuse_unfit(content, marks_known(*version_named(paper, since)))
    found_clean(content)
    return keep_template(
        place=place, paper=paper, since=since, name=clean_name(name), content=content, actor=actor, now=now
    )


def refuse_unfit(content: bytes, known: Sequence[str]) -> None:
    """Refuse what acts or reaches out, marks that nothing is known by, and a template without the paper's number."""
    if not content:
        raise PaperTemplateRefused("文件是空的，请核对后重新选择")
    trees = trees_of(opened(content))
    refuse_acting(trees)
    roots = [root for _, root in texts_in(trees)]
    said = [said_in(paragraph) for paragraph in paragraphs_in(roots)]
    found = [mark.strip() for text in said for mark in MARK.findall(text)]
    if len(found) > MOST_MARKS or sum(1 for root in roots for _ in root.iter(TEXT)) > MOST_TEXTS:
        raise PaperTemplateRefused(f"模板过长：最多{MOST_MARKS}处标记、{MOST_TEXTS}段文字；请删去与文书无关的内容")
    marks = list(dict.fromkeys(found))
    if unknown := [mark for mark in marks if mark not in known]:
        named = "、".join(f"{{{mark[:30]}}}" for mark in unknown[:MOST_NAMED])
        more = f"等{len(unknown)}个" if len(unknown) > MOST_NAMED else ""
        raise PaperTemplateRefused(f"模板中有不认识的标记：{named}{more}；可用的标记见这一文书的“样本和标记”页")
    if unpaired := next((text for text in said if set("{}") & set(MARK.sub("", text))), None):
        raise PaperTemplateRefused(f"“{unpaired[:40]}”中的大括号没有配对；标记须写在同一段里，如{{案号}}")
    if NUMBER not in marks:
        raise PaperTemplateRefused(f"模板中没有{{{NUMBER}}}：文书须有文号；标记用半角大括号，如{{{NUMBER}}}")


def words_of_paper(words: Mapping[str, str], *, number: str, title: str, office: str, day: str) -> dict[str, str]:
    return {**words, NUMBER: number, TITLE: title, OFFICE: office, DAY: day}


def sample(paper: Paper, version: Version) -> bytes:
    """The built-in paper with its marks unfilled: what an office changes into its own."""
    return written(
        title=f"{{{TITLE}}}",
        office=f"{{{OFFICE}}}",
        number=f"{{{NUMBER}}}",
        lines=[
            Line(line.removeprefix(HEADING), line.startswith(HEADING), number == 0 and line.endswith("："))
            for number, line in enumerate(version.lines)
        ],
        signed=paper.signed,
        seal=paper.seal,
        dated=Dated(f"{{{DAY}}}", version.since),
    )

"""Offices' own templates: what is taken, whose is used, and how marks are filled whatever stands in a case."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from pytest_django import Settings

from casetrack.accounts.models import AuditEntry
from casetrack.cases.models import Case, PaperTemplate
from casetrack.cases.paper_templates import PaperTemplateRefused, Place, remove_template
from casetrack.organizations.choices import CommitteeKind, OrganizationKind
from casetrack.organizations.models import Organization
from reports.papers.catalogue import PAPERS
from reports.papers.declaring import Paper, Version
from reports.papers.own.filling import filled_template
from reports.papers.own.templates import marks_known, refuse_unfit, sample, set_template
from reports.papers.printing import print_paper
from tests.api.conftest import CITY, EAST, World, dispute, log_dispute, world
from tests.reports.papers.templates import with_parts, word
from tests.reports.papers.test_printing import NOW, lines_of, printed

__all__ = ["dispute", "world"]
pytestmark = pytest.mark.django_db
SINCE = date(2011, 1, 1)
RIGHTS = "mediation_rights"
RELS = "word/_rels/document.xml.rels"
KNOWN = ["文号", "案号", "申请人", "被申请人", "纠纷简要情况"]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def uploaded(place: Place, *paragraphs: str, paper: str = RIGHTS, at: datetime = NOW) -> PaperTemplate:
    content = word("{文号}", *paragraphs)
    return set_template(place=place, paper=paper, since=SINCE, name="告知书.docx", content=content, actor=None, now=at)


@pytest.mark.parametrize(
    ("paper", "version"), [(paper, each) for paper in PAPERS for each in paper.versions], ids=lambda each: ""
)
def test_the_sample_of_every_paper_can_be_uploaded_as_it_is(paper: Paper, version: Version) -> None:
    refuse_unfit(sample(paper, version), marks_known(paper, version))


def test_a_sample_uploaded_as_it_is_says_what_the_built_in_paper_says(world: World, dispute: Case) -> None:
    built_in = printed(dispute, RIGHTS, world.clerk_east)
    paper = next(each for each in PAPERS if each.code == RIGHTS)

    set_template(
        place=Place(organization=world.east),
        paper=RIGHTS,
        since=SINCE,
        name="样本.docx",
        content=sample(paper, paper.versions[0]),
        actor=world.supervisor,
        now=NOW,
    )

    assert printed(dispute, RIGHTS, world.clerk_east) == built_in


def test_the_nearest_template_is_used_then_those_of_the_regions_above(world: World, dispute: Case) -> None:
    room = Organization.objects.create(
        region_id=EAST,
        county_id=EAST,
        name="道北街道调解室",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        committee_kind=CommitteeKind.TOWNSHIP,
        parent=world.east,
    )
    used = []
    case = log_dispute(room)
    places = [Place(region=CITY), Place(region=EAST), Place(organization=world.east), Place(organization=room)]

    for place in places:
        uploaded(place, place.key)
        used.append(printed(case, RIGHTS, world.supervisor)[1])
    assert printed(log_dispute(world.west), RIGHTS, world.supervisor)[1] == places[0].key
    for template in PaperTemplate.objects.standing().order_by("-pk"):
        remove_template(template_id=template.pk, actor=world.supervisor, now=NOW)
        used.append(printed(case, RIGHTS, world.supervisor)[1])

    keys = [place.key for place in places]
    assert used == [*keys, *keys[-2::-1], "权利义务告知书"]
    entries = AuditEntry.objects.filter(details__has_key="paper_template").order_by("pk")
    assert [entry.action for entry in entries] == ["create"] * 4 + ["remove"] * 4


def test_one_uploaded_again_takes_the_place_of_the_first(world: World, dispute: Case) -> None:
    uploaded(Place(organization=world.east), "旧")

    uploaded(Place(organization=world.east), "新")

    assert printed(dispute, RIGHTS, world.clerk_east)[1] == "新"
    assert PaperTemplate.objects.count() == 2
    assert PaperTemplate.objects.standing().count() == 1
    assert AuditEntry.objects.get(action="change").details["replaces"] == [PaperTemplate.objects.earliest("pk").pk]


def test_a_template_for_one_law_is_not_used_for_a_case_under_another(world: World, dispute: Case) -> None:
    template = uploaded(Place(organization=world.east), "依照今后的法律")
    PaperTemplate.objects.filter(pk=template.pk).update(since=date(2030, 1, 1))

    assert printed(dispute, RIGHTS, world.clerk_east)[1] == "权利义务告知书"


def test_a_mark_split_over_runs_is_filled_in_the_formatting_it_begins_with() -> None:
    content = word("编号|{文|号}", "当事人：|{申请|人}|与{被申请人}，", "?第三人{案号}", "没有的：{纠纷简要情况}")

    made = Document(io.BytesIO(filled_template(content, {"文号": "1号", "申请人": "张三", "被申请人": "李四"})))

    assert [each.text for each in made.paragraphs] == [
        "编号1号",
        "当事人：张三与李四，",
        "没有的：＿＿＿＿＿＿＿＿＿＿＿＿",
    ]
    assert [(run.text, run.bold) for run in made.paragraphs[1].runs] == [
        ("当事人：", False),
        ("张三", True),
        ("", False),
        ("与李四，", True),
    ]


def test_whatever_stands_in_a_case_stands_in_the_file_as_text() -> None:
    hostile = '<w:br/>&amp;{案号}]]>\x00\x0b\ufffe\u202e"<!--\n第二行\r\n第三行'
    content = word("{文号}", "{申请人}完")

    made = Document(io.BytesIO(filled_template(content, {"文号": "1号", "申请人": hostile, "案号": "泄露"})))

    assert made.paragraphs[1].text == '<w:br/>&amp;{案号}]]>"<!--\n第二行\n第三行完'


def test_what_stands_alone_in_several_lines_has_a_paragraph_for_each() -> None:
    content = word("{文号}", "|{申|请人}", "以下空白")

    made = Document(
        io.BytesIO(filled_template(content, {"文号": "1号", "申请人": "申请人：张三\n{文号}\n被申请人：李四"}))
    )

    assert [each.text for each in made.paragraphs] == ["1号", "申请人：张三", "{文号}", "被申请人：李四", "以下空白"]
    assert [made.paragraphs[number].runs[-1].bold for number in (2, 3)] == [True, True]


def test_heads_and_tables_are_filled_too(world: World) -> None:
    made = Document()
    made.sections[0].header.paragraphs[0].text = "{文号}"
    made.add_table(1, 1).cell(0, 0).text = "?{案号}"
    made.sections[0].footer.paragraphs[0].text = "{申请人}"
    out = io.BytesIO()
    made.save(out)
    refuse_unfit(out.getvalue(), KNOWN)

    filled = Document(io.BytesIO(filled_template(out.getvalue(), {"文号": "1号", "申请人": "张三"})))

    section = filled.sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("1号", "张三")
    assert filled.tables[0].cell(0, 0).text == ""  # a cell keeps its paragraph


EXTERNAL = (
    '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="{}"/></Relationships>'
)


def related(kind: str, target: str, mode: str) -> dict[str, tuple[str, str]]:
    return {RELS: ("</Relationships>", EXTERNAL.format(kind, target, mode))}


def bodied(xml: str) -> dict[str, tuple[str, str]]:
    return {"word/document.xml": ("<w:body>", f"<w:body>{xml}")}


@pytest.mark.parametrize(
    ("changed", "added", "said"),
    [
        ({}, {"word/vbaProject.bin": b"x"}, "宏"),
        (related("vbaProject", "vbaProject.bin", "Internal"), {}, "vbaProject"),
        (related("oleObject", "embeddings/a.bin", "Internal"), {}, "嵌入的文件"),
        (related("aFChunk", "a.html", "Internal"), {}, "aFChunk"),
        (related("image", "http://elsewhere.example/a.png", "External"), {}, "指向外部的链接（http://elsewhere"),
        (related("attachedTemplate", "file:///c:/a.dotm", "External"), {}, "指向外部的链接"),
        (bodied('<w:p><w:fldSimple w:instr="INCLUDETEXT c:\\\\a"/></w:p>'), {}, "域（INCLUDE）"),
        (
            bodied("<w:p><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>E a</w:instrText></w:r></w:p>"),
            {},
            "域（DDE）",
        ),
        ({"word/document.xml": ("<w:document", "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document")}, {}, "DOCTYPE"),
        (bodied("<w:p>"), {}, "已损坏"),
        ({"[Content_Types].xml": ("main+xml", "macroEnabled.main+xml")}, {}, "宏"),
        ({}, {"word/media/a.png": b"0" * (21 * 2**20)}, "解压后超过20MB"),
    ],
)
def test_what_acts_or_reaches_out_or_swells_is_refused(
    changed: dict[str, tuple[str, str]], added: dict[str, bytes], said: str
) -> None:
    with pytest.raises(PaperTemplateRefused, match=said):
        refuse_unfit(with_parts(word("{文号}"), changed, added), KNOWN)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"MZ not a document", "不能用作模板"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "不能用作模板"),
        (b"PK" + b"x" * (6 * 2**20), "最大5MB"),
        (word("{文号}", "{案件编号}|与{被|告}"), "不认识的标记：{案件编号}、{被告}；"),
        (word("{文号}", "{案号"), "大括号没有配对"),
        (word("案号：{案号}"), "没有{文号}"),
        (word("｛文号｝"), "半角大括号"),
        (word("{文号}" * 1001), "最多1000处标记"),
    ],
)
def test_what_is_no_template_is_told_why(content: bytes, said: str) -> None:
    with pytest.raises(PaperTemplateRefused, match=said):
        refuse_unfit(content, KNOWN)


def test_a_scanner_stops_a_template_too(world: World, settings: Settings) -> None:
    settings.SCAN_COMMAND = ["sh", "-c", "cat >/dev/null; exit 1"]

    with pytest.raises(Exception, match="病毒扫描发现问题"):
        uploaded(Place(region=CITY))

    assert not PaperTemplate.objects.exists()


def test_the_same_words_give_the_same_bytes(world: World, dispute: Case) -> None:
    uploaded(Place(organization=world.east), "{申请人}")

    first, again = (print_paper(case_id=dispute.pk, code=RIGHTS, actor=world.clerk_east, now=NOW) for _ in range(2))

    assert first == again
    assert lines_of(first.content) == ["麦积区道北街道人调告〔2024〕1号", "张三"]

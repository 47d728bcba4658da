"""Files that want to be something else when they are opened: none is kept that acts, fetches or deceives."""

import io
import zipfile

import pytest

from casetrack.cases.attachments import clean_name
from casetrack.lib.file_types import OLE2, type_of
from tests.reports.documents.making import with_part, word

WORD = word("申请书")
RELATIONS = "word/_rels/settings.xml.rels"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*said: str) -> bytes:
    return f"<?xml version='1.0'?><Relationships>{''.join(said)}</Relationships>".encode()


def relation(kind: str, target: str) -> str:
    return f'<Relationship Id="r1" Type="{KIND}/{kind}" Target="{target}" TargetMode="External"/>'


REMOTE = relations(relation("attachedTemplate", "https://elsewhere.example/a.dotm"))


def bombed() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<w/>")
        file.writestr("word/_rels/document.xml.rels", bytes(200_000_000))
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("宏.docx", with_part(WORD, "word/vbaProject.bin", b"x")),
        ("宏.docx", with_part(WORD, "word/VBAPROJECT.BIN", b"x")),
        ("宏.doc", OLE2 + bytes(500) + "_VBA_PROJECT".encode("utf-16-le") + bytes(500)),
        ("模板.docx", with_part(WORD, RELATIONS, REMOTE)),
        ("模板.docx", with_part(WORD, RELATIONS, REMOTE.replace(b'TargetMode="External"', b"TargetMode = 'external'"))),
        ("模板.docx", with_part(WORD, RELATIONS, REMOTE.decode().encode("utf-16"))),
        ("模板.docx", with_part(WORD, RELATIONS, b'<!DOCTYPE a [<!ENTITY e "External">]>' + REMOTE)),
        ("图.docx", with_part(WORD, RELATIONS, relations(relation("image", "http://elsewhere.example/seen.png")))),
        ("嵌入.docx", with_part(WORD, "word/embeddings/oleObject1.bin", b"x")),
        ("控件.docx", with_part(WORD, "word/activeX/activeX1.xml", b"<a/>")),
        ("炸弹.docx", bombed()),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("页.html", b"<script>alert(1)</script>"),
        ("页.pdf", b"<html><script>alert(1)</script>%PDF-1.7"),
        ("页.png", b"<html>\x89PNG\r\n\x1a\n"),
        ("笔录.txt", b"MZ\x90\x00\x03"),
        ("申请书.pdf.exe", b"%PDF-1.7"),
        ("申请书exe.txt.lnk", b"text"),
        ("无后缀", b"%PDF-1.7"),
        ("台账.xlsm", WORD),
        ("台账.xlsx", WORD),
        ("台账.xlsx", b"PK\x03\x04" + bytes(100)),
    ],
)
def test_what_acts_fetches_or_deceives_is_of_no_type(name: str, content: bytes) -> None:
    assert type_of(name, content) is None


def test_a_link_that_a_person_has_to_follow_is_no_harm() -> None:
    linked = with_part(WORD, RELATIONS, relations(relation("hyperlink", "https://www.gov.cn/")))

    assert type_of("a.docx", linked) is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("笔录\u202etxt.exe", "笔录txt.exe"),
        ("笔\u200b录\ufeff.pdf", "笔录.pdf"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ('a";x="b.pdf', "a;x=b.pdf"),
        ("CON.pdf", "CON.pdf"),
        ("   .pdf", "附件.pdf"),
    ],
)
def test_a_name_can_neither_lead_elsewhere_nor_deceive(given: str, kept: str) -> None:
    assert clean_name(given) == kept

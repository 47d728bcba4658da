"""The parts of a Word template, opened with care: nothing in it may act, reach out, or unpack to more than it seems."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from casetrack.cases.paper_templates import PaperTemplateRefused
from reports.documents.refusing import MEGABYTE, DocumentRefused
from reports.documents.word import refuse_bomb

Element = Any  # of lxml
LARGEST = 5 * MEGABYTE
LARGEST_UNPACKED = 20 * MEGABYTE
TEXTS = {qn(f"w:{name}") for name in ("document", "hdr", "ftr", "footnotes", "endnotes")}
# what parts of a document may be to one another; macros, objects, controls, further files are none of these
RELATIONS = {
    "officeDocument",
    "core-properties",
    "extended-properties",
    "custom-properties",
    "thumbnail",
    "styles",
    "stylesWithEffects",
    "settings",
    "webSettings",
    "fontTable",
    "font",
    "theme",
    "numbering",
    "header",
    "footer",
    "footnotes",
    "endnotes",
    "image",
    "customXml",
    "customXmlProps",
    "glossaryDocument",
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
}
ACTING = re.compile("INCLUDE|DDE|LINK|IMPORT|DATABASE|MACROBUTTON|AUTOTEXT|QUOTE|BARCODE", re.IGNORECASE)
MACROS = re.compile("macroenabled|vba|activex|oleobject", re.IGNORECASE)
ENDINGS = {"xml", "rels", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "odttf"}
ADDRESSES = {"src", "href", "link"}
CLEAN = "请在Word或WPS中删去，另存为.docx后再上传"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def opened(content: bytes) -> dict[str, bytes]:
    """The parts by name, in their order. Raises PaperTemplateRefused for what is no such file, or holds too much."""
    if len(content) > LARGEST:
        raise PaperTemplateRefused(
            f"模板为{len(content) / MEGABYTE:.1f}MB，最大{LARGEST // MEGABYTE}MB；请缩小其中的图片"
        )
    try:
        refuse_bomb(content)
    except DocumentRefused as refused:
        raise PaperTemplateRefused(f"不能用作模板：{refused}") from refused
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
            raise PaperTemplateRefused(f"模板解压后超过{LARGEST_UNPACKED // MEGABYTE}MB；请缩小其中的图片")
        if len({info.filename.lower() for info in infos}) < len(infos):
            raise PaperTemplateRefused("模板中有重名的部分，不是Word所写；请用Word或WPS另存为.docx后再上传")
        held = [info for info in infos if not info.is_dir()]
        if strange := [each.filename for each in held if each.filename.rpartition(".")[2].lower() not in ENDINGS]:
            raise PaperTemplateRefused(f"模板含有宏、嵌入的文件等不能用在文书里的内容（{strange[0][:60]}）；{CLEAN}")
        return {info.filename: parts.read(info) for info in held}


def repacked(parts: Mapping[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    made.seek(0)
    return made


def parsed(part: bytes) -> Element:
    """The tree of a part: no entity is looked up, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(part, parser).getroottree()
    except etree.XMLSyntaxError as error:
        raise PaperTemplateRefused("模板已损坏，无法打开，请用Word或WPS重新保存后再上传") from error
    if tree.docinfo.doctype:
        raise PaperTemplateRefused(f"模板里有文档类型声明（DOCTYPE），不是Word所写；{CLEAN}")
    return tree.getroot()


def trees_of(parts: Mapping[str, bytes]) -> dict[str, Element]:
    """Everything in a document that is XML."""
    return {name: parsed(part) for name, part in parts.items() if name.lower().endswith((".xml", ".rels"))}


def texts_in(trees: Mapping[str, Element]) -> Iterator[tuple[str, Element]]:
    """The body, heads and feet of pages, and notes: where words stand."""
    return ((name, root) for name, root in trees.items() if root.tag in TEXTS)


def refuse_acting(trees: Mapping[str, Element]) -> None:
    """Refuse macros, embedded files and controls, links to elsewhere, and fields that fetch or run something."""
    for name, root in trees.items():
        if name == "[Content_Types].xml" and MACROS.search(etree.tostring(root, encoding="unicode")):
            raise PaperTemplateRefused(f"模板含有宏或者控件；{CLEAN}")
        if name.endswith(".rels"):
            refuse_relations(root)
            continue
        for element in root.iter(etree.Element):
            for attribute, value in element.attrib.items():
                if etree.QName(attribute).localname in ADDRESSES and ("//" in value or value.startswith("\\\\")):
                    raise PaperTemplateRefused(f"模板含有指向外部的链接（{value[:60]}）；{CLEAN}")
        refuse_fields(root)


def refuse_relations(root: Element) -> None:
    for relation in root.iter(RELATION):
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        if str(relation.get("TargetMode", "")).lower() == "external":
            raise PaperTemplateRefused(f"模板含有指向外部的链接（{str(relation.get('Target'))[:60]}）；{CLEAN}")
        if kind not in RELATIONS:
            raise PaperTemplateRefused(
                f"模板含有宏、嵌入的文件、控件或者其他不能用在文书里的内容（{kind[:40]}）；{CLEAN}"
            )


def refuse_fields(root: Element) -> None:
    """Codes of fields may be split over runs: they are read as they stand, and joined."""
    codes = [element.text or "" for element in root.iter(qn("w:instrText"))]
    codes += [element.get(qn("w:instr"), "") for element in root.iter(qn("w:fldSimple"))]
    if found := ACTING.search("".join(codes)):
        raise PaperTemplateRefused(f"模板含有会读取其他文件或者执行操作的域（{found[0]}）；{CLEAN}")

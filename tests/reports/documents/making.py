"""Short ways to a file of any format, written here: nothing binary is kept with the tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def word(*paragraphs: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file; a paragraph written as `a|b|c` has three runs."""
    file = docx.Document()
    for text in paragraphs:
        paragraph = file.add_paragraph()
        for part in text.split("|"):
            paragraph.add_run(part)
    if table:
        grid = file.add_table(len(table), len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def word_with_box(before: str, boxed: str) -> bytes:
    """A paragraph with a text box, as Word writes it: once for itself, once more for its older versions."""
    file = docx.Document()
    run = file.add_paragraph(before).add_run()
    box = f"<w:txbxContent><w:p><w:r><w:t>{boxed}</w:t></w:r></w:p></w:txbxContent>"
    run._r.append(
        parse_xml(
            f"<mc:AlternateContent {nsdecls('w')} "
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def word_with_surroundings(text: str, *, head: str, foot: str, note: str) -> bytes:
    """A Word file with the head and foot of its pages, and a footnote."""
    file = docx.Document()
    file.add_paragraph(text)
    file.sections[0].header.paragraphs[0].text = head
    file.sections[0].footer.paragraphs[0].text = foot
    written = io.BytesIO()
    file.save(written)
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:t>9件</w:t></w:r></w:p>"
        f"</w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    with zipfile.ZipFile(written) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    links, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    link = f'<Relationship Id="rIdN" Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>'
    held[links] = held[links].replace(b"</Relationships>", link.encode())
    held[types] = held[types].replace(
        b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    )
    return zipped({**held, "word/footnotes.xml": notes.encode()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A Word file with one of its parts changed, or one more."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return zipped({**{each: file.read(each) for each in file.namelist()}, name: part})


def pdf(pages: Sequence[Sequence[str]], *, locked: bool = False) -> bytes:
    """A PDF of pages of lines: its font is not there, but says which character each of its signs is."""
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    cid = "/Type /Font /Subtype /CIDFontType2 /BaseFont /Song /FontDescriptor 5 0 R /DW 1000"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        f"/DescendantFonts [<< {cid} {system} >>] /ToUnicode 4 0 R >>",
        stream(TO_UNICODE),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /Ascent 900 /Descent -200 "
        "/ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {7 + 2 * number} 0 R >>"
        )
        shown = " ".join(map(drawn, lines))
        objects.append(stream(f"BT /F 14 Tf 60 760 Td {shown} ET"))
    return assembled(objects, locked=locked)


def drawn(line: str) -> str:
    """A line, its cells (parted by tabs) in columns."""
    cells = line.split("\t")
    across = " 110 0 Td ".join(f"<{cell.encode('utf-16-be').hex()}> Tj" for cell in cells)
    return f"{across} {-110 * (len(cells) - 1)} -24 Td"


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def assembled(objects: Sequence[str], *, locked: bool) -> bytes:
    written, offsets = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    secret = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<00> <00>]"
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {secret if locked else ''} >>"
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(written)}\n%%EOF"
    )
    return written + end.encode("ascii")

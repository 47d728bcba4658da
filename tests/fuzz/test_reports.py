"""Reports: whatever bytes come, they are refused or read, and what is found stands where it is said to."""

from hypothesis import given
from hypothesis import strategies as st

from reports.checking.checker import check
from reports.documents.opening import read_document
from reports.documents.refusing import DocumentRefused
from tests.fuzz.mutating import spoilt, spoilt_within, thorough
from tests.reports.documents.making import pdf, word, word_with_box

TEXT = "2024年受理信访事项126件，办结98件，办结率77.8%，同比增长12.5%；其中网上投诉30件。"
WORD = word(TEXT, table=(("种类", "件数"), ("来信", "12"), ("来访", "30")))
BOXED = word_with_box(TEXT, "合计42件")
PDF = pdf([[TEXT], ["来信\t12", "来访\t30"]])
PAGE = f"<!doctype html><html><body><p>{TEXT}</p><table><tr><td rowspan=2>来信<td>12</table><script>x</script>".encode()
FILES = st.one_of(
    spoilt(WORD).map(lambda content: (content, "a.docx")),
    spoilt_within(WORD).map(lambda content: (content, "a.docx")),
    spoilt_within(BOXED).map(lambda content: (content, "a.docx")),
    spoilt(PDF).map(lambda content: (content, "a.pdf")),
    spoilt(PAGE).map(lambda content: (content, "a.html")),
    spoilt(TEXT.encode()).map(lambda content: (content, "a.md")),
    spoilt(TEXT.encode("gb18030")).map(lambda content: (content, "a.txt")),
    st.tuples(st.binary(max_size=300), st.sampled_from(("a.txt", "a.docx", "a.html", "", "\x00"))),
)


@thorough(60)
@given(file=FILES)
def test_a_spoilt_report_is_read_or_refused(file: tuple[bytes, str]) -> None:
    try:
        document = read_document(*file)
    except DocumentRefused:
        return

    assert len(document.plain) == len(document.text)
    document.text.encode()  # what is kept, shown and sent on can be written down
    for claim in check(document.plain).claims:
        assert document.plain[claim.start : claim.end] == claim.quote

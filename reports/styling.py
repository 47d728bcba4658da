"""How the cells of a book look: one named style for each use."""

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from reports.books.layout import Format, Weight

FONT, TITLE_FONT = "宋体", "黑体"
SHADE = "E7ECF4"


def styles() -> list[NamedStyle]:
    """Named, so that a cell points to its style and somebody who edits the file finds it by its name."""
    thin = Side(style="thin", color="808080")
    # sides that say they are not there: where a border says nothing, openpyxl looks at each cell of what is merged
    none = Border(left=Side(), right=Side(), top=Side(), bottom=Side())
    box, shade = Border(left=thin, right=thin, top=thin, bottom=thin), PatternFill("solid", fgColor=SHADE)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    right = Alignment(horizontal="right", vertical="center", wrap_text=True)
    found = [
        NamedStyle("表题", font=Font(TITLE_FONT, sz=16), alignment=centre, border=none),
        NamedStyle("表题小", font=Font(TITLE_FONT, sz=11), alignment=left, border=none),
        NamedStyle("表头", font=Font(FONT, sz=10, b=True), alignment=centre, border=box, fill=shade),
        NamedStyle("分组", font=Font(FONT, sz=10, b=True), alignment=left, border=box, fill=shade),
        NamedStyle("附注", font=Font(FONT, sz=9), alignment=left, border=none),
    ]
    for place, alignment in {"左": left, "中": centre, "右": right}.items():
        found.append(NamedStyle(f"事项{place}", font=Font(FONT, sz=10), alignment=alignment, border=none))
    for weight in Weight:
        font = Font(FONT, sz=10, b=weight is Weight.TOTAL)
        for form in Format:
            name, side = cell_style(weight, form), left if form is Format.TEXT else right
            found.append(NamedStyle(name, font=font, alignment=side, border=box, number_format=form.value))
    return found


def cell_style(weight: Weight, form: Format) -> str:
    return f"{'合计' if weight is Weight.TOTAL else '数据'}{form.name}"

"""A book in, .xlsx out: the same bytes for the same book. Of the reports only this and the styling know openpyxl."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from itertools import accumulate

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.books.headings import boxes, depth_of, numbers
from reports.books.layout import Book, Chart, ChartKind, Format, Row, Section, Sheet, Table, Value
from reports.books.widths import column_widths, lines, spread, stub_width
from reports.packing import packed
from reports.styling import cell_style, styles

A4 = 9
LINE_HEIGHT = 15.0
PAGE_CM, ROWS_OF_A_PAGE = 27.0, 33  # what fits on a page at full size; a wider sheet is printed smaller
CHART_CM, CHART_ROWS, WIDEST_CHART_CM = 7.9, 16, 27
CM_OF_A_DIGIT = 0.185
NOTE_LINE, NOTE_ROOM, NOTE_WIDTH = 16, 44, 330  # pixels, digits, pixels


def write(book: Book) -> bytes:
    """The file. Every text stays text, whatever it begins with."""
    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.title, made.properties.creator = book.title, book.author
    made.properties.created = made.properties.modified = datetime.combine(book.dated, time())
    for style in styles():
        made.add_named_style(style)
    for sheet in book.sheets:
        SheetWriter(made.create_sheet(INVALID_TITLE_REGEX.sub("", sheet.name)[:31]), sheet).write()
    return pack(made)


def pack(made: Workbook) -> bytes:
    """`Workbook.save` would stamp the clock into the file; this does not."""
    loose = io.BytesIO()
    ExcelWriter(made, zipfile.ZipFile(loose, "w")).save()
    return packed(loose)


def hidden_places(table: Table) -> set[int]:
    """The columns of the sheet that a table hides; the first is its stub."""
    return {place for place, column in enumerate(table.columns, start=2) if column.hidden}


def columns_within(room: Sequence[float], width: float) -> int:
    """How many columns from the left fit, and at least two."""
    return max(2, sum(1 for reached in accumulate(room) if reached <= width + 0.01))


class SheetWriter:
    """Writes one sheet from the top; `row` is the next free one."""

    def __init__(self, made: Worksheet, sheet: Sheet) -> None:
        self.made, self.sheet, self.row, self.page_began = made, sheet, 1, 1
        self.across = 1 + max(len(table.columns) for table in sheet.tables)
        self.places: dict[tuple[int, int], tuple[int, int]] = {}  # first and last row of each table's sections
        self.room = self.set_widths()
        self.first_page = columns_within(self.room, sum(self.room) / sheet.pages_wide)
        self.left = 1 if sheet.pages_wide == 1 else 2  # the first column is printed on each page, and the text once

    def write(self) -> None:
        self.titles()
        for number, table in enumerate(self.sheet.tables):
            self.table(number, table)
        if self.sheet.charts:
            self.charts()
        self.row += 1
        for note in self.sheet.notes:
            self.across_the_sheet(note, "附注")
        self.print_settings()

    def set_widths(self) -> list[float]:
        """The widest that any table of the sheet wants of each column."""
        wanted = [[stub_width(table), *column_widths(table)] for table in self.sheet.tables]
        room = spread([max(each[place] for each in wanted if place < len(each)) for place in range(self.across)])
        hidden = {place for table in self.sheet.tables for place in hidden_places(table)}
        for place, width in enumerate(room, start=1):
            dimension = self.made.column_dimensions[get_column_letter(place)]
            dimension.width, dimension.hidden = width, place in hidden
        return [0.0 if place in hidden else width for place, width in enumerate(room, start=1)]

    def put(self, column: int, value: Value, style: str, note: str = "") -> None:
        cell = self.made.cell(self.row, column)
        assert isinstance(cell, Cell)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with "=" stays text, and so does one that names an error
        cell.style = style
        if note:
            cell.comment = Comment(note, "", height=NOTE_LINE * (1 + lines(note, NOTE_ROOM)), width=NOTE_WIDTH)

    def merge(self, first: int, last: int, style: str, *, rows: int = 1) -> None:
        """By the range alone: openpyxl's own merging copies borders and protection, and took most of a book's time."""
        if last == first and rows == 1:
            return
        below = self.row + rows - 1
        for row in self.made.iter_rows(self.row, below, first, last):
            for cell in row:
                cell.style = style
        self.made.merged_cells.add(CellRange(min_col=first, min_row=self.row, max_col=last, max_row=below))

    def end_row(self, height: float) -> None:
        self.made.row_dimensions[self.row].height = height
        self.row += 1

    def across_the_sheet(self, text: str, style: str, height: float = 0.0) -> None:
        self.put(self.left, text, style)
        self.merge(self.left, self.first_page, style)
        self.end_row(height or LINE_HEIGHT * lines(text, sum(self.room[self.left - 1 : self.first_page])))

    def titles(self) -> None:
        self.across_the_sheet(self.sheet.title, "表题", 26)
        for left, middle, right in self.sheet.facts:
            parts = [(left, "左"), (middle, "中"), (right, "右")]
            self.fact_line([(text, side) for text, side in parts if text])

    def fact_line(self, parts: Sequence[tuple[str, str]]) -> None:
        columns = self.first_page - self.left + 1
        ends = [self.left - 1 + columns * (number + 1) // len(parts) for number in range(len(parts))]
        first, height = self.left, LINE_HEIGHT
        for (text, side), end in zip(parts, ends, strict=True):
            self.put(first, text, f"事项{side}")
            self.merge(first, end, f"事项{side}")
            height = max(height, LINE_HEIGHT * lines(text, sum(self.room[first - 1 : end])))
            first = end + 1
        self.end_row(height)

    def break_page(self) -> None:
        self.made.row_breaks.append(Break(id=self.row - 1))
        self.page_began = self.row

    def table(self, number: int, table: Table) -> None:
        if table.new_page:
            self.break_page()
        if table.caption:
            self.row += number > 0 and not table.new_page
            self.across_the_sheet(table.caption, "表题小", 18)
        self.headings(table)
        if number == 0:
            # with several tables the first one's headings would be wrong over the others: only the stub stays
            alone = len(self.sheet.tables) == 1
            self.made.freeze_panes = f"B{self.row if alone else 2 + len(self.sheet.facts)}"
            if alone:
                self.made.print_title_rows = f"1:{self.row - 1}"
            if self.sheet.pages_wide > 1:
                self.made.print_title_cols = "A:A"
        for place, section in enumerate(table.sections):
            self.section(table, section)
            self.places[number, place] = (self.row - len(section.rows), self.row - 1)

    def headings(self, table: Table) -> None:
        """As many lines as headings lie above one another; then the numbers of the columns."""
        depth, top = depth_of(table), self.row
        heights = [LINE_HEIGHT + 3] * depth
        for box in boxes(table):
            self.row = top + box.row
            self.put(box.column + 1, box.text, "表头", box.note)
            self.merge(box.column + 1, box.column + box.columns, "表头", rows=box.rows)
            room = sum(self.room[box.column : box.column + box.columns])
            if not room:
                continue  # hidden
            needed = LINE_HEIGHT * lines(box.text, room) + 3 - sum(heights[box.row : box.row + box.rows - 1])
            last = box.row + box.rows - 1
            heights[last] = max(heights[last], needed)
        self.row = top
        for height in heights:
            self.end_row(height)
        if table.numbered:
            for place, number in enumerate(numbers(table)):
                self.put(place + 1, number, "表头")
            self.end_row(LINE_HEIGHT)

    def section(self, table: Table, section: Section) -> None:
        if section.caption:
            self.put(1, section.caption, "分组")
            self.merge(1, len(table.columns) + 1, "分组")
            self.end_row(LINE_HEIGHT)
        for row in section.rows:
            self.data(table, row)

    def data(self, table: Table, row: Row) -> None:
        self.put(1, row.label, cell_style(row.weight, Format.TEXT), row.note)
        self.made.row_dimensions[self.row].hidden = row.hidden
        tallest = lines(row.label, self.room[0])
        for place, (column, value) in enumerate(zip(table.columns, row.values, strict=True)):
            self.put(place + 2, value, cell_style(row.weight, column.format))
            if column.format is Format.TEXT and isinstance(value, str):
                tallest = max(tallest, lines(value, self.room[place + 1]))
        self.end_row(LINE_HEIGHT * tallest)

    def charts(self) -> None:
        """Side by side, on a page of their own where the rows above may leave too little of theirs."""
        whole = sum(self.room) * CM_OF_A_DIGIT
        too_long = self.row - self.page_began + CHART_ROWS > ROWS_OF_A_PAGE * max(1.0, whole / PAGE_CM)
        if too_long and not self.sheet.one_page:
            self.break_page()
        share = sum(self.room) / len(self.sheet.charts)
        starts = list(accumulate(self.room, initial=0.0))
        for number, chart in enumerate(self.sheet.charts):
            column = next(place for place, start in enumerate(starts, start=1) if start >= number * share)
            drawn = self.drawn(chart)
            drawn.width = min(round(whole / len(self.sheet.charts)), WIDEST_CHART_CM)
            self.made.add_chart(drawn, f"{get_column_letter(column)}{self.row + 1}")
        self.row += CHART_ROWS

    def drawn(self, chart: Chart) -> BarChart:
        first, last = self.places[chart.table, chart.section]
        drawn = BarChart()
        drawn.type, drawn.title, drawn.height = "col", chart.title, CHART_CM
        if chart.kind is ChartKind.STACKED:
            drawn.grouping, drawn.overlap = "stacked", 100
        for place, name in chart.series:
            values = Reference(self.made, min_col=place + 2, min_row=first, max_row=last)
            drawn.append(SeriesFactory(values, title=name))
        drawn.set_categories(Reference(self.made, min_col=1, min_row=first, max_row=last))
        drawn.y_axis.title = chart.unit
        drawn.x_axis.delete = drawn.y_axis.delete = False  # openpyxl's default hides them in recent Excel
        return drawn

    def print_settings(self) -> None:
        made = self.made
        made.page_setup.paperSize, made.page_setup.orientation = A4, "landscape"
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = self.sheet.pages_wide, int(self.sheet.one_page)
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.print_options.horizontalCentered = True
        made.page_margins.left = made.page_margins.right = 0.5
        made.page_margins.top, made.page_margins.bottom = 0.6, 0.7
        footer = HeaderFooterItem()
        footer.left.text, footer.center.text = self.sheet.name, "第 &P 页，共 &N 页"
        made.HeaderFooter.oddFooter = footer
        made.sheet_view.showGridLines = False

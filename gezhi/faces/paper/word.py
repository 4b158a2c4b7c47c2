"""A paper as .docx, to be changed in Word or WPS: the fonts are named, the machine that opens it has them.

Word is told what stands in for a font that is not there (`altName`): 方正小标宋 becomes 宋体.
"""

from collections.abc import Sequence
from io import BytesIO

import qrcode
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_SECTION_START
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from gezhi.faces.paper.description import Cell, Closing, Form, Paper, Part, Signs, Table, Words
from gezhi.faces.paper.printed import Printed
from gezhi.ground.files.written import bytes_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE, TEXT, HEADING, PAGE = "方正小标宋简体", "仿宋", "黑体", "宋体"
_INSTEAD = {TITLE: "宋体", TEXT: "FangSong", HEADING: "SimHei"}
_WIDTH = Mm(156)
_RED, _GRAY = RGBColor(0xD4, 0, 0), RGBColor(0x6E, 0x6E, 0x6E)
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LABEL_WIDTH = Mm(29)
# So many rows of a table stand on one page with who issues it.
_SHORT = 14


def drawn(printed: Printed) -> bytes:
    """The paper as a file of Word."""
    document = Document()
    paper = printed.paper
    _prepare(document, paper.title)
    _head(document, paper)
    _foot(document, printed.words)
    if paper.red_head:
        _line(
            document.add_paragraph(),
            paper.red_head,
            TITLE,
            32,
            color=_RED,
            align=_CENTER,
        )
        if paper.red_number:
            _line(document.add_paragraph(), paper.red_number, TEXT, 16, align=_CENTER)
            document.paragraphs[-1].paragraph_format.space_before = Pt(24)
        _rule_below(document.paragraphs[-1])
    _line(document.add_paragraph(), paper.heading, TITLE, 22, align=_CENTER, after=12)
    for at, part in enumerate(paper.parts):
        _part(document, part, paper)
        if isinstance(part, Closing) and at:
            _keep_with_closing(document, paper.parts[at - 1])
    _name_fonts(document)
    return bytes_of(document)


def _prepare(document: Opened, title: str) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION_START.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(12), Mm(22)
    section.different_first_page_header_footer = False
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    normal.font.name = TEXT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TEXT)
    # The template is an English one: its lines are wider, and end as English lines do.
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.0, Pt(0)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    properties = document.core_properties
    properties.title, properties.language = title, "zh-CN"
    properties.author = properties.comments = properties.last_modified_by = ""


def _head(document: Opened, paper: Paper) -> None:
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        # The style of headers has stops of its own, in the middle of the line.
        paragraph.style = document.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        if paper.stamp:
            _line(paragraph, paper.stamp + "　", HEADING, 12)
        if paper.number:
            _line(paragraph, paper.number, TEXT, 11)
        if paper.qr:
            _line(paragraph, f"\t{paper.qr_words} ", TEXT, 8, color=_GRAY)
            paragraph.add_run().add_picture(BytesIO(_picture(paper.qr)), width=Mm(20))


def _picture(text: str) -> bytes:
    return bytes_of(qrcode.make(text, box_size=8, border=2), "PNG")


def _foot(document: Opened, words: str) -> None:
    section = document.sections[0]
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, None)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        # GB/T 9704: size 4 of 宋体, a sign's breadth from the edge.
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        _line(paragraph, "— ", PAGE, 14, align=align)
        _page_number(paragraph)
        _line(paragraph, " —", PAGE, 14, align=align)
        _line(footer.add_paragraph(), words, TEXT, 8, color=_GRAY)


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.name, run.font.size = PAGE, Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        else:
            made = OxmlElement("w:instrText")
            made.set(qn("xml:space"), "preserve")
            made.text = text
        run._r.append(made)


def _line(
    paragraph: Paragraph,
    words: str,
    font: str,
    size: float,
    *,
    color: RGBColor | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
    after: float = 0,
) -> None:
    """Words of one font at the end of a paragraph; a line break stays one."""
    run = paragraph.add_run(words)
    # No weight is added: 小标宋 is as heavy as a title is set, and Word would thicken it once more.
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)


def _rule_below(paragraph: Paragraph) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "D40000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_after = Pt(12)


def _part(document: Opened, part: Part, paper: Paper) -> None:
    size = 16 if paper.letter else 12
    match part:
        case Form():
            _heading(document, part.heading, size)
            _form(document, part)
        case Table():
            _heading(document, part.heading, size)
            _table(document, part)
        case Words():
            _heading(document, part.heading, size)
            _words(document, part, size)
        case Signs():
            _signs(document, part)
        case Closing():
            for at, words in enumerate((part.who, part.day)):
                paragraph = document.add_paragraph()
                _line(paragraph, words, TEXT, size, align=_RIGHT)
                paragraph.paragraph_format.right_indent = Pt(2 * size)
                paragraph.paragraph_format.keep_with_next = at == 0
                paragraph.paragraph_format.space_before = Pt(20 if at == 0 else 0)


def _keep_with_closing(document: Opened, before: Part) -> None:
    """Who issues it never stands on a page alone: a short table stays with it, of words the last."""
    if isinstance(before, Words):
        document.paragraphs[-3].paragraph_format.keep_with_next = True
    elif isinstance(before, Table) and len(before.rows) <= _SHORT:
        kept = [cell for row in document.tables[-1].rows for cell in row.cells]
        for paragraph in (one for cell in kept for one in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
        if before.note:
            document.paragraphs[-3].paragraph_format.keep_with_next = True


def _heading(document: Opened, words: str, size: int) -> None:
    if not words:
        return
    paragraph = document.add_paragraph()
    _line(paragraph, words, HEADING, size, after=6)
    paragraph.paragraph_format.space_before = Pt(12)
    paragraph.paragraph_format.keep_with_next = True


def _words(document: Opened, part: Words, size: int) -> None:
    for at, words in enumerate(([part.to] if part.to else []) + list(part.paragraphs)):
        paragraph = document.add_paragraph()
        _line(paragraph, words, TEXT, size)
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(29 if size == 16 else 20),
        )
        if not (part.to and at == 0):
            form.first_line_indent = Pt(2 * size)


def _grid(document: Opened, rows: int, widths: Sequence[int]) -> list[list[_Cell]]:
    """The cells of a new table with lines, row by row."""
    made = document.add_table(rows=rows, cols=len(widths))
    made.style = "Table Grid"
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Emu(width)
    found = []
    for row in made.rows:
        _keep_whole(row)
        # Asked of a row, its cells are looked for in the whole table each time.
        cells = [_Cell(one, made) for one in row._tr.tc_lst]
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Emu(width)
        found.append(cells)
    return found


def _keep_whole(row: _Row) -> None:
    """No row is broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _form(document: Opened, part: Form) -> None:
    beside = (_WIDTH - 2 * _LABEL_WIDTH) // 2
    made = _grid(document, len(part.rows), (_LABEL_WIDTH, beside, _LABEL_WIDTH, beside))
    for row, cells in zip(made, part.rows, strict=True):
        if len(cells) == 1:
            _label(row[0], cells[0].label)
            _fill(row[1].merge(row[3]), cells[0])
            continue
        for at, cell in enumerate(cells):
            _label(row[2 * at], cell.label)
            _fill(row[2 * at + 1], cell)


def _label(cell: _Cell, words: str) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _in_cell(cell.paragraphs[0], words, HEADING, 11, _CENTER)


def _fill(cell: _Cell, told: Cell) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    first, *rest = told.text.split("\n")
    _in_cell(cell.paragraphs[0], first, TEXT, 12)
    for words in rest + [""] * told.room:
        _in_cell(cell.add_paragraph(), words, TEXT, 12)
    if told.sign:
        _in_cell(cell.add_paragraph(), told.sign, TEXT, 11, _RIGHT)


def _in_cell(
    paragraph: Paragraph,
    words: str,
    font: str,
    size: float,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    _line(paragraph, words, font, size, align=align, after=3)
    paragraph.paragraph_format.space_before = Pt(3)


def _table(document: Opened, part: Table) -> None:
    share = _WIDTH / sum(part.widths)
    made = _grid(document, 1 + len(part.rows), [int(width * share) for width in part.widths])
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    document.tables[-1].rows[0]._tr.get_or_add_trPr().append(repeated)
    for cell, words in zip(made[0], part.columns, strict=True):
        _in_cell(cell.paragraphs[0], words, HEADING, 11, _CENTER)
    for row, told in zip(made[1:], part.rows, strict=True):
        for at, (cell, words) in enumerate(zip(row, told, strict=True)):
            align = _CENTER if part.numbers and at else None
            _in_cell(cell.paragraphs[0], words, TEXT, 11, align)
    if part.note:
        _line(document.add_paragraph(), part.note, TEXT, 10, color=_GRAY)


def _signs(document: Opened, part: Signs) -> None:
    made = document.add_table(rows=2 if part.dated else 1, cols=len(part.names))
    for at, name in enumerate(part.names):
        _line(made.rows[0].cells[at].paragraphs[0], name, TEXT, 11)
        made.rows[0].cells[at].paragraphs[0].paragraph_format.space_before = Pt(24)
        if part.dated:
            _line(made.rows[1].cells[at].paragraphs[0], "年　　月　　日", TEXT, 11, align=_RIGHT)
    for row in made.rows:
        _keep_whole(row)


def _name_fonts(document: Opened) -> None:
    """Say in the table of fonts what stands in for each."""
    (table,) = (
        one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable")
    )
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")

"""The same paper as a Word file, laid out after GB/T 9704, in the fonts an office has."""

import re
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tanxin.web.papers.paper import Paper, Passage, Table

FANG, HEI, SONG = "仿宋_GB2312", "黑体", "方正小标宋简体"
BODY, TITLE, SMALL, LABEL = Pt(16), Pt(22), Pt(10.5), Pt(14)
PITCH = Pt(28.95)
WIDTH = 156
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_of(paper: Paper) -> bytes:
    """Names of the fonts are those of the standard; Word takes another where one is missing."""
    document = Document()
    lay_out(document, paper)
    put(document, paper.grade, HEI, Pt(12), WD_ALIGN_PARAGRAPH.RIGHT)
    put(document, paper.title, SONG, TITLE, WD_ALIGN_PARAGRAPH.CENTER)
    opening(document, paper.opening)
    if paper.facts:
        table(document, paper)
    words(document, paper.closing)
    for passage in paper.passages:
        add(document, passage)
    ending(document, paper)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def opening(document: Doc, text: str) -> None:
    """The first line names somebody and stands at the edge."""
    first, _, rest = text.partition("\n")
    if first:
        put(document, first, FANG, BODY)
    words(document, rest)


def ending(document: Doc, paper: Paper) -> None:
    if paper.boxes:
        put(document, "　　".join(f"□ {box}" for box in paper.boxes), FANG, BODY)
    for who in paper.signatures:
        put(document, f"{who}：\t年　　月　　日", FANG, BODY)
    if paper.dated:
        for text in (paper.issuer, f"{paper.dated}　　　　"):
            put(document, text, FANG, BODY, WD_ALIGN_PARAGRAPH.RIGHT)
    if paper.remark:
        put(document, paper.remark, FANG, SMALL)


def lay_out(document: Doc, paper: Paper) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    write(page.footer.paragraphs[0], paper.foot, FANG, SMALL)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.issuer


def put(
    document: Doc,
    text: str,
    font: str,
    size: Pt,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    if size == TITLE:
        form.space_after = PITCH
    form.tab_stops.add_tab_stop(Mm(112))
    write(paragraph, text, font, size)
    return paragraph


def write(paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
    """Without signs that no XML can hold, which a text from elsewhere may bring along."""
    set_font(paragraph.add_run(NO_XML.sub("", text)), font, size)


def set_font(run: Run, font: str, size: Pt) -> None:
    run.font.size, run.font.name = size, "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - the library names no font for Chinese


def words(document: Doc, text: str) -> None:
    for line in text.splitlines():
        put(document, line, FANG, BODY).paragraph_format.first_line_indent = BODY * 2


def add(document: Doc, passage: Passage) -> None:
    if passage.heading:
        put(document, passage.heading, HEI, BODY).paragraph_format.keep_with_next = True
    words(document, passage.text)
    if passage.table:
        grid(document, passage.table)
    for _ in range(passage.lines):
        put(document, "＿" * 27, FANG, BODY)


def table(document: Doc, paper: Paper) -> None:
    made = document.add_table(rows=0, cols=2, style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for label, value in paper.facts:
        cells = made.add_row().cells
        for cell, text, font, width in zip(
            cells, (label, value), (HEI, FANG), (Mm(34), Mm(122)), strict=True
        ):
            cell.width = width
            write(cell.paragraphs[0], text, font, LABEL)


def grid(document: Doc, table: Table) -> None:
    """Its head stands again on every page."""
    made = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    shares = [Mm(WIDTH * share / sum(table.widths)) for share in table.widths]
    for at, row in enumerate((table.head, *table.rows)):
        line = made.add_row()
        for cell, text, width in zip(line.cells, row, shares, strict=True):
            cell.width = width
            write(cell.paragraphs[0], text, FANG if at else HEI, SMALL)
        if not at:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no word for it

"""A paper of every part, drawn as PDF and as Word: A4 and margins of GB/T 9704, pages, words as words."""

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gezhi.faces.paper import pdf, word
from gezhi.faces.paper.description import Cell, Closing, Form, Paper, Part, Signs, Table, Words
from gezhi.faces.paper.printed import Printed
from gezhi.kernel import clock, fonts

pytestmark = pytest.mark.skipif(
    not fonts.found(pdf.fonts_folder()).is_usable, reason="no Chinese font on this machine"
)
NASTY = '#let x = 1 <script> $a$ @b *c* _d_ \\ `e` "f" {unit} 𠮷'


def _printed(**changes):
    parts: list[Part] = [
        Form([[Cell("事由", NASTY)], [Cell("承办", "环卫所"), Cell("时限", "", room=2)]]),
        Table(
            ("单位", "件"), [(f"第{row}社区", str(row)) for row in range(60)], (3, 1), numbers=True
        ),
        Words([NASTY, "第二段"], heading="一、情况", to="反映人："),
        Signs(("经办人：", "负责人：")),
        Closing("街道网格中心", "2026年11月23日"),
    ]
    fields = {"number": "案件号 1", "qr": "http://10.1.2.3/", "qr_words": "扫码", **changes}
    return Printed(Paper("督办单", "督办单", parts, **fields), "中心 王敏", clock.now())


def test_a_long_paper_goes_over_pages_of_a4():
    made = pdf.drawn(_printed())
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) >= 2
    assert re.search(rb"/MediaBox\s*\[0 0 595\.\d+ 841\.\d+\]", made)


def test_only_the_signs_that_stand_on_it_are_embedded():
    assert len(pdf.drawn(_printed(letter=True, red_head="街道网格中心"))) < 300_000


def test_word_has_the_margins_the_fonts_and_what_stands_in_for_them():
    document = Document(io.BytesIO(word.drawn(_printed())))
    section: Any = document.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [
        abs(side - Mm(want)) < Mm(1) for side, want in zip(sides, (37, 35, 28, 26), strict=True)
    ]
    with zipfile.ZipFile(io.BytesIO(word.drawn(_printed()))) as held:
        table = held.read("word/fontTable.xml").decode()
        footer = "".join(held.read(name).decode() for name in held.namelist() if "footer" in name)
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>' in table
    assert "PAGE" in footer and "打印人：中心 王敏" in footer


def test_word_is_told_that_it_is_chinese_a_title_is_as_heavy_as_its_font_and_pages_are_in_song():
    document = Document(io.BytesIO(word.drawn(_printed())))
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    assert document.core_properties.title == "督办单"
    (title,) = (one for one in document.paragraphs if one.text == "督办单")
    assert {(run.font.name, run.font.size, run.bold) for run in title.runs} == {
        ("方正小标宋简体", Pt(22), None)
    }
    section: Any = document.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert {run.font.name for run in footer.paragraphs[0].runs} == {"宋体"}


def test_words_stay_words_and_the_head_of_a_table_comes_again():
    document = Document(io.BytesIO(word.drawn(_printed())))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert NASTY in cells and NASTY in [one.text for one in document.paragraphs]
    assert "w:tblHeader" in document.tables[1].rows[0]._tr.xml


def test_nobody_is_named_in_what_a_file_says_of_itself():
    properties = Document(io.BytesIO(word.drawn(_printed()))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")

"""The report of an emergency as a paper: each way out, recorded, marked as a drill, and without a word
of a confidential case, whoever takes it."""

import io
import zipfile

import pytest
from docx import Document

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions
from tests import emergencies

WORDS = "3 栋 501 的王老太在地下室摔倒"


@pytest.fixture
def flood(cast):
    """A flood in the street with trouble in grid one."""
    return emergencies.flood(cast, trouble=WORDS)


def _take(desk, row, way, purpose="应急总结"):
    return desk.post(f"emergency/{row.pk}/report/", way=way, purpose=purpose)


def _words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    section = document.sections[0]
    beside = [one.text for part in (section.header, section.footer) for one in part.paragraphs]
    return "\n".join([*(one.text for one in document.paragraphs), *cells, *beside])


def _inside(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return "".join(held.read(name).decode(errors="ignore") for name in held.namelist())


def test_each_way_out_says_the_same_and_the_trail_has_it(cast, desk_of, flood):
    actions.switch_off(emergency_id=flood.pk, summary="雨停了", goes_on=True, by=cast.wang.viewer)
    desk = desk_of(cast.supervisor)
    page = text_of(_take(desk, flood, "page"))
    word = _words_of(_take(desk, flood, "docx").content)
    said = ("应急报告", "暴雨", "雨停了", WORDS, "有事 1", "街道值班长", "用途：应急总结")
    for words in said:
        assert words in page and words in word
    made = _take(desk, flood, "pdf")
    assert made.content.startswith(b"%PDF-") and made["Cache-Control"] == "no-store"
    printed = Entry.objects.filter(verb="papers.print", subject_kind="emergency")
    assert [entry.detail["way"] for entry in printed.order_by("pk")] == ["page", "docx", "pdf"]
    assert {entry.subject_id for entry in printed} == {flood.pk}


def test_without_a_purpose_nothing_leaves(cast, desk_of, flood):
    assert _take(desk_of(cast.supervisor), flood, "pdf", purpose=" ").status_code == 422
    assert not Entry.objects.filter(verb="papers.print").exists()


def test_while_it_is_on_the_report_says_that_it_is_not_the_last(cast, desk_of, flood):
    assert "到现在为止" in text_of(desk_of(cast.acceptor).get(f"emergency/{flood.pk}/report/"))


def test_a_drill_says_so_at_the_head_of_every_page(cast, desk_of):
    row = emergencies.flood(cast, drill=True)
    desk = desk_of(cast.supervisor)
    word = _words_of(_take(desk, row, "docx", "演练总结").content)
    assert "演练报告" in word and "应急报告" not in word
    assert "演练　不是真的" in word


@pytest.mark.parametrize("name", ["acceptor", "supervisor", "wang", "li", "zhang"])
def test_of_a_confidential_case_no_word_leaves_whoever_takes_it(cast, desk_of, flood, name):
    number = flood.cases.get().case.number
    actions.name_major(
        emergency_id=flood.pk, number=number, user_id=cast.handler.user_id, by=cast.wang.viewer
    )
    cases.restrict(number=number, by=cast.acceptor.viewer, key=fresh_key())
    desk = desk_of(getattr(cast, name))
    told = _inside(_take(desk, flood, "docx").content)
    shown = text_of(desk.get(f"emergency/{flood.pk}/report/"))
    for page in (told, shown):
        assert WORDS not in page and number not in page
        assert cast.handler.name not in page

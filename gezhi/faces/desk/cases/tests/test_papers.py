"""The papers about a case: on the screen, as PDF, as Word; with a mark, recorded, and none for who may
not see it."""

import io
import itertools
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document

from gezhi.faces.desk.cases import papers
from gezhi.faces.desk.cases.papers import PAPERS
from gezhi.faces.desk.conftest import text_of
from gezhi.faces.shell import moments
from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.actions import Contact

NAME, PHONE = "欧阳海棠", "13912345678"
CONTACT = Contact(name=NAME, phone=PHONE)


@pytest.fixture
def called(play):
    """A case whose reporter left name and phone, done and to be checked."""
    return play.until("checking", contact=CONTACT)


def _take(desk, play, paper, way, purpose="送承办单位"):
    return desk.post(f"cases/{play.case.number}/sheet/{paper}/", way=way, purpose=purpose)


def _words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    section = document.sections[0]
    beside = [one.text for part in (section.header, section.footer) for one in part.paragraphs]
    return "\n".join([*(one.text for one in document.paragraphs), *cells, *beside])


def test_the_case_offers_the_papers_it_has(cast, called, desk_of):
    page = text_of(desk_of(cast.acceptor).get(f"cases/{called.case.number}/"))
    offered = page.partition('id="papers"')[2].partition("</section>")[0]
    for name in ("交办单", "告知书", "核查单", "回访单", "延期申请表", "挂账审批表"):
        assert name in offered
    assert "督办单" not in offered and "不予受理告知书" not in offered


def test_each_way_out_says_the_same(cast, called, desk_of):
    desk = desk_of(cast.acceptor)
    page = text_of(_take(desk, called, "assignment", "page"))
    word = _words_of(_take(desk, called, "assignment", "docx").content)
    for said in (
        "交办单",
        cast.street.sanitation.name,
        "办结时限",
        "承办单位负责人签字",
        "用途：送承办单位",
    ):
        assert said in page and said in word
    made = _take(desk, called, "assignment", "pdf")
    assert made.content.startswith(b"%PDF-") and made["Cache-Control"] == "no-store"
    assert NAME not in made["Content-Disposition"] and PHONE not in made["Content-Disposition"]


def test_what_was_only_looked_at_prints_nothing(cast, called, desk_of):
    page = text_of(desk_of(cast.acceptor).get(f"cases/{called.case.number}/sheet/assignment/"))
    assert '<article class="paper no-print">' in page and "还没有写用途" in page
    assert not Entry.objects.filter(verb="papers.print").exists()


def test_without_a_purpose_it_comes_back_and_nothing_leaves(cast, called, desk_of):
    answer = _take(desk_of(cast.acceptor), called, "assignment", "pdf", purpose=" ")
    assert answer.status_code == 422 and "text/html" in answer["Content-Type"]
    assert not Entry.objects.filter(verb="papers.print").exists()


def test_who_printed_it_when_and_what_for_is_in_the_trail_under_its_number(cast, called, desk_of):
    word = _words_of(_take(desk_of(cast.acceptor), called, "check", "docx", "明天去看").content)
    entry = Entry.objects.get(verb="papers.print")
    assert entry.subject_id == called.case.pk and entry.user_id == cast.acceptor.user_id
    assert entry.detail["paper"] == "check" and entry.purpose == "other: 明天去看"
    assert entry.detail["serial"] in word and cast.acceptor.name in word


def test_the_reporter_stands_masked_on_the_screen_and_whole_on_what_is_taken(cast, called, desk_of):
    desk = desk_of(cast.acceptor)
    shown = text_of(desk.get(f"cases/{called.case.number}/sheet/callback/"))
    assert PHONE not in shown and NAME not in shown
    taken = _words_of(_take(desk, called, "callback", "docx", "今天回访").content)
    assert PHONE in taken and NAME in taken
    opened = Entry.objects.get(verb="read.contact")
    assert opened.purpose == "other: 今天回访"


def test_who_may_not_open_a_contact_has_no_paper_with_it(cast, called, desk_of):
    desk = desk_of(cast.handler)
    for paper in ("callback", "notice"):
        assert _take(desk, called, paper, "pdf").status_code == 404
    assert _take(desk_of(cast.tang), called, "assignment", "pdf").status_code == 404


def test_what_goes_to_a_unit_holds_no_word_of_a_confidential_reporter(cast, play, desk_of):
    said = "三楼李家天天打牌吵到半夜"
    play.until("handling", text=said, confidential=True, contact=CONTACT)
    actions.open_case(number=play.case.number, by=cast.wang.viewer, need="asked")
    desks = (desk_of(cast.handler), desk_of(cast.wang))
    for desk, paper in itertools.product(desks, ("assignment", "extension", "hang")):
        page = text_of(_take(desk, play, paper, "page"))
        assert said not in page and NAME not in page and "保密　仅限承办人员" in page
        document = _take(desk, play, paper, "docx").content
        inside = b"".join(
            zipfile.ZipFile(io.BytesIO(document)).read(name)
            for name in zipfile.ZipFile(io.BytesIO(document)).namelist()
        ).decode(errors="ignore")
        assert "打牌" not in inside and NAME not in inside and PHONE not in inside


def test_words_are_never_read_as_markup(cast, play, desk_of):
    said = '楼道 #strong[堵了] <b>快来</b> $x$ @a \\ "引号" {unit}'
    play.until("handling", text=said)
    desk = desk_of(cast.acceptor)
    assert _take(desk, play, "assignment", "pdf").status_code == 200
    assert said in _words_of(_take(desk, play, "assignment", "docx").content)
    assert "<b>快来" not in text_of(_take(desk, play, "assignment", "page"))


def test_a_machine_without_a_font_says_what_to_install_and_opens_nothing(
    cast, called, desk_of, monkeypatch
):
    monkeypatch.setattr("gezhi.kernel.fonts._families", lambda folder: frozenset({"DejaVu Sans"}))
    desk = desk_of(cast.acceptor)
    answer = _take(desk, called, "callback", "pdf", "今天回访")
    assert answer.status_code == 503 and "fonts-noto-cjk" in text_of(answer)
    assert not Entry.objects.filter(verb__in=("papers.print", "read.contact")).exists()
    assert _take(desk, called, "callback", "docx", "今天回访").status_code == 200


def test_the_letter_says_what_the_pack_says(cast, called, desk_of):
    page = text_of(desk_of(cast.acceptor).get(f"cases/{called.case.number}/sheet/notice/"))
    assert "我们已经受理" in page and cast.street.sanitation.name in page
    assert "{unit}" not in page


def test_what_no_unit_was_given_was_done_by_the_office_that_writes(cast, play, desk_of):
    play.report().accept(kind="consult")
    play.do(actions.answer, cast.acceptor.viewer, words="每周一到周五九点到十七点可以办")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/sheet/notice/"))
    assert "已由" in page and "已由—" not in page and cast.street.centre.name in page


def test_a_day_that_has_passed_is_owned_up_to_not_promised(cast, called, desk_of):
    path = f"cases/{called.case.number}/sheet/notice/"
    assert "没有按时做到" not in text_of(desk_of(cast.acceptor).get(path))
    with clock.moved_to(called.report_row.promised_at + timedelta(minutes=1)):
        page = text_of(desk_of(cast.acceptor).get(path))
    assert "没有按时做到" in page and "最晚" not in page


def test_the_limit_that_came_with_it_stands_where_it_ends_sooner(cast, play, desk_of):
    sooner, later = clock.now() + timedelta(hours=3), clock.now() + timedelta(days=90)
    for due, number in ((sooner, "GD-1"), (later, "GD-2")):
        play.until("handling", origin=actions.Origin("12345", number, "1", due))
        page = text_of(_take(desk_of(cast.acceptor), play, "assignment", "page"))
        case = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))
        assert ("以它为准" in page) is (due is sooner)
        assert (f"{clock.local(due):%Y-%m-%d %H:%M}" in page) is (due is sooner)
        assert ("它比现在这一环节的到期早" in case) is (due is sooner)
        listed = text_of(desk_of(cast.handler).get("queues/handling/"))
        assert (
            f"转来的时限 {moments.dated_until(sooner)}" in listed
            and moments.dated_until(later) not in listed
        )
    with clock.moved_to(sooner + timedelta(minutes=1)):
        assert "转来的时限已过" in text_of(desk_of(cast.handler).get("queues/handling/"))


def test_a_refused_case_has_its_letter(cast, play, desk_of):
    play.report()
    play.do(
        actions.reject,
        cast.acceptor.viewer,
        reason_code="not_here",
        words="归隔壁街道，已经告诉他们",
    )
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/sheet/rejection/"))
    assert "不予受理。理由：" in page and "不同意见" in page


@pytest.mark.parametrize(
    ("words", "reason", "more"),
    [
        ("{reason}", "{reason}", []),
        (
            "{reason}请找隔壁街道。\n电话 028-85550000。",
            "{reason}",
            ["请找隔壁街道。", "电话 028-85550000。"],
        ),
        ("归隔壁街道", "{reason}", ["归隔壁街道"]),
        ("您好，{reason}", "见下。", ["您好，{reason}"]),
    ],
)
def test_why_it_is_refused_is_told_once(cast, play, desk_of, words, reason, more):
    play.report()
    term = codes.term("reject_reasons", "not_here")
    assert term is not None
    known = {"reason": term.data["to_reporter"]}
    by = cast.acceptor.viewer
    play.do(actions.reject, by, reason_code="not_here", words=words.format(**known))
    page = _take(desk_of(cast.acceptor), play, "rejection", "page").content.decode()
    told = re.findall(r'<p class="paper-words words">(.*?)</p>', page, re.DOTALL)
    told = [re.sub(r"<[^>]+>", "", one).strip() for one in told]
    assert told[0].endswith("理由：" + reason.format(**known))
    assert told[1:-1] == [one.format(**known) for one in more]


def test_there_is_no_other_paper(cast, called, desk_of):
    address = f"cases/{called.case.number}/sheet/diploma/"
    assert desk_of(cast.acceptor).get(address).status_code == 404
    assert len(PAPERS) == 10


def test_the_paper_for_the_call_names_whoever_can_be_called(cast, play, desk_of):
    play.report(contact=Contact())
    actions.join(
        intake=actions.Intake(
            text="我也遇到", channel="web", contact=Contact("刘建军", "13800001234")
        ),
        case=play.case,
        by=play.stranger,
        key="second-report",
    )
    play.accept().dispatch().take().finish().check().close()
    desk = desk_of(cast.acceptor)
    shown = text_of(desk.get(f"cases/{play.case.number}/sheet/callback/"))
    assert "刘**" in shown and "138****1234" in shown
    taken = text_of(_take(desk, play, "callback", "page", "回访反映人"))
    assert "刘建军" in taken and "13800001234" in taken


def test_the_names_of_rows_stand_clear_of_their_lines():
    for file in Path(papers.__file__).parent.glob("*.py"):
        for label in re.findall(r'Cell\(_\("([^"]*)"\)', file.read_text(encoding="utf-8")):
            assert len(label) <= 6, f"{label} in {file.name}"

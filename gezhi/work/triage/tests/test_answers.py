"""A draft from like closed cases, and what an answer lacks: from what the viewer may see."""

from gezhi.methods.answer import CODES
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import answering
from gezhi.work.triage.queries import draft_for, findings_in
from gezhi.work.triage.queries.answers import NOTES
from tests.cast import Cast

ASKED = "请问老旧小区加装电梯需要多少户业主同意，怎么申请补贴？"
RULE = (
    "您好！根据《四川省既有住宅增设电梯指导意见》规定，加装电梯应当由本单元三分之二以上业主同意。"
    "申请补贴可向街道办事处提供协议和身份证办理。联系人王建国，电话13900001111。"
)


def _answered(cast: Cast, text: str = ASKED, words: str = RULE) -> Play:
    play = Play(cast).report(text=text, kind="consult")
    play.do(actions.answer, cast.acceptor.viewer, words=words)
    return play


def _office_of_answers(cast: Cast) -> set[str]:
    """Five answers with the same rule among others; what one holds alone may be one person's."""
    for sign in "天地玄黄宇宙洪荒日月盈昃":
        _answered(cast, text=f"路灯不亮{sign * 3}", words=f"{sign}路路灯已经修好。")
    return {_answered(cast).receipt.case_number for _time in range(5)}


def test_a_draft_shows_the_closed_case_it_came_from(cast: Cast) -> None:
    sources = _office_of_answers(cast)
    play = Play(cast).report(text="想问加装电梯要几户业主同意，补贴怎么申请", kind="consult")
    made = draft_for(cast.acceptor.viewer, play.case)
    assert made is not None
    assert made.sources and {one.number for one in made.sources} <= sources
    assert "三分之二" in made.text or "增设电梯" in made.text
    assert made.slots and all(slot.words in made.text for slot in made.slots)


def test_nobodys_name_or_phone_comes_along(cast: Cast) -> None:
    _office_of_answers(cast)
    play = Play(cast).report(text=ASKED, kind="consult")
    made = draft_for(cast.acceptor.viewer, play.case)
    assert made is not None and made.sources
    assert "王建国" not in made.text and "13900001111" not in made.text


def test_without_like_cases_the_draft_is_all_holes(cast: Cast) -> None:
    play = Play(cast).report(text=ASKED)
    made = draft_for(cast.acceptor.viewer, play.case)
    assert made is not None
    assert made.sources == () and made.slots


def test_cases_the_viewer_may_not_see_are_not_drawn_on(cast: Cast) -> None:
    _answered(cast)
    longitude, latitude = cast.street.next_point
    where = actions.Where(longitude=longitude, latitude=latitude)
    play = Play(cast).report(text=ASKED, where=where)
    made = draft_for(cast.zhao.viewer, play.case)
    assert made is not None and made.sources == ()
    assert draft_for(cast.zhang.viewer, play.case) is None
    assert draft_for(play.stranger, play.case) is None


def test_an_answer_that_says_nothing_is_told_so(cast: Cast) -> None:
    play = Play(cast).report(text=ASKED)
    notes = findings_in(
        cast.acceptor.viewer, play.case, "您好，您反映的问题已收悉，已转相关部门办理。"
    )
    assert "no_result" in {note.code for note in notes}
    assert all(note.advice and note.advice != note.code for note in notes)
    assert findings_in(cast.zhao.viewer, play.case, "") == ()


def test_every_remark_of_the_method_has_its_sentence() -> None:
    assert set(NOTES) == set(CODES)


def test_the_last_answer_of_a_closed_case_is_what_is_shelved(cast: Cast) -> None:
    play = Play(cast).until("closed")
    shelf = answering.shelf_of(cast.street.district.pk)
    (found,) = shelf.like("单元门口堆了建筑垃圾没人清")
    assert found.source.id == play.case.pk
    assert found.source.answer.startswith("已派车清运")

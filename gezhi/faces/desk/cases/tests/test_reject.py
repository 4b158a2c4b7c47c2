"""不予受理: a reason, words the reporter reads, and what it means said before."""

import re
from datetime import timedelta

from gezhi.faces.desk.cases.deeds.answers import gap, known, templates
from gezhi.faces.desk.conftest import text_of
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.work.cases.queries import case_page


def test_it_says_what_will_happen_and_offers_words_for_each_reason(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/reject/"))
    assert "这件事就此结束" in page
    assert 'data-words="这件事不在本街道范围内' in page
    assert "走法律程序" in page


def test_a_reason_and_words_end_the_case(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(
        play, "reject", reason_code="not_here", words="这里归柳荫街道管，已转告。"
    )
    assert response.status_code == 303
    assert play.case.state == "rejected"


def test_without_words_or_reason_it_comes_back(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    without_words = desk.deed(play, "reject", reason_code="not_here", words=" ")
    assert without_words.status_code == 422
    assert 'value="not_here"' in text_of(without_words)
    without_reason = desk.deed(play, "reject", words="写好的解释")
    assert without_reason.status_code == 422
    assert "写好的解释" in text_of(without_reason)
    assert play.case.state == "reported"


def test_a_gap_of_a_template_must_not_go_out(cast, play, desk_of):
    play.until("reported")
    words = "您说的地方归【承办单位】管，电话是【联系电话】。"
    response = desk_of(cast.acceptor).deed(play, "reject", reason_code="not_here", words=words)
    assert response.status_code == 422
    assert "还有空没填：承办单位、联系电话" in text_of(response)
    assert play.case.state == "reported"


def test_a_template_says_of_another_unit_and_of_a_visit_only_what_somebody_writes(
    cast, play, desk_of
):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/reject/"))
    assert "归【该管的单位】管，电话是【该管单位的电话】" in page
    assert "我们【去看的日子】到" in page
    assert "转告他们" not in page


def test_no_template_of_the_packs_claims_what_the_case_does_not_know(cast, play):
    """What the case fills in is its own: who has it, its place, class and limit, whom to ask."""
    play.until("handling")
    page = case_page(cast.acceptor.viewer, play.case.number)
    filled = known(page)
    assert set(filled) == {"unit", "place", "matter", "due", "basis", "contact", "days"}
    with clock.moved_to(play.case.due_at - timedelta(minutes=5)):
        soon = known(case_page(cast.acceptor.viewer, play.case.number))
    assert "今天" not in soon["due"] and " 月 " in soon["due"]
    for deed in ("answer", "reject", "finish", "close"):
        for template in templates(cast.acceptor.viewer, deed, page):
            term = codes.term("answers", template.code)
            assert term is not None
            text = str(term.data["text"])
            slots = set(re.findall(r"\{([a-z_]+)\}", text))
            assert slots == set(str(term.data["slots"]).split()), template.code
            for slot in slots - set(filled) | {"basis"} & slots:
                assert gap(slot) in template.text, (template.code, slot)
                assert gap(slot) != f"【{slot}】", slot

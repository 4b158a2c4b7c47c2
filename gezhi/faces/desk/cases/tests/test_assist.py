"""协办 at the desks of the dispatcher, the assisting unit and the lead."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.models import Assignment


@pytest.fixture
def sent(cast, play, desk_of):
    """Sent to the sanitation office, which must wait for the water company."""
    play.until("accepted")
    answer = desk_of(cast.dispatcher).deed(
        play,
        "dispatch",
        lead_unit_id=cast.street.sanitation.pk,
        awaited_unit_ids=[cast.street.water.pk],
    )
    assert answer.status_code == 303
    return play


def test_whoever_is_waited_for_assists_too(cast, sent):
    part = Assignment.objects.get(case=sent.case, part="assist")
    assert part.unit_id == cast.street.water.pk and part.awaited


def test_an_assisting_unit_finds_it_and_answers(cast, sent, desk_of, photo):
    desk = desk_of(cast.tang)
    assert sent.case.number in text_of(desk.get("queues/assisting/"))
    page = text_of(desk.get(f"cases/{sent.case.number}/"))
    assert f"{cast.street.water.name}协办这件事，请在" in page
    assert "协办答复" in page and "接单" not in page.split("deed-bar")[1]
    answer = desk.deed(sent, "assist", answer="done", words="已关阀", photos=photo())
    assert answer.status_code == 303
    page = text_of(desk_of(cast.handler).get(f"cases/{sent.case.number}/"))
    assert "已关阀" in page and "已答复" in page


def test_an_answer_without_words_comes_back_with_what_was_chosen(cast, sent, desk_of):
    answer = desk_of(cast.tang).deed(sent, "assist", answer="not_ours", words="")
    assert answer.status_code == 422
    assert "checked" in text_of(answer).split('value="not_ours"')[1][:80]


def test_the_lead_reads_whom_it_waits_for(cast, sent, desk_of):
    sent.take()
    desk = desk_of(cast.handler)
    said = f"还要等：{cast.street.water.name}的协办答复"
    page = text_of(desk.get(f"cases/{sent.case.number}/"))
    assert said in page and "主办要等" in page
    refused = desk.get(f"cases/{sent.case.number}/finish/")
    assert refused.status_code == 409 and said in text_of(refused)
    refused = desk.deed(sent, "finish", words="办好了")
    assert refused.status_code == 409 and said in text_of(refused)


def test_another_unit_has_no_such_page(cast, sent, desk_of):
    assert desk_of(cast.sun).deed(sent, "assist", answer="done", words="查").status_code == 404
    assert (
        desk_of(cast.dispatcher).deed(sent, "assist", answer="done", words="查").status_code == 403
    )

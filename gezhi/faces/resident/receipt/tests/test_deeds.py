"""补充, 催一催, 评价, 还没解决: by whoever has number and code, without script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gezhi.faces.resident.conftest import values, words
from gezhi.faces.shell import moments
from gezhi.ground.files.models import File
from gezhi.kernel import clock
from gezhi.work.cases.models import Attachment, Step
from gezhi.work.cases.rules import Deed, State


def at(play, deed=""):
    return f"/r/{play.receipt.number}/{play.receipt.code}{deed and '/'}{deed}"


def steps(deed):
    return Step.objects.filter(deed=deed).count()


@pytest.mark.parametrize("deed", ["add", "urge", "rate", "reopen"])
def test_a_wrong_code_opens_no_deed(resident, play, deed):
    play.until("closed")
    before = Step.objects.count()
    answer = resident.client.post(
        f"/r/{play.receipt.number}/{'1' * 16}/{deed}", {"deed_key": "k" * 20}
    )
    assert answer.status_code == 404
    assert Step.objects.count() == before


def test_words_and_a_photo_are_added(resident, play, photo):
    play.until("handling")
    page = resident.read(at(play, "add"))
    answer = resident.client.post(
        at(play, "add"),
        {
            "deed_key": values(page)["deed_key"],
            "words": "今天又多了两袋",
            "photos": [SimpleUploadedFile("a.jpg", photo, "image/jpeg")],
        },
    )
    assert answer.status_code == 303
    assert "今天又多了两袋" in resident.read(at(play))
    assert Attachment.objects.count() == 1


def test_an_empty_addition_is_refused(resident, play):
    play.report()
    answer = resident.client.post(at(play, "add"), {"deed_key": str(uuid4()), "words": " "})
    assert answer.status_code == 422
    assert "id_words_error" in answer.content.decode()


def test_the_same_addition_twice_is_one(resident, play, photo):
    play.report()
    key = str(uuid4())
    for _ in range(2):
        answer = resident.client.post(
            at(play, "add"),
            {"deed_key": key, "words": "再说一句", "photos": [SimpleUploadedFile("a.jpg", photo)]},
        )
        assert answer.status_code == 303
    assert steps(Deed.ADD_WORD) == 1
    assert File.objects.count() == Attachment.objects.count() == 1


def test_nothing_is_added_once_it_is_done(resident, play):
    play.until("closed")
    answer = resident.client.post(at(play, "add"), {"deed_key": str(uuid4()), "words": "晚了"})
    assert answer.status_code == 409
    assert "晚了" in answer.content.decode()
    assert "补充几句" not in words(resident.read(at(play)))


def test_urging_is_counted_and_told(resident, play):
    play.until("handling")
    clock.advance(timedelta(hours=1))
    page = resident.read(at(play))
    answer = resident.client.post(
        at(play, "urge"), {"deed_key": values(page)["deed_key"]}, follow=True
    )
    assert "已经催了" in words(answer.content.decode())
    assert steps(Deed.URGE) == 1


def test_urging_again_too_soon_says_when(resident, play):
    play.until("handling")
    for _ in range(2):
        answer = resident.client.post(at(play, "urge"), {"deed_key": str(uuid4())})
    assert answer.status_code == 409
    assert "小时后可以再催" in answer.content.decode()
    assert steps(Deed.URGE) == 1


def test_a_rating_is_kept_and_shown(resident, play):
    play.until("closed")
    page = resident.read(at(play))
    answer = resident.client.post(
        at(play, "rate"),
        {
            "deed_key": values(page)["deed_key"],
            "resolved": "solved",
            "satisfied": "satisfied",
            "words": "好",
        },
    )
    assert answer.status_code == 303
    row = play.report_row
    assert (row.resolved, row.satisfied, row.rated_through) == ("solved", "satisfied", "reporter")
    after = words(resident.read(at(play)))
    assert "您的评价： 解决了 · 满意" in after.replace("：解决", "： 解决")
    assert "还没解决" in after


def test_a_rating_asks_whether_it_is_solved(resident, play):
    play.until("closed")
    answer = resident.client.post(at(play, "rate"), {"deed_key": str(uuid4()), "words": "没选"})
    assert answer.status_code == 422
    assert "没选" in answer.content.decode()
    nonsense = resident.client.post(
        at(play, "rate"), {"deed_key": str(uuid4()), "resolved": "great"}
    )
    assert nonsense.status_code == 422
    assert play.report_row.resolved == ""


def test_not_solved_opens_it_again(resident, play):
    play.until("closed")
    resident.client.post(
        at(play, "rate"), {"deed_key": str(uuid4()), "resolved": "unsolved", "words": "又堆上了"}
    )
    case = play.case
    assert (case.state, case.round) == (State.ACCEPTED, 2)
    page = words(resident.read(at(play)))
    assert "第 2 次办理" in page
    assert "知道还没解决，已经重新办理" in page and "评价收到了" not in page
    promised = moments.spoken(play.report_row.promised_at)
    assert f"仍在 {promised} 前答复您" in page and "新的答复时间" not in page


def test_a_new_time_to_answer_is_said_when_it_is_another(resident, play):
    play.until("closed")
    before = moments.spoken(play.report_row.promised_at)
    clock.advance(timedelta(days=1))
    answer = resident.client.post(
        at(play, "reopen"), {"deed_key": str(uuid4()), "words": "又堆上了"}, follow=True
    )
    page = words(answer.content.decode())
    promised = moments.spoken(play.report_row.promised_at)
    assert promised != before
    assert f"改在 {promised} 前答复您" in page


def test_not_solved_without_a_word_is_asked_what_is_left(resident, play):
    play.until("closed")
    for deed, fields in (("rate", {"resolved": "unsolved"}), ("reopen", {})):
        answer = resident.client.post(at(play, deed), {"deed_key": str(uuid4()), **fields})
        assert answer.status_code == 422
        assert "请写明哪里还没解决" in answer.content.decode()
    assert play.case.state == State.CLOSED


def test_a_matter_done_a_second_time_is_rated_a_second_time(resident, play):
    play.until("closed")
    resident.client.post(
        at(play, "rate"), {"deed_key": str(uuid4()), "resolved": "unsolved", "words": "又堆上了"}
    )
    clock.advance(timedelta(minutes=30))
    for deed in (play.dispatch, play.take, play.finish, play.check, play.close):
        deed()
    page = resident.read(at(play))
    assert "您来说，办好了吗？" in words(page)
    assert "您的评价：" not in words(page)
    answer = resident.client.post(
        at(play, "rate"), {"deed_key": str(uuid4()), "resolved": "solved"}
    )
    assert answer.status_code == 303
    assert "您的评价" in words(resident.read(at(play)))


def test_a_reopened_matter_is_promised_anew_and_not_by_the_clock_of_a_stage(resident, play):
    play.until("closed")
    first = play.report_row.promised_at
    clock.advance(timedelta(days=3))
    resident.client.post(at(play, "reopen"), {"deed_key": str(uuid4()), "words": "又堆上了"})
    promised = play.report_row.promised_at
    assert promised > first
    assert play.case.due_at < promised
    assert moments.spoken(promised) in words(resident.read(at(play)))


def test_still_not_solved_after_a_good_rating(resident, play):
    play.until("closed")
    resident.client.post(at(play, "rate"), {"deed_key": str(uuid4()), "resolved": "solved"})
    page = resident.read(at(play, "reopen"))
    answer = resident.client.post(
        at(play, "reopen"), {"deed_key": values(page)["deed_key"], "words": "第二天又堆上了"}
    )
    assert answer.status_code == 303
    assert play.case.state == State.ACCEPTED


def test_too_late_to_reopen_says_what_to_do(resident, play):
    play.until("closed")
    clock.advance(timedelta(days=40))
    assert "还没解决" not in words(resident.read(at(play)))
    answer = resident.client.post(
        at(play, "reopen"), {"deed_key": str(uuid4()), "words": "还是不行"}
    )
    assert answer.status_code == 409
    assert "作为新的事情反映" in answer.content.decode()
    assert "还是不行" in answer.content.decode()


@pytest.mark.parametrize("deed", ["urge", "rate"])
def test_a_deed_is_never_done_by_reading(resident, play, deed):
    """Reloading its address, as after a mistake on it, comes back to the page it belongs to."""
    play.report()
    answer = resident.client.get(at(play, deed))
    assert (answer.status_code, answer["Location"]) == (302, at(play))
    assert resident.client.put(at(play, deed)).status_code == 405
    assert not play.case.steps.filter(deed=deed).exists()

"""批转: ticked cases go to one unit, each by its own step; what asks for a look of its own stays."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed, State
from gezhi.work.cases.tests.playing import Play

PATH = "queues/dispatching/together/"


@pytest.fixture
def waiting(cast):
    """Two plain cases, an urgent one, a confidential one and one that came back."""
    plain = [Play(cast).until("accepted") for _time in range(2)]
    urgent = Play(cast).report().accept(urgency="urgent")
    kept = Play(cast).until("accepted", confidential=True)
    back = Play(cast).until("dispatched").give_back()
    return {"plain": plain, "urgent": urgent, "kept": kept, "back": back}


def _send(desk, cast, plays, **changes):
    fields = {
        "number": [play.case.number for play in plays],
        "lead_unit_id": cast.street.sanitation.pk,
        "words": "今天之内清完",
        "deed_key": "together-1234567890",
    }
    return desk.post(PATH, **{**fields, **changes})


def test_the_ticked_ones_are_sent_and_the_others_wait(cast, waiting, desk_of):
    first, second = waiting["plain"]
    response = _send(desk_of(cast.dispatcher), cast, [first])
    assert response.status_code == 303
    assert first.case.state == State.DISPATCHED
    assert first.case.holder_id == cast.street.sanitation.pk
    assert second.case.state == State.ACCEPTED


def test_what_asks_for_a_look_of_its_own_is_not_sent_and_says_why(cast, waiting, desk_of):
    alone = [waiting["urgent"], waiting["kept"], waiting["back"]]
    page = text_of(_send(desk_of(cast.dispatcher), cast, [*waiting["plain"], *alone]))
    for why in ("紧急的事请打开来派", "保密的事要单独写转办内容", "退回过的事请打开来看过理由再派"):
        assert why in page
    assert all(play.case.state == State.ACCEPTED for play in alone)
    assert all(play.case.state == State.DISPATCHED for play in waiting["plain"])


def test_sent_twice_each_goes_once(cast, waiting, desk_of):
    desk = desk_of(cast.dispatcher)
    for _time in range(2):
        _send(desk, cast, waiting["plain"])
    for play in waiting["plain"]:
        assert Step.objects.filter(case=play.case, deed=Deed.DISPATCH).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"number": []}, "还没有勾选要派的"), ({"lead_unit_id": ""}, "派给哪个单位")],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(cast, waiting, desk_of, changes, said):
    response = _send(desk_of(cast.dispatcher), cast, waiting["plain"], **changes)
    page = text_of(response)
    assert response.status_code == 422
    assert said in page and "今天之内清完" in page
    assert all(play.case.state == State.ACCEPTED for play in waiting["plain"])


def test_who_sends_nothing_has_no_such_page(cast, desk_of):
    for person in (cast.acceptor, cast.handler, cast.wang):
        assert desk_of(person).get(PATH).status_code == 404


def test_an_empty_queue_says_so(cast, desk_of):
    assert "没有等着派的" in text_of(desk_of(cast.dispatcher).get(PATH))


def test_what_goes_alone_has_no_box_and_says_why_in_its_place(cast, waiting, desk_of):
    page = text_of(desk_of(cast.dispatcher).get(PATH))
    for play in waiting["plain"]:
        assert f'value="{play.case.number}"' in page
    for name in ("urgent", "kept", "back"):
        assert f'value="{waiting[name].case.number}"' not in page
    for why in ("紧急的事请打开来派", "保密的事要单独写转办内容", "退回过的事请打开来看过理由再派"):
        assert why in page


def test_one_ticked_twice_is_counted_once(cast, waiting, desk_of):
    first = waiting["plain"][0]
    desk = desk_of(cast.dispatcher)
    _send(desk, cast, [first, first])
    assert "已派出 1 件" in text_of(desk.get(PATH))

"""协办: assisting units answer on a clock of their own, and the lead waits where it was told to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions, queries
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.deeds.hand_over import hand_over
from gezhi.work.cases.models import Assignment, Step
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, fresh_key


@pytest.fixture
def assisted(play: Play) -> Callable[..., Play]:
    """`assisted(awaited=…)`: handled by the sanitation office, assisted by the water company."""

    def made(*, awaited: bool = False) -> Play:
        water = [play.cast.street.water.pk]
        play.until("accepted").dispatch(
            assist_unit_ids=water, awaited_unit_ids=water if awaited else []
        )
        return play.take()

    return made


def _part(play: Play) -> Assignment:
    return Assignment.objects.get(case=play.case, part="assist")


def _answer(play: Play, **arguments: object) -> None:
    play.do(actions.assist, play.cast.tang.viewer, **{"words": "水压查过，正常"} | arguments)


def test_an_answer_ends_what_the_unit_owes_and_leaves_the_case_where_it_is(
    assisted: Callable[..., Play],
) -> None:
    play = assisted()
    assert Mark.ASSISTED in play.case.all_marks
    _answer(play)
    part = _part(play)
    assert part.finished_at == clock.now() and part.ended_at is None
    assert play.case.state == "handling" and play.case.all_marks == frozenset()
    assert invariants.faults() == []


def test_an_answer_is_on_time_by_its_own_clock(assisted: Callable[..., Play]) -> None:
    play = assisted()
    clock.advance(timedelta(days=30))
    _answer(play)
    (line,) = [one for one in _lines(play) if one.part == "assist"]
    assert line.is_late and line.answer == "水压查过，正常"
    lead = Assignment.objects.get(case=play.case, part="lead")
    assert lead.finished_at is None


def _lines(play: Play) -> list[queries.detail.AssignmentLine]:
    return queries.case_page(play.cast.dispatcher.viewer, play.case.number).assignments


def test_only_the_unit_that_assists_answers_and_only_once(assisted: Callable[..., Play]) -> None:
    play = assisted()
    for person in (play.cast.handler, play.cast.li, play.cast.dispatcher):
        with pytest.raises(NotPermitted):
            play.do(actions.assist, person.viewer, words="查过了")
    _answer(play)
    with pytest.raises(NotPermitted, match="还没答复的协办单位"):
        _answer(play)


def test_an_answer_has_words(assisted: Callable[..., Play]) -> None:
    play = assisted()
    with pytest.raises(Invalid, match="协办做了什么"):
        _answer(play, words=" ")
    with pytest.raises(Invalid, match="为什么不归本单位"):
        _answer(play, words="", answer="not_ours")
    with pytest.raises(Invalid, match="请选择"):
        _answer(play, answer="perhaps")


def test_the_lead_waits_for_whom_the_dispatcher_says(assisted: Callable[..., Play]) -> None:
    play = assisted(awaited=True)
    with pytest.raises(Conflict, match="还要等：青溪自来水公司的协办答复"):
        play.finish()
    assert Deed.FINISH not in queries.case_page(play.cast.handler.viewer, play.case.number).deeds
    _answer(play)
    assert play.finish().case.state == "checking"


def test_otherwise_the_lead_finishes_alone_and_the_answer_may_come_after(
    assisted: Callable[..., Play],
) -> None:
    play = assisted().finish()
    assert Mark.ASSISTED in play.case.all_marks
    _answer(play)
    assert _part(play).finished_at is not None
    assert invariants.faults() == []


def test_a_unit_that_says_it_is_not_theirs_is_waited_for_no_more(
    assisted: Callable[..., Play],
) -> None:
    play = assisted(awaited=True)
    _answer(play, answer="not_ours", words="管网是开发商的")
    part = _part(play)
    assert part.returned_at is not None and part.ended_at is not None
    assert not queries.visible_to(play.cast.tang.viewer).filter(pk=play.case.pk).exists()
    step = Step.objects.get(case=play.case, deed="assist")
    announce_step(step.pk)
    told = dict(Notice.objects.filter(key__startswith=f"{step.pk}:").values_list("user_id", "kind"))
    assert told == {
        play.cast.handler.user_id: "case_assist",
        play.cast.dispatcher.user_id: "case_assist_not_ours",
    }
    play.finish()


def test_assisting_units_are_told_when_it_is_sent(assisted: Callable[..., Play]) -> None:
    play = assisted()
    announce_step(Step.objects.get(case=play.case, deed="dispatch").pk)
    kinds = dict(Notice.objects.values_list("user_id", "kind"))
    assert kinds[play.cast.tang.user_id] == "case_dispatch_assist"
    assert kinds[play.cast.handler.user_id] == "case_dispatch"


def test_a_failed_check_leaves_the_answers(assisted: Callable[..., Play]) -> None:
    play = assisted(awaited=True)
    _answer(play)
    play.finish().check(passed=False)
    part = _part(play)
    assert part.finished_at is not None and part.ended_at is None
    assert play.finish().case.state == "checking"


def test_a_return_ends_what_was_asked_of_the_others(assisted: Callable[..., Play]) -> None:
    play = assisted()
    play.do(
        actions.return_to_centre,
        play.cast.handler.viewer,
        reason_code="place_unclear",
        duty_id=None,
        right_unit_id=None,
        words="没写哪一栋",
    )
    assert _part(play).ended_at is not None
    assert play.case.all_marks == frozenset()
    assert invariants.faults() == []


def test_closing_ends_an_assist_nobody_answered(assisted: Callable[..., Play]) -> None:
    play = assisted().finish().check().close()
    assert _part(play).ended_at is not None and play.case.all_marks == frozenset()
    with pytest.raises(NotPermitted):
        _answer(play)
    assert invariants.faults() == []


def test_only_who_assists_can_be_waited_for(play: Play) -> None:
    play.until("accepted")
    with pytest.raises(Invalid, match="只能是选了的协办单位") as refused:
        play.dispatch(awaited_unit_ids=[play.cast.street.water.pk])
    assert refused.value.field == "awaited_unit_ids"


def test_a_unit_that_closes_leaves_its_part_to_the_successor(
    assisted: Callable[..., Play],
) -> None:
    play = assisted(awaited=True)
    street = play.cast.street
    hand_over(
        number=play.case.number,
        from_unit=street.water,
        to_unit=street.office,
        by=Viewer.system("handover"),
        key=fresh_key(),
    )
    part = Assignment.objects.get(case=play.case, part="assist", ended_at=None)
    assert part.unit_id == street.office.pk and part.awaited
    play.do(actions.assist, play.cast.li.viewer, words="社区看过了")
    play.finish()
    assert invariants.faults() == []


def test_a_lead_that_takes_over_its_helper_waits_for_nobody(assisted: Callable[..., Play]) -> None:
    play = assisted(awaited=True)
    street = play.cast.street
    hand_over(
        number=play.case.number,
        from_unit=street.water,
        to_unit=street.sanitation,
        by=Viewer.system("handover"),
        key=fresh_key(),
    )
    assert play.case.all_marks == frozenset()
    play.finish()
    assert invariants.faults() == []


def test_the_queue_of_an_assisting_unit_stands_in_order_of_its_own_clock(
    assisted: Callable[..., Play],
) -> None:
    first = assisted()
    clock.advance(timedelta(hours=1))
    second = Play(first.cast).until("accepted")
    second.dispatch(assist_unit_ids=[first.cast.street.water.pk])
    viewer = first.cast.tang.viewer
    listed = queries.listing(viewer, "assisting")
    assert [row.number for row in listed.rows] == [first.case.number, second.case.number]
    assert listed.rows[1].due_at == _part(second).due_at != second.case.due_at
    assert queries.counts(viewer)["assisting"] == 2
    page = queries.listing(viewer, "assisting", size=1)
    rest = queries.listing(viewer, "assisting", size=1, after=page.after)
    assert [row.number for row in rest.rows] == [second.case.number]
    _answer(first)
    assert queries.counts(viewer)["assisting"] == 1
    assert queries.counts(first.cast.handler.viewer)["assisting"] == 0


def test_the_same_key_answers_the_same(assisted: Callable[..., Play]) -> None:
    play = assisted()
    key = fresh_key()
    steps = {
        play.do(actions.assist, play.cast.tang.viewer, words="查过了", key=key).pk
        for _again in range(2)
    }
    assert len(steps) == 1

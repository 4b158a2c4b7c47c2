"""退单争议 and 裁决: the second return waits for the chief, whose word sends it and is kept."""

from datetime import timedelta
from typing import Any

import pytest

from gezhi.ground.codes import queries as codes
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.models import Assignment, Precedent, Ruling, Step
from gezhi.work.cases.queries import possible_deeds
from gezhi.work.cases.rules import Deed, Mark, Stage, State
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, fresh_key


def _kept(play: Play, **changes: Any) -> actions.PrecedentAsked:
    fields: dict[str, Any] = {
        "area_id": play.cast.street.community.pk,
        "wording": "小区门口道路上的建筑垃圾",
    }
    return actions.PrecedentAsked(**{**fields, **changes})


def test_one_return_goes_back_to_the_dispatcher(play: Play) -> None:
    play.until("dispatched").give_back()
    assert play.case.all_marks == frozenset()
    assert Deed.DISPATCH in possible_deeds(play.cast.dispatcher.viewer, play.case)


def test_the_second_return_of_a_round_waits_for_a_ruling(play: Play) -> None:
    case = play.disputed().case
    assert case.state == State.ACCEPTED
    assert case.all_marks == {Mark.DISPUTED, Mark.MISROUTED}
    assert case.stages.get(ended_at=None).stage == Stage.RULING
    dispute = Ruling.objects.get(case=case)
    assert dispute.disputed_by is None and dispute.ended_at is None
    assert [step.deed for step in case.steps.all()][-2:] == [Deed.RETURN, Deed.DISPUTE]
    assert not invariants.faults()


def test_nobody_dispatches_what_waits_for_a_ruling(play: Play) -> None:
    play.disputed()
    with pytest.raises(Conflict, match="裁决"):
        play.dispatch()
    assert Deed.DISPATCH not in possible_deeds(play.cast.dispatcher.viewer, play.case)


def test_the_chief_is_told_of_the_dispute(play: Play) -> None:
    step = play.disputed().case.steps.get(deed=Deed.DISPUTE)
    announce_step(step.pk)
    assert Notice.objects.filter(user_id=play.cast.supervisor.user_id).exists()


def test_returns_of_an_earlier_round_do_not_count(play: Play) -> None:
    play.until("dispatched").give_back()
    play.dispatch().take().finish().check().close()
    actions.reopen(report=play.report_row, by=play.stranger, key=fresh_key(), words="又堆上了")
    play.dispatch().give_back()
    assert Mark.DISPUTED not in play.case.all_marks


def test_the_dispatcher_asks_for_a_ruling_after_one_return(play: Play) -> None:
    play.until("dispatched").give_back()
    play.do(actions.dispute, play.cast.dispatcher.viewer, words="权属说不清")
    dispute = Ruling.objects.get(case=play.case)
    assert dispute.disputed_by == play.cast.dispatcher.user_id
    with pytest.raises(Conflict, match="已经提请"):
        play.do(actions.dispute, play.cast.dispatcher.viewer)


def test_there_is_no_dispute_before_a_return(play: Play) -> None:
    play.until("accepted")
    with pytest.raises(Conflict, match="还没有单位退过单"):
        play.do(actions.dispute, play.cast.dispatcher.viewer)


def test_a_ruling_sends_the_case_in_the_same_step(play: Play) -> None:
    case = play.disputed().rule().case
    assert case.state == State.DISPATCHED
    assert case.holder_id == play.cast.street.sanitation.pk
    assert case.all_marks == {Mark.MISROUTED}
    ruled = Ruling.objects.get(case=case)
    assert (ruled.unit_id, ruled.kind) == (play.cast.street.sanitation.pk, "chief")
    assert ruled.ruled_by == play.cast.supervisor.user_id
    assert not invariants.faults()


def test_only_the_chief_rules(play: Play) -> None:
    play.disputed()
    for person in (play.cast.dispatcher, play.cast.acceptor, play.cast.wang):
        with pytest.raises(NotPermitted):
            play.do(
                actions.rule,
                person.viewer,
                unit_id=play.cast.street.water.pk,
                kind="chief",
                words="归供水",
            )


@pytest.mark.parametrize(
    ("changes", "field"), [({"words": " "}, "words"), ({"kind": "drawn"}, "kind")]
)
def test_a_ruling_says_why_and_how(play: Play, changes: dict[str, str], field: str) -> None:
    play.disputed()
    with pytest.raises(Invalid) as refused:
        play.rule(**changes)
    assert refused.value.field == field
    assert play.case.state == State.ACCEPTED


def test_nothing_is_ruled_that_nobody_disputes(play: Play) -> None:
    play.until("accepted")
    with pytest.raises(Conflict, match="没有等着裁决"):
        play.rule()


def test_what_was_ruled_does_not_come_back_as_not_ours(play: Play) -> None:
    play.disputed().rule()
    with pytest.raises(Conflict, match="已经裁决"):
        play.give_back()
    play.give_back(reason_code="place_unclear", right_unit_id=None, words="到了现场没找到")
    assert Mark.DISPUTED in play.case.all_marks


def test_the_same_return_sent_twice_opens_one_dispute(play: Play) -> None:
    play.until("dispatched").give_back().dispatch(lead_unit_id=play.cast.street.water.pk)
    for _times in range(2):
        play.give_back(play.cast.tang.viewer, key="the-same-key-12345678")
    assert Ruling.objects.filter(case=play.case).count() == 1
    assert Step.objects.filter(case=play.case, deed=Deed.DISPUTE).count() == 1


def test_a_merge_ends_the_dispute(play: Play) -> None:
    other = Play(play.cast).until("accepted")
    play.disputed()
    play.do(actions.merge, play.cast.acceptor.viewer, into=other.receipt.case_number)
    assert play.case.all_marks == {Mark.MISROUTED}
    assert Ruling.objects.get(case=play.case).ended_at is not None
    assert not invariants.faults()


def test_a_ruling_kept_as_a_precedent_is_cited_by_later_dispatches(play: Play) -> None:
    play.disputed().rule(precedent=_kept(play))
    precedent = Precedent.objects.get()
    later = Play(play.cast).until("dispatched")
    sent = Assignment.objects.get(case=later.case)
    assert sent.precedent_id == precedent.pk
    assert later.case.steps.get(deed=Deed.DISPATCH).detail["precedent"] == precedent.pk
    elsewhere = Play(play.cast).until("accepted")
    elsewhere.dispatch(lead_unit_id=play.cast.street.water.pk)
    assert Assignment.objects.get(case=elsewhere.case).precedent is None


def test_a_precedent_ends_on_its_day(play: Play) -> None:
    until = clock.today() + timedelta(days=1)
    play.disputed().rule(precedent=_kept(play, valid_to=until))
    Precedent.objects.update(valid_from=until - timedelta(days=30), valid_to=clock.today())
    later = Play(play.cast).until("dispatched")
    assert Assignment.objects.get(case=later.case).precedent is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wording": "  "}, "wording"),
        ({"area_id": 0}, "area_id"),
        ({"valid_to": "today"}, "valid_to"),
    ],
)
def test_a_precedent_says_where_and_of_what(
    play: Play, changes: dict[str, object], field: str
) -> None:
    play.disputed()
    if "valid_to" in changes:
        changes = {"valid_to": clock.today()}
    with pytest.raises(Invalid) as refused:
        play.rule(precedent=_kept(play, **changes))
    assert refused.value.field == field
    assert play.case.state == State.ACCEPTED and not Precedent.objects.exists()


def test_the_number_of_returns_is_the_packs(play: Play) -> None:
    assert codes.figure("return_most") == 2

"""申诉, its decision, and 剔除: who says that something does not count, and who decides."""

from datetime import timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal
from gezhi.work.cases import actions
from gezhi.work.cases.actions import Counted
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.appealing import counted_against
from gezhi.work.cases.models import Appeal, Assignment, Exclusion, StageRow
from gezhi.work.cases.queries import possible_deeds
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play


@pytest.fixture
def late(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Handled two weeks late."""
    play.until("handling")
    then = clock.now()
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=14))
    return play.finish()


def _late_stage(play: Play) -> Counted:
    stage = StageRow.objects.get(case=play.case, stage="handling")
    assert stage.on_time is False
    return Counted("stage", stage.pk)


def _appeal(play: Play, counted: Counted, words: str = "连续暴雨，无法施工") -> None:
    play.do(actions.appeal, play.cast.handler.viewer, counted=counted, words=words)


def test_a_unit_appeals_what_was_counted_late(late: Play) -> None:
    counted = _late_stage(late)
    assert Deed.APPEAL in possible_deeds(late.cast.handler.viewer, late.case)
    _appeal(late, counted)
    waiting = Appeal.objects.get(case=late.case)
    assert (waiting.about, waiting.unit_id) == ("late", late.cast.street.sanitation.pk)
    assert late.case.all_marks == {Mark.APPEALED, Mark.LATE}
    assert not invariants.faults()
    with pytest.raises(Conflict, match="已有一条申诉"):
        _appeal(late, counted)


def test_nothing_is_appealed_that_was_on_time(play: Play) -> None:
    play.until("checking")
    assert Deed.APPEAL not in possible_deeds(play.cast.handler.viewer, play.case)
    stage = StageRow.objects.get(case=play.case, stage="handling")
    with pytest.raises(Conflict, match="没有算在本单位头上"):
        _appeal(play, Counted("stage", stage.pk))


def test_an_appeal_comes_within_the_days_of_the_pack(
    late: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = _late_stage(late)
    then = clock.now()
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=8))
    with pytest.raises(Conflict, match="7 天"):
        _appeal(late, counted)


def test_an_appeal_says_why_and_what(late: Play) -> None:
    with pytest.raises(Invalid, match="为什么不该算"):
        _appeal(late, _late_stage(late), words=" ")
    with pytest.raises(Invalid) as refused:
        _appeal(late, Counted("stage", 1))
    assert refused.value.field == "counted"


def test_another_unit_does_not_appeal(late: Play) -> None:
    with pytest.raises(Refusal):
        late.do(actions.appeal, late.cast.tang.viewer, counted=_late_stage(late), words="不是我们")


def test_the_chief_is_told_of_an_appeal_and_the_unit_of_its_decision(late: Play) -> None:
    _appeal(late, _late_stage(late))
    announce_step(late.case.steps.get(deed=Deed.APPEAL).pk)
    assert _told(late.cast.supervisor.user_id) == ["case_appeal"]
    late.do(actions.decide, late.cast.supervisor.viewer, granted=False, words="那几天没有下雨")
    announce_step(late.case.steps.get(deed=Deed.DECIDE).pk)
    assert "case_decide_units" in _told(late.cast.handler.user_id)


def _told(user_id: int) -> list[str]:
    return list(Notice.objects.filter(user_id=user_id).values_list("kind", flat=True))


def test_granted_it_counts_no_more(late: Play) -> None:
    counted = _late_stage(late)
    _appeal(late, counted)
    late.do(
        actions.decide,
        late.cast.supervisor.viewer,
        granted=True,
        words="气象台有记录",
        reason_code="force_majeure",
    )
    left_out = Exclusion.objects.get(case=late.case)
    assert (left_out.stage_id, left_out.appeal.granted if left_out.appeal else None) == (
        counted.row_id,
        True,
    )
    assert late.case.all_marks == {Mark.EXCLUDED, Mark.LATE}
    assert not counted_against(late.case, clock.now())
    assert not invariants.faults()


def test_refused_it_counts_as_before(late: Play) -> None:
    _appeal(late, _late_stage(late))
    late.do(actions.decide, late.cast.supervisor.viewer, granted=False, words="那几天没有下雨")
    assert not Exclusion.objects.exists()
    assert late.case.all_marks == {Mark.LATE}
    assert Appeal.objects.get().granted is False
    assert len(counted_against(late.case, clock.now())) == 1


def test_a_grant_names_its_reason_and_changes_nothing_without(late: Play) -> None:
    _appeal(late, _late_stage(late))
    with pytest.raises(Invalid) as refused:
        late.do(actions.decide, late.cast.supervisor.viewer, granted=True, words="同意")
    assert refused.value.field == "reason_code"
    assert Appeal.objects.get().decided_at is None and late.case.all_marks == {
        Mark.APPEALED,
        Mark.LATE,
    }


def test_the_dispatcher_appeals_a_wrong_sending(play: Play) -> None:
    play.until("dispatched").give_back().dispatch(lead_unit_id=play.cast.street.water.pk)
    wrong = Assignment.objects.get(case=play.case, misrouted=True)
    with pytest.raises(Invalid) as refused:
        play.do(
            actions.appeal,
            play.cast.dispatcher.viewer,
            counted=Counted("stage", 1),
            words="反映人说错了地点",
        )
    assert refused.value.field == "counted"
    play.do(
        actions.appeal,
        play.cast.dispatcher.viewer,
        counted=Counted("assignment", wrong.pk),
        words="反映人说错了地点",
    )
    assert Appeal.objects.get().about == "misrouted"


def test_the_chief_leaves_out_a_case_and_takes_it_back(play: Play) -> None:
    play.until("closed")
    chief = play.cast.supervisor.viewer
    common = {"counted": Counted("case"), "reason_code": "unreasonable", "words": "经街道会审"}
    play.do(actions.exclude, chief, **common)
    with pytest.raises(Conflict, match="已经剔除"):
        play.do(actions.exclude, chief, **common)
    assert play.case.all_marks == {Mark.EXCLUDED} and not invariants.faults()
    left_out = Exclusion.objects.get()
    play.do(actions.include, chief, exclusion_id=left_out.pk, words="复核后应当计入")
    left_out.refresh_from_db()
    assert left_out.included_by == play.cast.supervisor.user_id
    assert play.case.all_marks == frozenset() and not invariants.faults()
    with pytest.raises(Conflict, match="没有剔除"):
        play.do(actions.include, chief, exclusion_id=left_out.pk, words="再来一次")


@pytest.mark.parametrize(
    ("counted", "reason", "field"),
    [
        (Counted("case"), "because", "reason_code"),
        (Counted("stage", 7), "hung", "counted"),
        (Counted("rating", 7), "not_reached", "counted"),
        (Counted("everything"), "hung", "counted"),
    ],
)
def test_what_is_left_out_is_something_of_the_case_for_a_known_reason(
    play: Play, counted: Counted, reason: str, field: str
) -> None:
    play.until("closed")
    with pytest.raises(Invalid) as refused:
        play.do(
            actions.exclude,
            play.cast.supervisor.viewer,
            counted=counted,
            reason_code=reason,
            words="说明",
        )
    assert refused.value.field == field


def test_nobody_else_leaves_anything_out(play: Play) -> None:
    play.until("closed")
    for person in (play.cast.dispatcher, play.cast.wang, play.cast.handler):
        with pytest.raises(NotPermitted):
            play.do(
                actions.exclude,
                person.viewer,
                counted=Counted("case"),
                reason_code="hung",
                words="不算",
            )

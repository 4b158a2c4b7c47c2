"""申诉 of a score 扣分: the called unit says it is too low, and somebody else than the scorer decides."""

from datetime import timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.actions import Counted
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.models import Appeal, Assignment, Exclusion
from gezhi.work.cases.queries import possible_deeds
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play


def _call() -> Assignment:
    return Assignment.objects.get(part="called")


def _decide(
    play: Play, granted: bool = True, score: int | None = 4, by: str = "supervisor"
) -> None:
    by_viewer = getattr(play.cast, by).viewer
    play.do(actions.decide, by_viewer, granted=granted, words="看了照片", score=score)


def test_the_scored_unit_appeals_and_the_score_is_set_anew(play: Play) -> None:
    play.scored()
    assert play.case.all_marks == {Mark.SCORED}
    assert Deed.APPEAL in possible_deeds(play.cast.tang.viewer, play.case)
    play.appeal_score()
    assert not invariants.faults()
    _decide(play)
    assert _call().score == 4
    kept = Appeal.objects.get()
    assert (kept.about, kept.score_before, kept.score_after) == ("score", 2, 4)
    assert (kept.asked_by, kept.decided_by) == (
        play.cast.tang.user_id,
        play.cast.supervisor.user_id,
    )
    assert not Exclusion.objects.exists() and not invariants.faults()


def test_upheld_the_score_stays_and_is_not_appealed_again(play: Play) -> None:
    play.scored().appeal_score()
    _decide(play, granted=False, score=None)
    assert _call().score == 2 and Appeal.objects.get().score_after is None
    with pytest.raises(Conflict, match="扣分"):
        play.appeal_score()


def test_the_whole_score_given_back_leaves_nothing_counted(play: Play) -> None:
    play.scored().appeal_score()
    _decide(play, score=5)
    assert play.case.all_marks == frozenset() and not invariants.faults()


def test_whoever_scored_does_not_decide(play: Play) -> None:
    play.scored(by=play.cast.supervisor.viewer).appeal_score()
    assert Deed.DECIDE not in possible_deeds(play.cast.supervisor.viewer, play.case)
    with pytest.raises(NotPermitted, match="您打的分您不能裁定"):
        _decide(play)


@pytest.mark.parametrize("score", [None, 0, 6, 2])
def test_a_grant_sets_another_score_of_the_scale(play: Play, score: int | None) -> None:
    play.scored().appeal_score()
    with pytest.raises(Invalid) as refused:
        _decide(play, score=score)
    assert refused.value.field == "score"
    assert _call().score == 2 and Mark.APPEALED in play.case.all_marks


def test_the_highest_score_is_not_appealed(play: Play) -> None:
    play.scored(5)
    assert Deed.APPEAL not in possible_deeds(play.cast.tang.viewer, play.case)
    with pytest.raises(Conflict):
        play.appeal_score()


def test_another_unit_does_not_appeal_the_score(play: Play) -> None:
    play.scored()
    counted = Counted("score", _call().pk)
    with pytest.raises(Conflict):
        play.appeal(play.cast.handler.viewer, counted=counted)


def test_a_score_is_appealed_within_the_days_of_the_pack(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.scored()
    then = clock.now()
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=8))
    with pytest.raises(Conflict, match="7 天"):
        play.appeal_score()


def test_the_chief_and_then_the_unit_are_told(play: Play) -> None:
    play.scored().appeal_score()
    announce_step(play.case.steps.get(deed=Deed.APPEAL).pk)
    _decide(play)
    announce_step(play.case.steps.get(deed=Deed.DECIDE).pk)
    assert "case_appeal" in _told(play.cast.supervisor.user_id)
    assert "case_decide_units" in _told(play.cast.tang.user_id)


def _told(user_id: int) -> list[str]:
    return list(Notice.objects.filter(user_id=user_id).values_list("kind", flat=True))

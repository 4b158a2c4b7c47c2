"""申请延期, 延期（审批）: before expiry, once by a reason, twice by a signed form."""

from datetime import datetime, timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.models import Attachment, Extension
from gezhi.work.cases.queries import possible_deeds
from gezhi.work.cases.queries.delays import to_extend
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests.invariants import faults
from gezhi.work.cases.tests.playing import Play


def ask(play: Play, **changes: object) -> None:
    fields = {"amount": 2, "reason_code": "procurement", "words": "配件后天到"}
    play.do(actions.ask_to_extend, play.cast.handler.viewer, **{**fields, **changes})


def decide(play: Play, person: str = "dispatcher", **changes: object) -> None:
    by = getattr(play.cast, person).viewer
    play.do(actions.extend, by, **{"granted": True, **changes})


def due_of(play: Play) -> datetime:
    due = play.case.due_at
    assert due is not None
    return due


@pytest.fixture
def handled(play: Play) -> Play:
    """A case 环卫所 handles since Monday 10:00."""
    return play.report().accept(class_code="event-0102").dispatch().take()


def test_the_limit_grows_by_what_was_asked_once_it_is_granted(handled: Play) -> None:
    before = due_of(handled)
    asking = to_extend(handled.case)
    assert asking is not None
    ask(handled)
    assert due_of(handled) == before
    assert handled.case.all_marks == {Mark.EXTENSION_ASKED}
    decide(handled)
    case = handled.case
    assert due_of(handled) > before
    assert case.stages.get(ended_at=None).due_at == case.due_at
    assert case.assignments.get().due_at == case.due_at
    assert case.all_marks == frozenset()
    assert faults() == []


def test_at_the_due_moment_it_is_too_late(handled: Play) -> None:
    due = due_of(handled)
    with clock.moved_to(due - timedelta(seconds=1)):
        assert Deed.ASK_TO_EXTEND in possible_deeds(handled.cast.handler.viewer, handled.case)
    with clock.moved_to(due), pytest.raises(Conflict, match="到期前申请"):
        ask(handled)


def test_what_was_asked_in_time_is_granted_late_too(handled: Play) -> None:
    due = due_of(handled)
    ask(handled)
    with clock.moved_to(due + timedelta(minutes=10)):
        decide(handled)
    assert due_of(handled) > due


def test_a_second_one_in_a_round_needs_the_signed_form_and_the_supervisor(handled: Play) -> None:
    ask(handled)
    decide(handled)
    with pytest.raises(Invalid, match="签了字") as refused:
        ask(handled)
    assert refused.value.field == "form"
    photo = handled.photo()
    ask(handled, form=[photo])
    assert Attachment.objects.get(purpose="form").file_id == photo
    assert Extension.objects.get(decided_at=None).form == photo
    with pytest.raises(NotPermitted, match="第二次延期由街道网格中心的值班长审批"):
        decide(handled)
    assert Deed.EXTEND not in possible_deeds(handled.cast.dispatcher.viewer, handled.case)
    decide(handled, "supervisor")
    with pytest.raises(Conflict, match="已经延期 2 次"):
        ask(handled, form=[photo])
    assert faults() == []


def test_a_refused_request_does_not_count_as_the_first(handled: Play) -> None:
    before = due_of(handled)
    ask(handled)
    with pytest.raises(Invalid, match="为什么不同意"):
        decide(handled, granted=False)
    decide(handled, granted=False, words="昨天就到货了")
    assert handled.case.due_at == before
    ask(handled)
    decide(handled)


@pytest.mark.parametrize(("amount", "said"), [(0, "至少 1"), (-3, "至少 1"), (999, "最多延")])
def test_nothing_and_too_much_are_told_what_to_do(handled: Play, amount: int, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        ask(handled, amount=amount)
    assert refused.value.field == "amount"


def test_whoever_asked_for_it_does_not_decide(handled: Play) -> None:
    ask(handled)
    Extension.objects.update(asked_by=handled.cast.dispatcher.user_id)
    with pytest.raises(NotPermitted, match="谁申请的谁不能批"):
        decide(handled)


def test_nobody_decides_what_was_not_asked_nor_asks_twice(handled: Play) -> None:
    with pytest.raises(Conflict, match="没有等着审批"):
        decide(handled)
    ask(handled)
    with pytest.raises(Conflict, match="已经申请过延期"):
        ask(handled)


def test_a_reason_to_hang_is_none_to_extend(handled: Play) -> None:
    with pytest.raises(Invalid, match="请选择理由"):
        ask(handled, reason_code="no_conditions")


def test_finished_before_anybody_decided_it_needs_no_answer(handled: Play) -> None:
    ask(handled)
    handled.finish()
    extension = Extension.objects.get()
    assert (extension.granted, extension.decided_by) == (None, None)
    assert extension.decided_at == clock.now()
    assert handled.case.all_marks == frozenset()
    assert faults() == []


def test_an_extension_counts_after_a_hang_and_none_after_the_rework(handled: Play) -> None:
    ask(handled)
    decide(handled)
    extended = due_of(handled)
    handled.finish().check(passed=False)
    stage = handled.case.stages.get(ended_at=None)
    # Reworked on a clock of its own, which nobody lengthened.
    assert not Extension.objects.filter(stage=stage).exists()
    assert due_of(handled) < extended
    assert handled.case.assignments.get().due_at == handled.case.due_at
    with pytest.raises(Invalid, match="签了字"):
        ask(handled)

"""What a person chose is seen from the deed, and judged at the end."""

from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.tests.playing import Play, a_class
from gezhi.work.triage.models import Advice
from gezhi.work.triage.outcomes import note_outcome
from gezhi.work.triage.predictions.writing import Made, write


def _advise(play: Play, what: str, label: str, *, abstained: bool = False) -> None:
    made = Made(
        what,
        method="rules",
        label=label,
        confidence=0.4 if abstained else 0.9,
        abstained=abstained,
    )
    write(play.case, [made])


def _note(play: Play) -> None:
    for step in Step.objects.filter(case=play.case).order_by("serial"):
        note_outcome(step.pk)


def _row(play: Play, what: str) -> Advice:
    return Advice.objects.get(case=play.case, what=what)


def test_the_class_accepted_as_advised_is_taken_and_right_at_close(play: Play) -> None:
    play.report()
    _advise(play, "class", a_class())
    play.accept()
    _note(play)
    row = _row(play, "class")
    assert (row.chosen, row.taken, row.right) == (a_class(), True, None)
    play.dispatch().take().finish().check().close()
    _note(play)
    assert _row(play, "class").right is True


def test_another_class_than_advised_is_neither_taken_nor_right(play: Play) -> None:
    play.report()
    _advise(play, "class", "event-9999")
    play.accept().dispatch().take().finish().check().close()
    _note(play)
    row = _row(play, "class")
    assert (row.taken, row.right) == (False, False)


def test_the_unit_sent_to_is_compared_with_the_one_advised(play: Play) -> None:
    play.report().accept()
    _advise(play, "unit", str(play.cast.street.sanitation.pk))
    play.dispatch()
    _note(play)
    assert _row(play, "unit").taken is True


def test_a_unit_that_returned_the_case_was_taken_but_not_right(play: Play) -> None:
    play.report().accept()
    _advise(play, "unit", str(play.cast.street.sanitation.pk))
    play.dispatch()
    play.do(
        actions.return_to_centre,
        play.cast.handler.viewer,
        reason_code="not_our_area",
        duty_id=None,
        right_unit_id=play.cast.street.water.pk,
        words="属供水",
    )
    play.dispatch(lead_unit_id=play.cast.street.water.pk)
    play.do(actions.take, play.cast.tang.viewer)
    play.do(actions.finish, play.cast.tang.viewer, words="已修好")
    play.check().close()
    _note(play)
    row = _row(play, "unit")
    assert (row.taken, row.right) == (True, False)


def test_what_was_abstained_is_neither_taken_nor_judged(play: Play) -> None:
    play.report()
    _advise(play, "class", a_class(), abstained=True)
    play.accept().dispatch().take().finish().check().close()
    _note(play)
    row = _row(play, "class")
    assert (row.chosen, row.taken, row.right) == (a_class(), None, None)
    assert row.settled_at is not None


def test_an_answer_at_the_desk_settles_what_nobody_accepted(play: Play) -> None:
    play.report(kind="consult")
    _advise(play, "kind", "consult")
    play.do(actions.answer, play.cast.acceptor.viewer, words="周一到周五都办", class_code=a_class())
    _note(play)
    row = _row(play, "kind")
    assert (row.taken, row.right) == (True, True)


def test_a_rejected_case_says_nothing_of_its_advice(play: Play) -> None:
    play.report()
    _advise(play, "class", a_class())
    play.do(
        actions.reject, play.cast.acceptor.viewer, reason_code="not_government", words="请找物业"
    )
    _note(play)
    row = _row(play, "class")
    assert (row.settled_at, row.taken, row.right) == (None, None, None)


def test_settled_advice_is_not_made_anew(play: Play) -> None:
    play.report()
    _advise(play, "class", a_class())
    play.accept()
    _note(play)
    another = Made("class", method="rules", label="x", confidence=0.1, abstained=False)
    assert write(play.case, [another]) == []
    assert _row(play, "class").label == a_class()


def test_an_outcome_noted_twice_counts_once(play: Play) -> None:
    play.report()
    _advise(play, "class", a_class())
    play.accept()
    step = Step.objects.get(case=play.case, deed="accept")
    assert note_outcome(step.pk) == 1
    assert note_outcome(step.pk) == 0

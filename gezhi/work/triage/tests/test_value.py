"""The value of advice: counted by month and question, told when it falls."""

from datetime import date, timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.ground.notices.sentences import inbox_line
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.tests.playing import Play, a_class
from gezhi.work.triage.figures import bounds, months_before, tallies
from gezhi.work.triage.models import Advice, AdviceValue
from gezhi.work.triage.outcomes import note_merged, note_outcome
from gezhi.work.triage.predictions.writing import Made, write
from gezhi.work.triage.queries import value_of_advice
from gezhi.work.triage.reckoning import reckon
from gezhi.work.triage.rules import Tally, band_of, fell, is_given
from tests.cast import Cast

MONTH = date(2026, 11, 1)


def _advised(
    cast: Cast, label: str, *, abstained: bool = False, confidence: float = 0.9, minutes: int = 10
) -> Play:
    play = Play(cast).report()
    made = Made("class", method="rules", label=label, confidence=confidence, abstained=abstained)
    write(play.case, [made])
    clock.advance(timedelta(minutes=minutes))
    play.accept()
    note_outcome(Step.objects.get(case=play.case, deed="accept").pk)
    return play


def test_a_month_is_counted_by_question(cast: Cast) -> None:
    _advised(cast, a_class())
    _advised(cast, "another", minutes=30)
    _advised(cast, a_class(), abstained=True, minutes=40)
    page = value_of_advice(cast.supervisor.viewer, MONTH)
    row = next(row for row in page.rows if row.what == "class")
    assert (row.tally.cases, row.tally.given, row.tally.taken) == (3, 2, 1)
    assert row.tally.coverage == pytest.approx(2 / 3)
    assert row.tally.taken_share == 0.5
    assert row.tally.right_share is None


def test_what_was_said_to_be_unsure_counts_as_abstained(cast: Cast) -> None:
    _advised(cast, a_class(), confidence=0.5)
    unsure = _advised(cast, a_class(), confidence=0.49)
    unsure.dispatch().take().finish().check().close()
    note_outcome(Step.objects.get(case=unsure.case, deed="close").pk)
    row = Advice.objects.get(case=unsure.case, what="class")
    assert (row.chosen, row.taken, row.right) == (a_class(), None, None)
    counted = next(
        row for row in value_of_advice(cast.supervisor.viewer, MONTH).rows if row.what == "class"
    )
    assert counted.tally == Tally(cases=2, given=1, settled=1, taken=1)


def test_time_saved_is_the_difference_of_two_medians(cast: Cast) -> None:
    _advised(cast, a_class(), minutes=10)
    _advised(cast, "another", minutes=30)
    page = value_of_advice(cast.supervisor.viewer, MONTH)
    assert (page.minutes_taken, page.minutes_otherwise) == (10, 30)
    assert page.minutes_saved == 20


def test_nothing_counted_is_no_share(cast: Cast) -> None:
    page = value_of_advice(cast.supervisor.viewer, MONTH)
    assert all(row.tally == Tally() and not row.fell for row in page.rows)
    assert page.minutes_saved is None


def test_only_supervisors_and_leaders_read_it(cast: Cast) -> None:
    assert value_of_advice(cast.wang.viewer, MONTH).month == MONTH
    for name, person in cast.staff():
        if name not in ("supervisor", "wang"):
            with pytest.raises(NotPermitted):
                value_of_advice(person.viewer, MONTH)


def _recounted() -> None:
    """The counts kept by step are those of the rows."""
    counted = {
        (*key, month): tally
        for month in set(Advice.objects.values_list("month", flat=True))
        for key, tally in tallies(Advice.objects.filter(month=month)).items()
    }
    kept = {(row.street_id, row.what, row.month): row.tally for row in AdviceValue.objects.all()}
    assert {key: tally for key, tally in kept.items() if tally != Tally()} == counted


def test_each_step_moves_the_counts_with_it(cast: Cast) -> None:
    play = _advised(cast, a_class())
    _recounted()
    play.dispatch().take().finish().check().close()
    note_outcome(Step.objects.get(case=play.case, deed="close").pk)
    _recounted()
    assert AdviceValue.objects.get(what="class").right == 1
    clock.advance(timedelta(days=20))
    other = Play(cast).report()
    for label, sure in (("another", 0.9), ("another", 0.3), (a_class(), 0.6)):
        for method in ("rules", "model"):
            write(other.case, [Made("class", method, label, sure, False)])
            _recounted()
    Advice.objects.filter(case=other.case).update(right=True)
    _recounted()
    assert AdviceValue.objects.filter(learnt_judged=1, learnt_right=1).count() == 1
    Advice.objects.filter(case=other.case).update(street_id=7, month=date(2027, 1, 1))
    _recounted()
    Advice.objects.filter(case=play.case).delete()
    _recounted()


def test_a_count_changed_by_hand_is_right_again_after_the_night(cast: Cast) -> None:
    _advised(cast, a_class())
    AdviceValue.objects.filter(what="class").update(cases=99)
    assert reckon() == 1
    assert reckon() == 0
    _recounted()


def test_nights_write_the_drift_anew(cast: Cast) -> None:
    _advised(cast, a_class())
    reckon()
    reckon()
    row = AdviceValue.objects.get(what="class", month=MONTH)
    assert (row.street_id, row.cases, row.taken) == (cast.street.street.pk, 1, 1)
    (month,) = value_of_advice(cast.supervisor.viewer, MONTH).drift
    assert month.tallies["class"].taken == 1


def test_supervisors_are_told_once_when_a_month_falls(cast: Cast) -> None:
    play = _advised(cast, a_class())
    row = Advice.objects.get(case=play.case)
    numbers = {"district_id": row.district_id, "street_id": row.street_id, "what": "class"}
    for back in (1, 2, 3):
        learnt = {"learnt": 100, "learnt_judged": 100, "learnt_right": 99}
        AdviceValue.objects.create(
            **numbers, **learnt, month=months_before(MONTH, back), cases=100, given=100,
            judged=100, right=99,
        )  # fmt: skip
    reckon()
    assert not Notice.objects.filter(kind="triage_fell").exists()
    last = AdviceValue.objects.filter(month=months_before(MONTH, 1))
    last.update(learnt=0, learnt_judged=0, learnt_right=0, judged=100, right=60)
    reckon()
    # By keywords: nobody promised anything, and nothing can be set or learnt better.
    assert not Notice.objects.filter(kind="triage_fell").exists()
    last.update(learnt=100, learnt_judged=100, learnt_right=90)
    reckon()
    reckon()
    (notice,) = Notice.objects.filter(kind="triage_fell")
    assert notice.user_id == cast.supervisor.user_id
    assert "没有以前准" in inbox_line("triage_fell")


@pytest.mark.parametrize(
    ("month", "before", "told"),
    [
        (Tally(learnt_judged=49, learnt_right=10), [], False),
        (Tally(learnt_judged=100, learnt_right=97), [], False),
        (Tally(learnt_judged=100, learnt_right=96), [], True),
        (
            Tally(learnt_judged=1000, learnt_right=985),
            [Tally(learnt_judged=100, learnt_right=99)],
            False,
        ),
        (Tally(judged=100, right=60), [Tally(judged=100, right=99)], False),
        (Tally(judged=200, right=150, learnt_judged=100, learnt_right=98), [], False),
    ],
)
def test_a_fall_is_below_the_promise_or_five_points_lost(
    month: Tally, before: list[Tally], told: bool
) -> None:
    assert fell(month, before, 0.03) is told


def test_five_points_lost_count_where_much_error_is_borne() -> None:
    before = [Tally(learnt_judged=60, learnt_right=57), Tally(learnt_judged=40, learnt_right=38)]
    assert fell(Tally(learnt_judged=50, learnt_right=45), before, 0.2)
    assert not fell(Tally(learnt_judged=50, learnt_right=46), before, 0.2)


def test_a_month_begins_and_ends_in_china() -> None:
    begins, ends = bounds(date(2026, 12, 31))
    assert (begins.isoformat(), ends.isoformat()) == (
        "2026-12-01T00:00:00+08:00",
        "2027-01-01T00:00:00+08:00",
    )


@pytest.mark.parametrize(
    ("confidence", "abstained", "band"),
    [(0.95, False, "sure"), (0.7, False, "fair"), (0.3, False, "unsure"), (0.95, True, "unsure")],
)
def test_how_sure_is_said_in_three_bands(confidence: float, abstained: bool, band: str) -> None:
    assert band_of(confidence, abstained) == band
    assert is_given(confidence, abstained) is (band != "unsure")


def test_a_merge_is_seen_at_night(cast: Cast) -> None:
    first, second = Play(cast).report(), Play(cast).report()
    likely = Made(
        "same", method="likeness", label=str(first.case.pk), confidence=0.9, abstained=False
    )
    write(second.case, [likely])
    second.do(actions.merge, cast.acceptor.viewer, into=first.receipt.case_number)
    assert note_merged() == 1
    row = Advice.objects.get(case=second.case, what="same")
    assert (row.chosen, row.taken, row.right) == (str(first.case.pk), True, True)
    assert note_merged() == 0

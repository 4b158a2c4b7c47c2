"""A claimed time is checked at every deed before it goes into a sealed step."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db.models import F

from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import Case, StageRow, Step
from gezhi.work.cases.tests.playing import Play, fresh_key

FAR = [
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-14))),
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))),
    datetime(2126, 1, 1, tzinfo=UTC),
    datetime(1980, 1, 1, tzinfo=UTC),
    datetime(2026, 1, 1),
]


@pytest.mark.parametrize("moment", FAR)
def test_a_report_of_another_age_is_refused_whole(play: Play, moment: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        play.report(happened_at=moment)
    assert refused.value.field == "happened_at"
    assert not Case.objects.exists()


@pytest.mark.parametrize("moment", FAR)
def test_a_result_of_another_age_is_refused_and_the_case_stays(
    play: Play, moment: datetime
) -> None:
    play.until("handling")
    with pytest.raises(Invalid) as refused:
        actions.finish(
            number=play.case.number, by=play.cast.handler.viewer, key=fresh_key(),
            words="换了灯泡", happened_at=moment,
        )  # fmt: skip
    assert refused.value.field == "happened_at"
    assert queries.case_page(play.cast.supervisor.viewer, play.case.number).case.state == "handling"


def test_a_fast_clock_claims_no_later_time_than_it_is(play: Play) -> None:
    play.until("handling")
    actions.finish(
        number=play.case.number, by=play.cast.handler.viewer, key=fresh_key(),
        words="换了灯泡", happened_at=clock.now() + timedelta(minutes=5),
    )  # fmt: skip
    step = Step.objects.filter(case=play.case).latest("serial")
    assert step.happened_at == step.recorded_at


@pytest.mark.parametrize("words", ["\u200b\u200d", "\u202e", "\u3164", "\x00\x01"])
def test_words_of_staff_that_nobody_sees_are_none(play: Play, words: str) -> None:
    play.until("handling")
    with pytest.raises(Invalid) as refused:
        actions.finish(
            number=play.case.number, by=play.cast.handler.viewer, key=fresh_key(), words=words
        )
    assert refused.value.field == "words"


def test_a_clock_set_back_by_an_hour_turns_no_history_around(play: Play) -> None:
    """It was an hour ahead while the case went as far as the handler; then it was set right."""
    now = clock.now()
    with clock.moved_to(now + timedelta(hours=1)):
        play.until("handling")
    with clock.moved_to(now):
        actions.finish(
            number=play.case.number, by=play.cast.handler.viewer, key=fresh_key(), words="换了灯泡"
        )
        actions.join(intake=play.intake(), case=play.case, by=play.stranger, key=fresh_key())
    moments = list(Step.objects.order_by("serial").values_list("recorded_at", flat=True))
    assert len(moments) > 3 and moments == sorted(moments)
    assert not StageRow.objects.filter(ended_at__lt=F("began_at")).exists()

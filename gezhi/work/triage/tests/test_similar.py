"""The same case: offered before sending and beside the case, to each what they may see."""

from typing import Any

from gezhi.methods.resemble.weights import VERSION
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case
from gezhi.work.cases.tests.playing import Play, a_class
from gezhi.work.triage import likeness
from gezhi.work.triage.models import Advice, Fingerprint
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.queries import similar_cases, similar_to
from tests.cast import Cast

TEXT = "桐花苑1栋门口的路灯坏了三天，晚上一片漆黑，老人走路摔了一跤"
AGAIN = "桐花苑1栋门口路灯坏了好几天了，晚上漆黑，老人容易摔跤"


def _reported(cast: Cast, text: str = TEXT, **changes: Any) -> Play:
    play = Play(cast).report(text=text, **changes)
    advise_case(play.case.pk)
    return play


def _look(play: Play, viewer: Any, **changes: Any) -> list[str]:
    longitude, latitude = play.cast.street.point
    found = similar_to(
        viewer,
        play.cast.street.district.pk,
        AGAIN,
        longitude=longitude,
        latitude=latitude,
        **changes,
    )
    return [one.number for one in found]


def test_the_acceptor_is_shown_the_likely_same_case_with_its_parts(cast: Cast) -> None:
    first = _reported(cast)
    second = _reported(cast, AGAIN)
    (found,) = similar_cases(cast.acceptor.viewer, second.case)
    assert found.number == first.receipt.case_number
    assert found.percent > 20 and found.text > 0 and found.is_open


def test_whoever_writes_is_shown_the_open_case_that_is_the_same(cast: Cast) -> None:
    play = _reported(cast)
    assert _look(play, cast.zhang.viewer) == [play.receipt.case_number]


def test_a_worker_of_the_next_grid_is_shown_nothing_of_it(cast: Cast) -> None:
    play = _reported(cast)
    second = _reported(cast, AGAIN)
    assert _look(play, cast.zhao.viewer) == []
    assert similar_cases(cast.zhao.viewer, second.case) == []


def test_a_stranger_is_shown_nothing_of_a_case_whose_class_is_not_public(cast: Cast) -> None:
    play = _reported(cast)
    assert _look(play, play.stranger) == []


def test_a_stranger_is_shown_class_compound_age_and_summary_only(cast: Cast) -> None:
    play = _reported(cast)
    play.accept(public_summary="路灯不亮")
    found = similar_to(play.stranger, cast.street.district.pk, AGAIN)
    assert [one.summary for one in found] == ["路灯不亮"]
    assert found[0].title == "" and TEXT[:10] not in repr(found)
    assert cast.chen.phone not in repr(found)


def test_a_confidential_case_is_shown_to_no_stranger(cast: Cast) -> None:
    play = _reported(cast, confidential=True)
    play.accept()
    # As if it had been summed up before it was kept.
    Case.objects.update(public_summary="路灯不亮")
    assert _look(play, play.stranger) == []


def test_a_case_that_ended_is_offered_to_nobody_who_writes(cast: Cast) -> None:
    play = _reported(cast)
    play.accept().dispatch().take().finish().check().close()
    assert _look(play, cast.acceptor.viewer) == []


def test_the_look_gives_up_when_there_is_no_time(cast: Cast) -> None:
    play = _reported(cast)
    assert _look(play, cast.zhang.viewer, patience=0.0) == []


def test_the_first_load_goes_on_at_the_next_call(cast: Cast, monkeypatch) -> None:
    plays = [_reported(cast, f"{TEXT}第{number}次说") for number in range(5)]
    likeness.forget()
    monkeypatch.setattr(likeness, "CHUNK", 2)
    memory = likeness.memory_of(cast.street.district.pk)
    memory._take_older()
    assert len(memory) == 2
    assert _look(plays[0], cast.zhang.viewer)
    assert len(memory) == 5


def test_a_case_merged_away_is_no_longer_offered(cast: Cast) -> None:
    first, second, third = _reported(cast), _reported(cast, AGAIN), _reported(cast, AGAIN)
    second.do(actions.merge, cast.acceptor.viewer, into=first.receipt.case_number)
    numbers = [one.number for one in similar_cases(cast.acceptor.viewer, third.case)]
    assert first.receipt.case_number in numbers
    assert second.receipt.case_number not in numbers


def test_a_case_reported_just_now_is_found_before_its_task_ran(cast: Cast) -> None:
    first = _reported(cast)
    assert _look(first, cast.acceptor.viewer) == [first.receipt.case_number]
    play = Play(cast).report(text=AGAIN)
    assert not Fingerprint.objects.filter(case=play.case).exists()
    (nearest, *_others) = _look(play, cast.acceptor.viewer)
    assert nearest == play.receipt.case_number


def test_what_was_known_before_its_task_ran_is_known_once_and_as_it_was_written(
    cast: Cast,
) -> None:
    play = Play(cast).report(text=TEXT)
    assert _look(play, cast.acceptor.viewer) == [play.receipt.case_number]
    advise_case(play.case.pk)
    assert _look(play, cast.acceptor.viewer) == [play.receipt.case_number]
    assert len(likeness.memory_of(cast.street.district.pk)) == 1


def test_a_confidential_case_reported_just_now_is_shown_to_no_stranger(cast: Cast) -> None:
    play = Play(cast).report(text=TEXT, confidential=True)
    assert _look(play, play.stranger) == []


def _advised(cast: Cast, *, text: float, version: tuple[int, ...]) -> list[str]:
    first, second = _reported(cast), _reported(cast, AGAIN)
    rows = [[str(first.case.pk), 0.64, text, 0.8, 0.6, False, *version]]
    Advice.objects.filter(case=second.case, what="same").update(alternatives=rows)
    return [one.number for one in similar_cases(cast.acceptor.viewer, second.case)]


def test_what_older_weights_said_is_no_card_unless_the_words_speak_for_it(cast: Cast) -> None:
    assert _advised(cast, text=0.58, version=()) == []
    assert _advised(cast, text=0.58, version=(VERSION - 1,)) == []
    assert len(_advised(cast, text=0.58, version=(VERSION,))) == 1
    assert len(_advised(cast, text=0.9, version=())) == 1


def test_two_that_were_called_two_things_are_no_card_unless_their_words_are_one(
    cast: Cast,
) -> None:
    first, second = _reported(cast), _reported(cast, AGAIN)
    first.accept()
    Case.objects.filter(pk=second.case.pk).update(class_code=a_class(intake="community"))
    rows = [[str(first.case.pk), 0.7, 0.58, 0.8, 0.6, False, VERSION]]
    advice = Advice.objects.filter(case=second.case, what="same")
    advice.update(alternatives=rows)
    assert similar_cases(cast.acceptor.viewer, second.case) == []
    rows[0][2] = 0.9
    advice.update(alternatives=rows)
    assert len(similar_cases(cast.acceptor.viewer, second.case)) == 1


def test_whoever_looks_while_a_case_is_unwritten_queues_behind_no_loading(cast: Cast) -> None:
    play = Play(cast).report(text=TEXT)
    memory = likeness.memory_of(cast.street.district.pk)
    with memory._lock:
        assert _look(play, cast.acceptor.viewer, patience=0.05) == []

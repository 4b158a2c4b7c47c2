"""The same matter: offered before sending and beside the case, to each what they may see."""

from typing import Any

from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import likeness
from gezhi.work.triage.advising import advise_case
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
    play.accept(public_summary="路灯不亮")
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

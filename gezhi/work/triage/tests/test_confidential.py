"""保密: nothing is learnt from a restricted case, nothing of it comes along with another."""

from collections.abc import Callable

from gezhi.work.cases import actions
from gezhi.work.cases.actions import Where
from gezhi.work.cases.tests.playing import TOLD_TO_THE_UNIT, Play
from gezhi.work.triage import answering, likeness
from gezhi.work.triage.history import lessons, taught
from gezhi.work.triage.models import Alias, Fingerprint, Topic
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.predictions.writing import Made, write
from gezhi.work.triage.queries import (
    advice_for_case,
    draft_for,
    findings_in,
    similar_cases,
    similar_to,
)
from gezhi.work.triage.sweeping import sweep
from gezhi.work.triage.tests.test_place_outcomes import _note
from gezhi.work.triage.tests.test_topics import _topic_of
from tests.cast import Cast

SAID = "桐花苑1栋三楼半夜有人聚众赌博，麻将声音吵得老人睡不着觉"
AGAIN = "桐花苑1栋三楼半夜聚众赌博打麻将，声音很吵，老人睡不着"


def _advised(play: Play) -> Play:
    advise_case(play.case.pk)
    return play


def test_no_other_case_is_like_it_but_it_is_like_others(cast: Cast) -> None:
    kept = _advised(Play(cast).report(text=SAID, confidential=True))
    assert bytes(Fingerprint.objects.get(case=kept.case).content) == b""
    plain = _advised(Play(cast).report(text=AGAIN))
    assert similar_cases(cast.acceptor.viewer, plain.case) == []
    likeness.forget()
    longitude, latitude = cast.street.point
    district_id = cast.street.district.pk
    found = similar_to(
        cast.acceptor.viewer, district_id, AGAIN, longitude=longitude, latitude=latitude
    )
    numbers = {one.number for one in found}
    assert numbers == {plain.case.number}
    again = _advised(Play(cast).report(text=SAID, confidential=True))
    (same,) = similar_cases(cast.acceptor.viewer, again.case)
    assert same.number == plain.case.number


def test_a_restricted_case_teaches_nothing(cast: Cast) -> None:
    kept = Play(cast).report(text=SAID, confidential=True).accept()
    kept.dispatch(words=TOLD_TO_THE_UNIT)
    district_id = cast.street.district.pk
    for what in ("class", "kind", "unit"):
        assert lessons(district_id, what) == [] and taught(district_id, what) == 0
    Play(cast).report().accept()
    assert taught(district_id, "class") == 1


def test_its_answer_is_nobodys_draft(cast: Cast) -> None:
    for _time in range(5):
        play = Play(cast).report(text=SAID, kind="consult", confidential=True)
        play.do(actions.answer, cast.acceptor.viewer, words=f"您好！{SAID}，已依法处理。")
    asked = Play(cast).report(text=AGAIN, kind="consult")
    answering.forget()
    made = draft_for(cast.acceptor.viewer, asked.case)
    assert made is not None and made.sources == ()


def test_a_unit_gets_neither_draft_nor_advice_made_of_the_reporters_words(cast: Cast) -> None:
    kept = _advised(Play(cast).report(text=SAID, confidential=True)).accept()
    words = ["赌博"]
    one = Made("class", method="rules", label="x", confidence=0.9, abstained=False, words=words)
    write(kept.case, [one])
    assert advice_for_case(cast.dispatcher.viewer, kept.case).rows
    kept.dispatch(words=TOLD_TO_THE_UNIT).take()
    viewer = cast.handler.viewer
    assert advice_for_case(viewer, kept.case).rows == ()
    assert draft_for(viewer, kept.case) is None
    assert findings_in(viewer, kept.case, "办好了") == ()


def test_no_name_of_a_place_is_learnt_from_it(cast: Cast) -> None:
    where = Where(words="赌鬼大院")
    for _time in range(2):
        play = Play(cast).report(text=SAID, where=where, confidential=True)
        place = Where(place_id=cast.street.compound.pk)
        play.do(actions.relocate, cast.acceptor.viewer, where=place)
        _note(play)
    assert not Alias.objects.exists()


def test_what_is_kept_later_is_forgotten_at_once(cast: Cast, run_tasks: Callable[[], int]) -> None:
    plays = _topic_of(cast)
    play = _advised(plays[0])
    place = Where(place_id=cast.street.compound.pk)
    Topic.objects.get()
    Fingerprint.objects.exclude(content=b"").get(case=play.case)
    play.do(actions.relocate, cast.acceptor.viewer, where=place)
    play.do(actions.restrict, cast.acceptor.viewer)
    run_tasks()
    assert not Topic.objects.exists()
    assert bytes(Fingerprint.objects.get(case=play.case).content) == b""


def test_each_night_looks_for_what_was_stored_before(cast: Cast) -> None:
    play = _advised(Play(cast).report(text=SAID))
    type(play.case).objects.filter(pk=play.case.pk).update(confidentiality="restricted")
    sweep()
    assert bytes(Fingerprint.objects.get(case=play.case).content) == b""

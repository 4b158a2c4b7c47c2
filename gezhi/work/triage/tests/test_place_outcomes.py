"""A place that somebody put right settles the advice on it, and teaches how people call it."""

import pytest

from gezhi.records.places.models import Place
from gezhi.work.cases import actions
from gezhi.work.cases.actions import Where
from gezhi.work.cases.models import CaseWords, ReportWords, Step
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import aliases
from gezhi.work.triage.models import Advice, Alias, AliasUse, Fingerprint
from gezhi.work.triage.outcomes import note_outcome
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.sweeping import empty_erased
from tests.cast import Cast


def _told(cast: Cast, words: str) -> Play:
    play = Play(cast).report(text="路灯不亮", where=Where(words=words, words_only=True))
    advise_case(play.case.pk)
    return play


def _put(play: Play, place: Place) -> None:
    play.do(actions.relocate, play.cast.acceptor.viewer, where=Where(place_id=place.pk))
    _note(play)


def _note(play: Play) -> None:
    for step in Step.objects.filter(case=play.case).order_by("serial"):
        note_outcome(step.pk)


def _advice(play: Play) -> Advice:
    return Advice.objects.get(case=play.case, what="place")


def _words_and_counts() -> list[tuple[str, int]]:
    return list(Alias.objects.order_by("words").values_list("words", "count"))


def test_the_advised_place_taken_while_accepting_is_right_at_close(cast: Cast) -> None:
    play = _told(cast, "桐花苑1栋门口")
    play.accept(where=Where(place_id=cast.street.building.pk))
    _note(play)
    row = _advice(play)
    assert (row.chosen, row.taken, row.right) == (str(cast.street.building.pk), True, None)
    play.dispatch().take().finish().check().close()
    _note(play)
    assert _advice(play).right is True


def test_another_place_than_advised_is_neither_taken_nor_right(cast: Cast) -> None:
    play = _told(cast, "桐花苑1栋门口")
    _put(play, cast.street.next_compound)
    assert _advice(play).taken is False
    play.accept().dispatch().take().finish().check().close()
    _note(play)
    assert _advice(play).right is False


def test_the_first_choice_is_the_taking_and_the_last_place_is_the_right_one(cast: Cast) -> None:
    play = _told(cast, "桐花苑1栋门口")
    _put(play, cast.street.building)
    _put(play, cast.street.next_compound)
    play.accept().dispatch().take().finish().check().close()
    _note(play)
    assert (_advice(play).taken, _advice(play).right) == (True, False)


def test_a_place_left_as_it_was_says_nothing_of_the_advice(cast: Cast) -> None:
    play = _told(cast, "桐花苑1栋门口").accept()
    play.dispatch().take().finish().check().close()
    _note(play)
    row = _advice(play)
    assert (row.settled_at, row.taken, row.right) == (None, None, None)


def test_moving_a_case_tells_triage(cast: Cast, run_tasks) -> None:
    play = Play(cast).report(text="路灯不亮", where=Where(words="桐花苑1栋门口", words_only=True))
    run_tasks()
    place = Where(place_id=cast.street.building.pk)
    play.do(actions.relocate, cast.acceptor.viewer, where=place)
    run_tasks()
    assert _advice(play).taken is True


def test_what_is_compared_by_place_follows_it(cast: Cast) -> None:
    play = _told(cast, "老粮站宿舍")
    assert Fingerprint.objects.get(case=play.case).compound_id is None
    _put(play, cast.street.building)
    assert Fingerprint.objects.get(case=play.case).compound_id == cast.street.compound.pk


def test_a_name_that_two_corrected_cases_used_counts(cast: Cast) -> None:
    _put(_told(cast, "老粮站宿舍1栋"), cast.street.building)
    assert _words_and_counts() == [("老粮站宿舍", 1)]
    assert not aliases.in_force(cast.street.district.pk).exists()
    _put(_told(cast, "老粮站宿舍门口"), cast.street.compound)
    (row,) = aliases.in_force(cast.street.district.pk)
    assert (row.words, row.place_id, row.count) == ("老粮站宿舍", cast.street.compound.pk, 2)
    assert _advice(_told(cast, "老粮站宿舍1栋")).label == str(cast.street.building.pk)


def test_one_case_counts_once_however_often_it_is_settled(cast: Cast) -> None:
    play = _told(cast, "老粮站宿舍")
    _put(play, cast.street.compound)
    _put(play, cast.street.building)
    _note(play)
    _note(play)
    assert _words_and_counts() == [("老粮站宿舍", 1)]


def test_moved_on_it_teaches_the_name_of_where_it_is(cast: Cast) -> None:
    play = _told(cast, "老粮站宿舍")
    _put(play, cast.street.compound)
    _put(play, cast.street.next_compound)
    (row,) = Alias.objects.all()
    assert (row.place_id, row.count) == (cast.street.next_compound.pk, 1)


def test_what_was_taught_in_so_many_words_stays_when_a_case_is_moved_on(cast: Cast) -> None:
    row = aliases.note(cast.street.compound, "老粮站宿舍", case_id=_told(cast, "那边").case.pk)
    assert row is not None
    Alias.objects.filter(pk=row.pk).update(confirmed_by=cast.acceptor.user_id)
    assert aliases.unlearn(AliasUse.objects.all()) == 1
    assert _words_and_counts() == [("老粮站宿舍", 0)]


@pytest.mark.parametrize(
    "words",
    [
        "我家楼下", "小区门口", "菜市场旁边", "张大爷家", "3栋旁边那个垃圾站", "那个院子", "",
        # Its own name, and that of another place of the register: a mistake, not a name.
        "桐花苑2栋", "柏树里门口",
    ],
)  # fmt: skip
def test_words_that_only_point_or_name_a_known_place_teach_no_name(cast: Cast, words: str) -> None:
    _put(_told(cast, words), cast.street.compound)
    assert not Alias.objects.exists()


def test_what_a_single_case_said_goes_with_its_words(cast: Cast) -> None:
    plays = [_told(cast, "老粮站宿舍1栋"), _told(cast, "棉纺厂家属院"), _told(cast, "棉纺厂家属院")]
    for play in plays:
        _put(play, cast.street.compound)
    ReportWords.objects.update(text="", place_words="")
    CaseWords.objects.update(title="", place_words="")
    empty_erased()
    assert _words_and_counts() == [("棉纺厂家属院", 2)]

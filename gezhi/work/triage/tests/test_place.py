"""Where a case lies, from its words; and the names that staff teach."""

import pytest

from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import actions, aliases
from gezhi.work.triage.models import Advice, Alias
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.queries import AdviceView, advice_for_case
from tests.cast import Cast


def _advised(cast: Cast, words: str, text: str = "路灯不亮") -> AdviceView | None:
    play = Play(cast).report(text=text, where=cases.Where(words=words, words_only=True))
    advise_case(play.case.pk)
    row = Advice.objects.filter(case=play.case, what="place").first()
    # Nothing is moved by advice: the case stays without a place.
    assert play.case.place_id is None and play.case.grid_id is None
    if row is None:
        return None
    return advice_for_case(cast.acceptor.viewer, play.case).of_place


def test_a_building_that_was_named_is_advised(cast: Cast) -> None:
    found = _advised(cast, "桐花苑1栋门口")
    assert found is not None
    assert (found.code, found.name) == (str(cast.street.building.pk), "桐花苑 1栋")
    assert not found.abstained


def test_a_place_named_only_in_the_message_is_found(cast: Cast) -> None:
    found = _advised(cast, "", text="柏树里的路灯坏了三天没人修，晚上走路看不见")
    assert found is not None and found.code == str(cast.street.next_compound.pk)


def test_no_place_is_no_advice(cast: Cast) -> None:
    assert _advised(cast, "", text="咨询一下社保怎么转") is None


def test_a_report_with_a_point_is_not_asked_where_it_is(cast: Cast) -> None:
    play = Play(cast).report()
    advise_case(play.case.pk)
    assert not Advice.objects.filter(case=play.case, what="place").exists()


def test_an_alias_taught_by_staff_counts_at_once(cast: Cast) -> None:
    assert _advised(cast, "老粮站宿舍1栋") is None
    actions.learn_alias(
        place_id=cast.street.compound.pk, words="老粮站宿舍", by=cast.acceptor.viewer
    )
    found = _advised(cast, "老粮站宿舍1栋")
    assert found is not None and found.code == str(cast.street.building.pk)


def _typed(cast: Cast, words: str) -> None:
    where = cases.Where(place_id=cast.street.compound.pk, words=words)
    play = Play(cast).report(by=cast.acceptor.viewer, where=where, channel="phone")
    advise_case(play.case.pk)


def test_a_name_that_staff_used_twice_for_a_place_is_learnt(cast: Cast) -> None:
    _typed(cast, "棉纺厂家属院2栋")
    assert not aliases.in_force(cast.street.district.pk).exists()
    _typed(cast, "棉纺厂家属院5号")
    (row,) = aliases.in_force(cast.street.district.pk)
    assert (row.words, row.place_id, row.count) == ("棉纺厂家属院", cast.street.compound.pk, 2)


def test_the_places_own_name_is_no_alias(cast: Cast) -> None:
    _typed(cast, "桐花苑1栋")
    assert not Alias.objects.exists()


def test_what_a_resident_wrote_teaches_no_name(cast: Cast) -> None:
    for _time in range(3):
        where = cases.Where(place_id=cast.street.compound.pk, words="我家那院子")
        advise_case(Play(cast).report(where=where).case.pk)
    assert not Alias.objects.exists()


@pytest.mark.parametrize("words", ["", "1", "12345", "长" * 21, "——"])
def test_what_can_be_no_name_is_refused(cast: Cast, words: str) -> None:
    with pytest.raises(Invalid):
        actions.learn_alias(place_id=cast.street.compound.pk, words=words, by=cast.li.viewer)


def test_only_who_settles_places_teaches_and_only_known_ones(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        actions.learn_alias(place_id=cast.street.compound.pk, words="老院", by=cast.wang.viewer)
    with pytest.raises(Unseen):
        actions.learn_alias(place_id=1, words="老院", by=cast.acceptor.viewer)

"""吹哨报到: the street calls units to a place, they come or say why not, and the street scores them."""

from datetime import timedelta
from typing import Any

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions, queries
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.deeds.hand_over import hand_over
from gezhi.work.cases.models import Assignment, Step, Whistle
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import TOLD_TO_THE_UNIT, Play, fresh_key


@pytest.fixture
def whistled(play: Play) -> Play:
    """Handled by the sanitation office; the water company and the community are called to it."""
    street = play.cast.street
    return play.until("handling").whistle(unit_ids=[street.water.pk, street.office.pk])


def _arrive(play: Play, who: str = "tang", words: str = "唐文等两人到了", **rest: object) -> None:
    play.do(actions.arrive, getattr(play.cast, who).viewer, words=words, **rest)


def _score(play: Play, by: str = "supervisor", **given: int) -> None:
    scores = {getattr(play.cast.street, name).pk: number for name, number in given.items()}
    play.do(actions.score, getattr(play.cast, by).viewer, scores=scores, words="按时到")


def _call(play: Play, unit: str = "water") -> Assignment:
    return Assignment.objects.get(
        case=play.case, part="called", unit=getattr(play.cast.street, unit), ended_at=None
    )


def test_called_there_and_scored(whistled: Play) -> None:
    due = whistled.case.due_at
    assert whistled.case.all_marks == {Mark.WHISTLED}
    _arrive(whistled)
    _arrive(whistled, "li", words="抽不出人", absence="no_people")
    _score(whistled, water=5, office=2)
    rows = {row.unit_id: row for row in Assignment.objects.filter(part="called")}
    street = whistled.cast.street
    assert (rows[street.water.pk].score, rows[street.office.pk].score) == (5, 2)
    assert rows[street.water.pk].finished_at == clock.now()
    assert rows[street.office.pk].absence == "no_people"
    assert all(row.ended_at for row in rows.values())
    assert Whistle.objects.get().ended_at == clock.now()
    assert whistled.case.all_marks == {Mark.SCORED} and whistled.case.due_at == due
    assert invariants.faults() == []


@pytest.mark.parametrize("who", ["dispatcher", "supervisor", "wang"])
def test_the_street_whistles_from_accepting_on(play: Play, who: str) -> None:
    play.until("accepted")
    play.do(
        actions.whistle,
        getattr(play.cast, who).viewer,
        kind="emergency",
        unit_ids=[play.cast.street.water.pk],
        due_at=clock.now() + timedelta(hours=1),
        words="水管爆了，请到桐花苑",
    )
    assert _call(play).due_at == clock.now() + timedelta(hours=1)


def test_a_case_nobody_accepted_is_not_whistled_for(play: Play) -> None:
    play.report()
    with pytest.raises(Conflict):
        play.whistle()


def test_units_do_not_whistle(play: Play) -> None:
    play.until("handling")
    for who in ("handler", "li", "acceptor", "checker"):
        with pytest.raises(NotPermitted, match="派遣员、值班长或领导"):
            play.do(
                actions.whistle,
                getattr(play.cast, who).viewer,
                kind="key_work",
                unit_ids=[play.cast.street.water.pk],
                due_at=clock.now() + timedelta(hours=1),
                words="请来",
            )


def test_what_is_wrong_with_a_whistle_says_what_to_do(play: Play) -> None:
    play.until("handling")
    street = play.cast.street
    closed = Unit.objects.filter(pk=street.property_firm.pk)
    closed.update(closed_at=clock.now(), successor=street.office)
    for changed, field in (
        ({"unit_ids": []}, "unit_ids"),
        ({"unit_ids": [street.property_firm.pk]}, "unit_ids"),
        ({"unit_ids": [street.centre.pk]}, "unit_ids"),
        ({"kind": "party"}, "kind"),
        ({"due_at": clock.now()}, "due_at"),
        ({"words": " "}, "words"),
    ):
        with pytest.raises(Invalid) as refused:
            play.whistle(**changed)
        assert refused.value.field == field
    assert not Whistle.objects.exists()


def test_one_is_scored_before_the_next(whistled: Play) -> None:
    with pytest.raises(Conflict, match="评分以后才能再吹"):
        whistled.whistle()


def test_a_called_unit_sees_the_case_and_is_told_at_once(whistled: Play) -> None:
    viewer = whistled.cast.tang.viewer
    assert queries.visible_to(viewer).filter(pk=whistled.case.pk).exists()
    announce_step(Step.objects.get(deed="whistle").pk)
    told = dict(Notice.objects.values_list("user_id", "kind"))
    assert told[whistled.cast.tang.user_id] == "case_whistle_called"
    assert told[whistled.cast.li.user_id] == "case_whistle_called"
    assert told[whistled.cast.handler.user_id] == "case_whistle"
    (row,) = queries.listing(viewer, "called").rows
    assert row.due_at == clock.now() + timedelta(hours=2) and row.clock_of == "called"
    _arrive(whistled)
    assert queries.listing(viewer, "called").rows == []
    assert queries.counts(viewer)["called"] == 0


def test_a_unit_speaks_for_itself_and_the_street_for_any(whistled: Play) -> None:
    with pytest.raises(Invalid, match="只能替本单位"):
        _arrive(whistled, unit_id=whistled.cast.street.office.pk)
    _arrive(whistled, "dispatcher", unit_id=whistled.cast.street.office.pk)
    assert _call(whistled, "office").finished_at is not None
    with pytest.raises(Invalid, match="请选择叫到的单位"):
        _arrive(whistled, "dispatcher", unit_id=whistled.cast.street.sanitation.pk)
    with pytest.raises(Invalid, match="已经报到过"):
        _arrive(whistled, "dispatcher", unit_id=whistled.cast.street.office.pk)
    with pytest.raises(NotPermitted):
        _arrive(whistled, "handler")


def test_when_they_came_is_claimed_within_reason(whistled: Play) -> None:
    clock.advance(timedelta(hours=3))
    with pytest.raises(Invalid, match="不能早于吹哨") as refused:
        _arrive(whistled, happened_at=clock.now() - timedelta(hours=4))
    assert refused.value.field == "happened_at"
    came = clock.now() - timedelta(hours=2)
    _arrive(whistled, happened_at=came)
    assert _call(whistled).finished_at == came
    line = queries.whistle_of(whistled.case)
    assert line is not None
    (call,) = [one for one in line.calls if one.unit_id == whistled.cast.street.water.pk]
    assert not call.is_late and not call.is_absent


def test_nobody_comes_without_a_reason_from_the_dictionary_and_words(whistled: Play) -> None:
    with pytest.raises(Invalid, match="没到的原因"):
        _arrive(whistled, absence="weather")
    with pytest.raises(Invalid, match="为什么没到"):
        _arrive(whistled, absence="no_people", words=" ")
    with pytest.raises(Invalid, match="谁到了"):
        _arrive(whistled, words=" ")


def test_whoever_said_no_may_come_all_the_same(whistled: Play) -> None:
    _arrive(whistled, words="在别处", absence="other_site")
    _arrive(whistled)
    assert _call(whistled).absence == "" and _call(whistled).finished_at is not None


def test_scores_are_for_every_called_unit_once(whistled: Play) -> None:
    with pytest.raises(Conflict, match="还没到报到的时间"):
        _score(whistled, water=5, office=5)
    clock.advance(timedelta(hours=2))
    with pytest.raises(Conflict, match="还没到报到的时间"):
        _score(whistled, water=5, office=5)  # whoever comes at the very moment is on time
    clock.advance(timedelta(microseconds=1))
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"water": 5}, "还没打分：桐花社区居委会"),
        ({"water": 5, "office": 5, "sanitation": 5}, "只能给叫到的单位"),
        ({"water": 6, "office": 5}, "1 到 5"),
        ({"water": 0, "office": 5}, "1 到 5"),
    )
    for given, said in wrong:
        with pytest.raises(Invalid, match=said):
            _score(whistled, **given)
    with pytest.raises(NotPermitted):
        _score(whistled, "handler", water=5, office=5)
    _score(whistled, water=3, office=1)
    with pytest.raises(Conflict, match="还没评分的吹哨"):
        _score(whistled, water=3, office=1)


def test_after_the_end_it_is_scored_still_and_found_still(whistled: Play) -> None:
    _arrive(whistled)
    whistled.finish().check().close()
    case, viewer = whistled.case, whistled.cast.dispatcher.viewer
    assert case.all_marks == {Mark.WHISTLED}
    assert not Assignment.objects.filter(case=case, ended_at=None).exists()
    assert [row.number for row in queries.listing(viewer, "whistled").rows] == [case.number]
    assert queries.counts(viewer)["whistled"] == 1
    clock.advance(timedelta(hours=3))
    _score(whistled, "dispatcher", water=4, office=1)
    assert queries.counts(viewer)["whistled"] == 0
    assert invariants.faults() == []


def test_a_call_outlives_a_return_and_a_new_dispatch_even_to_the_called(whistled: Play) -> None:
    whistled.do(
        actions.return_to_centre,
        whistled.cast.handler.viewer,
        reason_code="place_unclear",
        duty_id=None,
        right_unit_id=None,
        words="没写哪一栋",
    )
    assert _call(whistled).ended_at is None
    whistled.dispatch(lead_unit_id=whistled.cast.street.water.pk)
    _arrive(whistled)
    assert invariants.faults() == []


def test_a_rejected_end_leaves_no_call_open(play: Play) -> None:
    play.until("accepted").whistle()
    other = Play(play.cast).until("accepted")
    play.do(actions.merge, play.cast.acceptor.viewer, into=other.case.number)
    assert not Assignment.objects.filter(part="called", ended_at=None).exists()
    assert play.case.all_marks == {Mark.WHISTLED}
    assert invariants.faults() == []


def test_a_unit_that_closes_leaves_its_call_to_the_successor(whistled: Play) -> None:
    street = whistled.cast.street
    hand_over(
        number=whistled.case.number,
        from_unit=street.water,
        to_unit=street.sanitation,
        by=Viewer.system("handover"),
        key=fresh_key(),
    )
    assert _call(whistled, "sanitation").whistle_id == Whistle.objects.get().pk
    clock.advance(timedelta(hours=3))
    _arrive(whistled, "handler")
    _score(whistled, sanitation=4, office=1)
    assert invariants.faults() == []


def test_the_button_goes_with_what_there_is_to_do(whistled: Play) -> None:
    def deeds(who: str) -> tuple[Deed, ...]:
        viewer = getattr(whistled.cast, who).viewer
        return queries.case_page(viewer, whistled.case.number).deeds

    assert Deed.ARRIVE in deeds("tang") and Deed.SCORE not in deeds("tang")
    assert {Deed.ARRIVE, Deed.SCORE} <= set(deeds("supervisor"))
    _arrive(whistled)
    assert Deed.ARRIVE not in deeds("tang")


def test_of_a_confidential_case_the_called_read_what_was_written_for_units(play: Play) -> None:
    play.until("accepted", confidential=True, text="三楼开赌场")
    play.do(
        actions.whistle,
        play.cast.dispatcher.viewer,
        kind="enforcement",
        unit_ids=[play.cast.street.water.pk],
        due_at=clock.now() + timedelta(hours=1),
        words="请带钥匙到桐花苑",
    )
    page = repr(queries.case_page(play.cast.tang.viewer, play.case.number))
    assert "请带钥匙到桐花苑" in page and "赌场" not in page and TOLD_TO_THE_UNIT not in page

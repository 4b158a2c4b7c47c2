"""On and off: by right, once for an area and a plan, never off over a major case of nobody."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.notices.models import Notice
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions, queries
from gezhi.work.emergency.models import Emergency, LogLine


def _answer(cast, row, said="trouble", **changes):
    fields = {
        "emergency_id": row.pk, "grid_id": cast.street.grid.pk, "said": said, "text": "地下室进水",
        "by": cast.zhang.viewer, "key": fresh_key(),
    } | changes  # fmt: skip
    return actions.answer(**fields)


def test_switching_on_asks_the_grids_calls_the_crew_and_begins_the_log(cast, switch_on):
    row = switch_on()
    codes = list(
        LogLine.objects.filter(emergency=row).order_by("id").values_list("code", flat=True)
    )
    assert codes[:2] == ["on", "roll_call"]
    assert LogLine.objects.filter(emergency=row, code="call", person_id=cast.wang.user_id).exists()
    told = Notice.objects.filter(kind="emergency_roll_call")
    assert set(told.values_list("user_id", flat=True)) >= {cast.zhang.user_id, cast.zhao.user_id}
    assert Entry.objects.filter(verb="emergency.switch_on", subject_id=row.pk).exists()


def test_the_second_switch_reads_who_was_faster(cast, switch_on):
    switch_on()
    with pytest.raises(Conflict, match=f"已经打开了（{cast.supervisor.name}"):
        switch_on(by=cast.wang.viewer)
    assert Emergency.objects.count() == 1


def test_a_drill_and_the_real_thing_may_be_on_at_once_and_so_may_two_plans(switch_on):
    switch_on(drill=True)
    switch_on()
    switch_on(plan_code="gas")
    assert Emergency.objects.filter(off_at=None).count() == 3


@pytest.mark.parametrize("name", ["acceptor", "zhang", "handler", "he"])
def test_only_a_duty_chief_or_a_leader_of_the_street_switches_it_on(cast, switch_on, name):
    with pytest.raises(NotPermitted):
        switch_on(by=getattr(cast, name).viewer)


def test_another_street_is_switched_by_its_own(cast, switch_on):
    with pytest.raises(NotPermitted):
        switch_on(area_id=cast.street.other_street.pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"plan_code": "meteor"}, "plan"), ({"reason": " "}, "reason"), ({"area_id": 1}, "area")],
)
def test_bad_input_names_its_row(switch_on, changes, field):
    with pytest.raises(Invalid) as refused:
        switch_on(**changes)
    assert refused.value.field == field


def test_it_is_not_switched_off_while_a_major_case_has_nobody(cast, switch_on):
    row = switch_on()
    number = _answer(cast, row).case.number
    by = cast.supervisor.viewer
    actions.name_major(emergency_id=row.pk, number=number, user_id=None, by=by)
    with pytest.raises(Conflict, match="还没有点名"):
        actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=True, by=by)
    actions.name_major(emergency_id=row.pk, number=number, user_id=cast.wang.user_id, by=by)
    with pytest.raises(Invalid) as refused:
        actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=False, by=by)
    assert refused.value.field == "goes_on"
    off = actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=True, by=by)
    assert not off.is_on
    assert queries.log_of(by, off).lines[-1].code == "off"
    assert Entry.objects.filter(verb="emergency.switch_off", subject_id=row.pk).exists()


def test_after_the_end_nothing_is_done_in_it_any_more(cast, switch_on):
    row = switch_on()
    by = cast.supervisor.viewer
    actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=False, by=by)
    for deed in (
        lambda: actions.call_roll(emergency_id=row.pk, after=1, by=by),
        lambda: actions.notify(
            emergency_id=row.pk, told=["workers"], text="收队", by=by, key=fresh_key()
        ),
        lambda: actions.switch_off(emergency_id=row.pk, summary="再来", goes_on=True, by=by),
        lambda: _answer(cast, row, "safe"),
    ):
        with pytest.raises(Conflict, match="已经关闭"):
            deed()


def test_who_works_in_the_area_sees_it_and_the_next_street_does_not(cast, switch_on):
    whole = switch_on()
    part = switch_on(area_id=cast.street.community.pk, plan_code="gas")
    for person in (cast.zhang, cast.li, cast.handler, cast.wang):
        assert {row.pk for row in queries.running(person.viewer)} == {whole.pk, part.pk}
    assert [row.pk for row in queries.running(cast.sun.viewer)] == [whole.pk]
    assert queries.running(cast.he.viewer) == []
    assert queries.running(cast.system_administrator.viewer) == []


def test_what_a_drill_brought_forth_ends_with_it(cast, switch_on):
    row = switch_on(drill=True)
    case = _answer(cast, row).case
    actions.switch_off(
        emergency_id=row.pk, summary="演练完", goes_on=False, by=cast.supervisor.viewer
    )
    case.refresh_from_db()
    assert case.state == "closed"
    row.refresh_from_db()
    (line,) = queries.lines_of(cast.wang.viewer, row, [case.pk])
    assert line.is_over

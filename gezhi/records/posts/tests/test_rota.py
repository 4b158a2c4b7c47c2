"""Rotas: who may arrange duty, what is refused, and that who was on duty then stays true."""

from datetime import date, datetime, timedelta
from unittest import mock

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.ground.jobs.models import Task
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.workdays import Calendar, YearNotice
from gezhi.records.posts import actions, receivers, rota_gaps, shifts
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.models import Appointment, Rota, RotaChange, Shift
from gezhi.records.posts.rota_words import LineDraft

TODAY = date(2026, 11, 23)


def at(hour, minute=0, *, day=0):
    """A moment of the test's Monday in China, or of a day after."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=SHANGHAI) + timedelta(days=day)


@pytest.fixture
def nights(cast):
    """Every night at the community office, 17:00 to 9:00: 张, 赵, 李 in turn."""

    def begin(*people, by=cast.li.viewer, unit=cast.street.office, **how):
        ring = people or (cast.zhang, cast.zhao, cast.li)
        line = LineDraft("every", 17 * 60, 9 * 60, tuple(one.user_id for one in ring))
        values = {"name": "夜间值班", "lines": [line], "from_day": TODAY, "by": by, **how}
        return actions.begin_rota(unit=unit, **values)

    return begin


def who(cast, moment, unit=None):
    found = queries.on_duty([(unit or cast.street.office).pk], moment)
    return [line.user_name for line in found]


def test_each_of_the_ring_has_the_night_after_the_other(cast, nights):
    nights()
    assert who(cast, at(20)) == ["张小川"]
    assert who(cast, at(3, day=1)) == ["张小川"]
    assert who(cast, at(20, day=1)) == ["赵德海"]
    assert who(cast, at(20, day=2)) == ["李玉芳"]
    assert who(cast, at(20, day=3)) == ["张小川"]
    assert who(cast, at(12)) == []


def test_a_second_writing_changes_nothing(cast, nights):
    rota = nights()
    before = list(Shift.objects.order_by("id").values())
    assert shifts.write(rota) == 0
    clock.advance(timedelta(hours=9, minutes=7))
    assert shifts.write(rota) == 0
    assert list(Shift.objects.order_by("id").values()) == before


def test_each_night_the_weeks_ahead_are_written(cast, nights):
    nights()
    last = Shift.objects.latest("from_at").from_at
    clock.advance(timedelta(days=1))
    assert rota_gaps.write_ahead() == 1
    assert Shift.objects.latest("from_at").from_at == last + timedelta(days=1)


def test_who_was_on_duty_then_is_true_after_the_pattern_ended(cast, nights):
    rota = nights()
    clock.advance(timedelta(days=1, hours=12))
    then = who(cast, at(20))
    actions.end_rota(rota_id=rota.pk, last_day=clock.today(), by=cast.li.viewer)
    nights(cast.li, from_day=clock.today() + timedelta(days=1))
    clock.advance(timedelta(days=300))
    rota_gaps.write_ahead()
    assert who(cast, at(20)) == then == ["张小川"]
    assert who(cast, at(20, day=1)) == ["赵德海"]
    assert who(cast, at(20, day=2)) == ["李玉芳"]


def test_a_change_in_the_middle_of_a_shift_leaves_what_passed(cast, nights):
    rota = nights()
    clock.advance(timedelta(hours=10))  # 20:00
    actions.set_shift(
        rota_id=rota.pk, from_at=at(17), to_at=at(9, day=1), user_id=cast.li.user_id,
        reason="小张发烧", by=cast.li.viewer,
    )  # fmt: skip
    assert who(cast, at(19)) == ["张小川"]
    assert who(cast, at(20)) == ["李玉芳"]
    assert Notice.objects.filter(user_id=cast.zhang.user_id, kind="rota_changed").count() == 1


def test_a_change_is_taken_back_and_the_pattern_holds_again(cast, nights):
    rota = nights()
    change = actions.set_shift(
        rota_id=rota.pk, from_at=at(17), to_at=at(9, day=1), user_id=None, reason="停电",
        by=cast.li.viewer,
    )  # fmt: skip
    assert who(cast, at(20)) == []
    actions.take_back_change(change_id=change.pk, by=cast.li.viewer)
    assert who(cast, at(20)) == ["张小川"]
    with pytest.raises(Conflict):
        actions.take_back_change(change_id=change.pk, by=cast.li.viewer)


def test_the_duty_chief_of_the_centre_arranges_duty_of_the_units_below(cast, nights):
    rota = nights(by=cast.supervisor.viewer)
    assert Entry.objects.filter(verb="posts.begin_rota", subject_id=rota.pk).exists()


@pytest.mark.parametrize("who_asks", ["zhang", "acceptor", "wang"])
def test_nobody_else_arranges_duty(cast, nights, who_asks):
    with pytest.raises((NotPermitted, Unseen)):
        nights(by=getattr(cast, who_asks).viewer)
    assert not Rota.objects.exists()


def test_a_clerk_of_the_next_community_does_not_see_it(cast, nights):
    rota = nights()
    with pytest.raises(Unseen):
        actions.end_rota(rota_id=rota.pk, last_day=TODAY, by=cast.sun.viewer)
    with pytest.raises(Unseen):
        queries.get_rota(cast.sun.viewer, rota.pk)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lines": []}, "还没有一班"),
        ({"lines": [LineDraft("every", 0, 1440, ())]}, "还没有人"),
        ({"lines": [LineDraft("every", 0, 1440, (7,))]}, "从下面的名单里选"),
        ({"lines": [LineDraft("sometimes", 0, 1440, (1,))]}, "哪些天"),
        ({"lines": [LineDraft("every", 1500, 1440, (1,))]}, "00:00 到 24:00"),
        ({"name": " "}, "起个名字"),
        ({"from_day": TODAY - timedelta(days=1)}, "从今天或以后开始"),
        ({"last_day": TODAY - timedelta(days=1)}, "最后一天在开始之前"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(cast, nights, change, said):
    lines = [
        LineDraft(one.kind, one.from_minute, one.to_minute, (cast.li.user_id,))
        if one.people == (1,)
        else one
        for one in change.get("lines", [])
    ]
    with pytest.raises(Invalid, match=said):
        nights(**{**change, **({"lines": lines} if "lines" in change else {})})


def test_two_lines_for_one_minute_are_refused(cast, nights):
    people = (cast.li.user_id,)
    lines = [LineDraft("workday", 17 * 60, 9 * 60, people), LineDraft("every", 480, 720, people)]
    with pytest.raises(Invalid, match="第 1 班和第 2 班有重叠"):
        nights(lines=lines)


def test_a_calendar_put_in_force_moves_the_shifts_to_come(cast, nights):
    people = (cast.li.user_id,)
    lines = [LineDraft("workday", 9 * 60, 17 * 60, people)]
    nights(name="白班", lines=lines)
    saturday = at(10, day=5)
    assert who(cast, saturday) == []
    worked = Calendar({2026: YearNotice(workdays=frozenset({saturday.date()}))})
    with mock.patch("gezhi.ground.codes.queries.calendar", lambda: worked):
        rota_gaps.write_ahead()
    assert who(cast, saturday) == ["李玉芳"]


@pytest.mark.django_db
def test_a_calendar_put_in_force_leaves_its_task():
    # The calendar the tests begin with came in force, too: its task may stand there already.
    before = set(Task.objects.values_list("key", flat=True))
    receivers.on_pack_in_force(name="calendar", enactment_id=7)
    receivers.on_pack_in_force(name="limits", enactment_id=8)
    assert set(Task.objects.values_list("key", flat=True)) - before == {"posts.write_ahead:7"}


def test_a_second_rota_of_the_same_name_waits_for_the_end_of_the_first(cast, nights):
    rota = nights()
    with pytest.raises(Conflict, match="到哪天为止"):
        nights()
    actions.end_rota(rota_id=rota.pk, last_day=TODAY, by=cast.li.viewer)
    nights(from_day=TODAY + timedelta(days=1))


def test_a_person_of_another_unit_is_not_put_on_duty(cast, nights):
    with pytest.raises(Invalid, match="从下面的名单里选"):
        nights(cast.handler)
    rota = nights()
    with pytest.raises(Invalid, match="从名单里选"):
        actions.set_shift(
            rota_id=rota.pk, from_at=at(17), to_at=at(20), user_id=cast.handler.user_id,
            reason="代班", by=cast.li.viewer,
        )  # fmt: skip


def test_from_after_to_and_the_past_are_refused(cast, nights):
    rota = nights()
    common = {
        "rota_id": rota.pk,
        "user_id": cast.li.user_id,
        "reason": "代班",
        "by": cast.li.viewer,
    }
    with pytest.raises(Invalid, match="过了半夜"):
        actions.set_shift(from_at=at(17), to_at=at(9), **common)
    with pytest.raises(Invalid, match="已经过去"):
        actions.set_shift(from_at=at(1), to_at=at(2), **common)


class TestGaps:
    def gaps(self):
        return [(line.gap, line.user_name) for line in rota_gaps.gaps()]

    def told(self, person, kind="rota_gap"):
        return Notice.objects.filter(user_id=person.user_id, kind=kind).count()

    def test_somebody_who_left_is_a_gap_told_once_to_whoever_keeps_the_rota(self, cast, nights):
        nights(cast.zhang)
        Appointment.objects.filter(user_id=cast.zhang.user_id).update(to_at=at(12))
        clock.advance(timedelta(hours=3))
        assert self.gaps() == [("已不在这个岗位", "张小川")] * 2
        rota_gaps.warn()
        rota_gaps.warn()
        assert self.told(cast.li) == 2

    def test_a_closed_account_is_a_gap(self, cast, nights):
        nights(cast.zhang, by=cast.supervisor.viewer)
        User.objects.filter(pk=cast.zhang.user_id).update(is_active=False)
        assert self.gaps()[0][0] == "账号已停用"
        assert who(cast, at(20)) == []

    def test_nobody_is_a_gap_told_to_the_duty_chief_of_the_unit(self, cast, nights):
        rota = nights(cast.acceptor, unit=cast.street.centre, by=cast.supervisor.viewer)
        actions.set_shift(
            rota_id=rota.pk, from_at=at(17), to_at=at(9, day=1), user_id=None, reason="没人",
            by=cast.supervisor.viewer,
        )  # fmt: skip
        assert self.gaps() == [("没有人", "")]
        rota_gaps.warn()
        assert self.told(cast.supervisor) == 1

    def test_a_gap_a_week_ahead_is_not_told_yet(self, cast, nights):
        rota = nights()
        actions.set_shift(
            rota_id=rota.pk, from_at=at(17, day=7), to_at=at(9, day=8), user_id=None, reason="没人",
            by=cast.li.viewer,
        )  # fmt: skip
        assert rota_gaps.warn() == 0
        clock.advance(timedelta(days=5, hours=8))
        assert rota_gaps.warn() == 1

    def test_a_rota_that_ends_with_none_after_it_is_told(self, cast, nights):
        nights(last_day=TODAY + timedelta(days=1))
        rota_gaps.warn()
        assert self.told(cast.li, "rota_ends") == 1
        nights(from_day=TODAY + timedelta(days=2))
        Notice.objects.all().delete()
        assert rota_gaps.warn() == 0


def test_the_same_change_sent_twice_is_one_and_taken_back_at_once(cast, nights):
    rota = nights()
    asked = {
        "rota_id": rota.pk, "from_at": at(17), "to_at": at(9, day=1),
        "user_id": cast.li.user_id, "reason": "张小川请假", "by": cast.li.viewer,
    }  # fmt: skip
    first, second = actions.set_shift(**asked), actions.set_shift(**asked)
    assert first.pk == second.pk
    assert RotaChange.objects.count() == 1
    assert who(cast, at(20)) == ["李玉芳"]
    actions.take_back_change(change_id=first.pk, by=cast.li.viewer)
    assert who(cast, at(20)) == ["张小川"]
    assert actions.set_shift(**asked).pk != first.pk

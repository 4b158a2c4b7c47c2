"""An office changes its limits: a next version, in force at once or on its day, and the way back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import actions, history, queries
from gezhi.ground.codes.limits import figure_row, limit_row, valid_limit
from gezhi.ground.codes.models import Enactment, Pack
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

pytestmark = pytest.mark.django_db
KEYS = ("value", "unit")


def known(value):
    """A value that must be there."""
    assert value is not None
    return value


def _viewer(role):
    seat = Seat(post_id=1, unit_id=1, role=role, area_id=1, level=Level.DISTRICT)
    return Viewer(user_id=7, district_id=1, seats=(seat,))


KEEPER = _viewer(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture(autouse=True)
def limits(write_pack):
    """The limits of the product in force, imported some weeks ago."""
    with clock.moved_to(clock.now() - timedelta(days=20)):
        actions.import_pack(settings.GEZHI_PACKS / "limits", by=Viewer.system("test"))
    return known(queries.pack_in_force("limits"))


def _row(code, value, unit):
    found = known(queries.term("limits", code))
    row = RowOfTerm("limits", code, found.name, found.name_en, "", found.order, found.data)
    return limit_row(row, valid_limit(value, unit), keys=KEYS)


def _amend(pack_id, value="4", **more):
    changed = [_row("accepting", value, "working_hours")]
    said = {"reason": "人手不够", "by": KEEPER, **more}
    return actions.amend(pack_id=pack_id, changes=changed, **said)


def test_a_change_is_the_next_version_and_the_old_one_stays(limits):
    row = _amend(limits.id)
    assert queries.limit("accepting").value == 4
    running = known(queries.pack_in_force("limits"))
    assert (running.version, running.is_local) == (f"{limits.version}-1", True)
    assert Pack.objects.get(pk=limits.id).terms.get(code="accepting").data["value"] == "2"
    assert row.user_id == 7
    again = _amend(row.pack_id, "5")
    assert again.pack.version == f"{limits.version}-2"


def test_a_case_keeps_the_limits_of_the_moment_it_was_reported(limits):
    before = clock.now() - timedelta(hours=1)
    _amend(limits.id)
    assert queries.limit("accepting", since=before).value == 2
    assert queries.limit("accepting", since=clock.now()).value == 4
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert queries.limit("accepting", since=long_ago).value == 2


def test_two_at_once_the_second_is_told_and_changes_nothing(limits):
    _amend(limits.id)
    with pytest.raises(Conflict, match="刚刚有人改过"):
        _amend(limits.id, "8")
    assert queries.limit("accepting").value == 4


def test_a_change_for_a_day_to_come_waits_for_it(limits):
    day = clock.today() + timedelta(days=3)
    _amend(limits.id, begins=day)
    assert queries.limit("accepting").value == 2
    assert known(history.waiting("limits")).reason == "人手不够"
    assert actions.enact_due() == 0
    with clock.moved_to(datetime(day.year, day.month, day.day, 0, 1, tzinfo=clock.SHANGHAI)):
        assert actions.enact_due() == 1
        assert actions.enact_due() == 0
        assert queries.limit("accepting").value == 4
    assert Entry.objects.filter(verb="codes.enact", system_name="beat").count() == 1


def test_while_one_waits_nothing_else_is_changed_and_it_can_be_taken_back(limits):
    row = _amend(limits.id, begins=clock.today() + timedelta(days=3))
    with pytest.raises(Conflict, match="先撤回"):
        _amend(limits.id, "8")
    actions.withdraw(enactment_id=row.pk, by=KEEPER)
    with pytest.raises(Conflict):
        actions.withdraw(enactment_id=row.pk, by=KEEPER)
    with clock.moved_to(clock.now() + timedelta(days=9)):
        assert actions.enact_due() == 0
    _amend(limits.id, "8")
    assert queries.limit("accepting").value == 8


def test_undo_is_the_old_version_again(limits):
    changed = _amend(limits.id)
    actions.return_to(pack_id=limits.id, running_id=changed.pack_id, reason="改错了", by=KEEPER)
    assert queries.limit("accepting").value == 2
    assert known(queries.pack_in_force("limits")).version == limits.version
    with pytest.raises(Conflict):
        actions.return_to(pack_id=limits.id, running_id=limits.id, reason="再来", by=KEEPER)


def test_the_history_says_who_why_and_what(limits):
    changed = _amend(limits.id)
    actions.return_to(pack_id=limits.id, running_id=changed.pack_id, reason="改错了", by=KEEPER)
    last, first, imported = history.enactments(KEEPER, "limits")
    assert (last.is_running, first.is_running, imported.changes) == (True, False, ())
    ((before, after),) = first.changes
    assert (known(before).data["value"], known(after).data["value"]) == ("2", "4")
    assert last.reason == "改错了"
    with pytest.raises(Unseen):
        history.enactments(_viewer(Role.ACCEPTOR), "limits")


def test_an_update_of_the_software_keeps_what_the_office_decided(limits, tmp_path):
    _amend(limits.id)
    folder = settings.GEZHI_PACKS / "limits"
    system = Viewer.system("prepare")
    assert actions.import_pack(folder, by=system, keep_local=True).outcome == "kept"
    assert queries.limit("accepting").value == 4
    assert not actions.diff_pack(folder).same
    assert [change.code for change in actions.diff_pack(folder).changes] == ["accepting"]
    # Named by hand, it is meant.
    assert actions.import_pack(folder, by=system).outcome == "restored"
    assert queries.limit("accepting").value == 2


def test_what_waits_for_its_day_survives_an_update_too(limits, write_pack):
    _amend(limits.id, begins=clock.today() + timedelta(days=3))
    fresh = write_pack(
        "limits", "2099.01", limits="code,name,value,unit\naccepting,受理,9,working_days\n"
    )
    result = actions.import_pack(fresh, by=Viewer.system("prepare"), keep_local=True)
    assert result.outcome == "kept"
    assert history.waiting("limits") is not None


def test_an_update_adds_what_the_offices_version_has_not_and_changes_nothing_else(
    limits, write_pack
):
    _amend(limits.id)
    fresh = write_pack(
        "limits",
        "2099.01",
        limits="code,name,value,unit\naccepting,受理,9,working_days\nhanging,挂账,3,working_days\n",
    )
    result = actions.import_pack(fresh, by=Viewer.system("prepare"), keep_local=True)
    assert (result.outcome, result.version) == ("completed", f"{limits.version}-2")
    assert queries.limit("hanging").value == 3
    assert queries.limit("accepting").value == 4
    again = actions.import_pack(fresh, by=Viewer.system("prepare"), keep_local=True)
    assert again.outcome == "kept"


def test_what_waits_for_its_day_gets_the_new_rows_too(limits, write_pack):
    _amend(limits.id, begins=clock.today() + timedelta(days=3))
    fresh = write_pack(
        "limits", "2099.01", limits="code,name,value,unit\nhanging,挂账,3,working_days\n"
    )
    actions.import_pack(fresh, by=Viewer.system("prepare"), keep_local=True)
    with clock.moved_to(clock.now() + timedelta(days=4)):
        assert actions.enact_due() == 1
        assert queries.limit("accepting").value == 4
        assert queries.limit("hanging").value == 3


def test_a_stage_unknown_when_a_case_came_has_the_limit_of_now(limits, write_pack):
    came = clock.now() - timedelta(days=10)
    fresh = write_pack(
        "limits", "2099.01", limits="code,name,value,unit\nhanging,挂账,3,working_days\n"
    )
    actions.import_pack(fresh, by=Viewer.system("test"))
    assert queries.limit("hanging", since=came).value == 3
    assert queries.limit("accepting", since=came).value == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "长" * 201}, "reason"),
        ({"begins": date(2020, 1, 1)}, "begins"),
        ({"begins": date(2040, 1, 1)}, "begins"),
    ],
)
def test_what_is_no_change_is_refused_whole(limits, more, field):
    with pytest.raises(Invalid) as refused:
        _amend(limits.id, **more)
    assert refused.value.field == field
    assert Enactment.objects.filter(name="limits").count() == 1


def test_a_change_that_changes_nothing_is_refused(limits):
    with pytest.raises(Invalid, match="没有要改的"):
        actions.amend(pack_id=limits.id, changes=[], reason="看看", by=KEEPER)


def test_only_the_system_administrator_changes_and_takes_back(limits):
    with pytest.raises(NotPermitted):
        _amend(limits.id, by=_viewer(Role.SECURITY_ADMINISTRATOR))
    with pytest.raises(NotPermitted):
        actions.withdraw(enactment_id=1, by=_viewer(Role.LEADER))


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("", "working_hours"), ("0", "working_hours"), ("-1", "working_days"),
        ("1.5", "working_days"), ("nan", "working_hours"), ("1e3", "working_hours"),
        ("367", "calendar_days"), ("9999999", "urgent_hours"), ("2", "fortnights"), ("２", "weeks"),
    ],
)  # fmt: skip
def test_what_is_no_limit_is_refused(value, unit):
    with pytest.raises(Invalid):
        valid_limit(value, unit)


def test_a_figure_is_kept_to_its_unit(limits):
    share = RowOfTerm(
        "figures", "yellow_share", "黄灯余量", data={"unit": "share", "value": "0.25"}
    )
    assert figure_row(share, "0.3").data["value"] == "0.3"
    days = RowOfTerm("figures", "reopen_days", "期限", data={"unit": "calendar_days"})
    for row, value in ((share, "1"), (share, "25"), (days, "1.5"), (days, "0"), (days, "4000")):
        with pytest.raises(Invalid):
            figure_row(row, value)

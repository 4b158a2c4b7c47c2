"""A long list is written by a task; its page says how far it is, and only who asked opens the file."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.ground.sheets import outgoing
from gezhi.ground.sheets.models import OutgoingSheet
from gezhi.kernel import clock


@pytest.fixture(autouse=True)
def at_home(settings, tmp_path, monkeypatch):
    settings.GEZHI_HOME = tmp_path
    monkeypatch.setattr("gezhi.faces.desk.queues.export.figure", lambda _name: 1)


def _asked(cast, play, another, desk_of):
    play.until("handling")
    another.until("handling")
    answer = desk_of(cast.handler).take("queues/handling/export/")
    assert answer.status_code == 303
    row = OutgoingSheet.objects.get()
    assert answer.url == f"/desk/queues/exports/{row.pk}/"
    return row


def test_it_is_written_after_the_answer_and_taken_by_who_asked(cast, play, another, desk_of):
    row = _asked(cast, play, another, desk_of)
    desk = desk_of(cast.handler)
    assert "正在后台写成表格" in text_of(desk.get(f"queues/exports/{row.pk}/"))
    assert desk.get(f"queues/exports/{row.pk}/file/").status_code == 404
    assert outgoing.write(row.pk) == 2
    assert "共 2 行" in text_of(desk.get(f"queues/exports/{row.pk}/"))
    rows = read_sheet(desk.get(f"queues/exports/{row.pk}/file/"))
    assert [each["案件号"] for each in rows] == [play.case.number, another.case.number]
    entry = Entry.objects.get(verb="cases.export")
    assert entry.user_id == cast.handler.user_id
    assert entry.purpose == "other: 周例会核对"
    assert entry.detail.pop("serial")
    assert entry.detail == {"queue": "handling", "filtered": [], "rows": 2}


def test_nobody_else_opens_it(cast, play, another, desk_of):
    row = _asked(cast, play, another, desk_of)
    outgoing.write(row.pk)
    for person in (cast.acceptor, cast.supervisor, cast.tang, cast.system_administrator):
        for page in ("", "file/"):
            assert desk_of(person).get(f"queues/exports/{row.pk}/{page}").status_code == 404


def test_its_file_is_the_owners_alone_and_goes_after_three_days(cast, play, another, desk_of):
    row = _asked(cast, play, another, desk_of)
    outgoing.write(row.pk)
    assert outgoing.path_of(row).stat().st_mode & 0o077 == 0
    with clock.moved_to(clock.now() + timedelta(days=2)):
        assert outgoing.forget_old() == 0
    with clock.moved_to(clock.now() + timedelta(days=3, minutes=1)):
        assert outgoing.forget_old() == 1
    assert not outgoing.path_of(row).exists()
    assert desk_of(cast.handler).get(f"queues/exports/{row.pk}/").status_code == 404


def test_who_lost_the_list_meanwhile_gets_none(cast, play, another, desk_of, monkeypatch):
    row = _asked(cast, play, another, desk_of)
    stranger = cast.system_administrator.viewer
    monkeypatch.setattr("gezhi.ground.sheets.declared.viewer_of", lambda _user: stranger)
    assert outgoing.write(row.pk) == 0
    assert not outgoing.path_of(row).exists()
    page = text_of(desk_of(cast.handler).get(f"queues/exports/{row.pk}/"))
    assert "没有写成" in page


def test_what_was_looked_for_stands_sealed(cast, play, another, desk_of):
    play.until("handling")
    another.until("handling")
    desk_of(cast.handler).take("queues/handling/export/", q="建筑垃圾")
    row = OutgoingSheet.objects.get()
    assert "建筑垃圾" not in row.asked
    assert outgoing.asked_of(row)["q"] == "建筑垃圾"
    assert outgoing.write(row.pk) == 2


def test_a_fourth_waits_for_the_first_three(cast, play, another, desk_of):
    _asked(cast, play, another, desk_of)
    desk = desk_of(cast.handler)
    for _again in range(2):
        desk.take("queues/handling/export/")
    answer = desk.take("queues/handling/export/")
    assert answer.status_code == 422
    assert "已经有三张表正在准备" in text_of(answer)


def test_what_was_never_written_says_so_leads_back_and_keeps_nobody_waiting(
    cast, play, another, desk_of
):
    row = _asked(cast, play, another, desk_of)
    desk = desk_of(cast.handler)
    with clock.moved_to(clock.now() + timedelta(hours=1, minutes=1)):
        page = text_of(desk.get(f"queues/exports/{row.pk}/"))
        assert "一个多小时还没有写成" in page
        assert "/desk/queues/handling/" in page
        assert "every 2s" not in page
        for _again in range(3):
            assert desk.take("queues/handling/export/").status_code == 303

"""/desk/backups/: in red where there is no good backup of today, for the system administrator alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.backups.models import Backup, RestoreDrill
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock

PATH = "gezhi.ground.backups.tasks.make"


def backup(**values):
    fields = {
        "begun_at": clock.now(), "ended_at": clock.now(), "folder": "/media/usb/gezhi",
        "digest": "ab" * 32, "outcome": "good",
        "counts": {"rows": 9, "files": 3, "bytes": 5 << 20, "new_bytes": 1 << 20, "seconds": 75},
    }  # fmt: skip
    return Backup.objects.create(**fields | values)


@pytest.fixture
def desk(cast, desk_of):
    return desk_of(cast.system_administrator)


def test_where_none_was_ever_made_it_says_so_in_red_and_how(desk):
    for page in ("backups/", "setup/"):
        text = text_of(desk.get(page))
        assert "还没有一份好的备份" in text
        assert "gezhi backup" in text


def test_a_good_one_of_today_is_enough(desk):
    backup()
    text = text_of(desk.get("backups/"))
    assert "最近一份好的备份" in text
    assert "5.0 MB" in text and "用了 1 分 15 秒" in text
    assert "看备份" not in text_of(desk.get("setup/"))


def test_one_of_three_days_ago_is_told_with_what_to_do(desk, settings):
    backup()
    settings.GEZHI_BACKUP = Path("/media/usb/gezhi")
    clock.advance(timedelta(days=3))
    backup(outcome="failed", digest="", counts={}, fault="盘满了：腾出地方")
    text = text_of(desk.get("setup/"))
    assert "3 天以前" in text and "满了没有" in text
    assert "盘满了：腾出地方" in text_of(desk.get("backups/"))


def test_one_of_the_future_means_a_clock_was_wrong(desk):
    backup(begun_at=clock.now() + timedelta(hours=1), ended_at=clock.now() + timedelta(hours=1))
    assert "时钟" in text_of(desk.get("setup/"))


def test_drills_are_listed_and_what_went_wrong_with_them(desk):
    RestoreDrill.objects.create(
        begun_at=clock.now(), ended_at=clock.now(), folder="/media/usb/gezhi", outcome="failed",
        fault="缺一张照片，这份备份不全",
    )  # fmt: skip
    assert "缺一张照片" in text_of(desk.get("backups/"))


def test_one_is_asked_for_and_a_second_press_waits_for_it(desk, settings):
    settings.GEZHI_BACKUP = Path("/media/usb/gezhi")
    assert desk.post("backups/make/").status_code == 303
    assert Task.objects.filter(path=PATH).count() == 1
    backup(outcome="running", ended_at=None, digest="")
    desk.post("backups/make/")
    assert Task.objects.filter(path=PATH).count() == 1
    assert "正在做一份备份" in text_of(desk.get("backups/"))


def test_without_a_folder_there_is_no_button_and_asking_says_what_is_missing(desk):
    assert "现在备份" not in text_of(desk.get("backups/")).split("每天自己做")[0]
    desk.post("backups/make/")
    assert not Task.objects.filter(path=PATH).exists()
    assert "GEZHI_BACKUP" in text_of(desk.get("backups/"))


def test_nobody_else_has_this_page(cast, desk_of):
    for name, person in cast.staff():
        if name == "system_administrator":
            continue
        desk = desk_of(person)
        assert desk.get("backups/").status_code == 404, name
        assert desk.post("backups/make/").status_code == 404, name

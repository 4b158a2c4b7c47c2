"""The watched folder: each sheet once, moved, with what came of it."""

import os
from pathlib import Path
from unittest import mock

import pytest

from gezhi.ground.jobs import queries as jobs
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import watching
from gezhi.work.orders.models import FolderFile, Order
from gezhi.work.orders.tests import cities

pytestmark = pytest.mark.django_db


@pytest.fixture
def lay(cast, settings, tmp_path):
    """`lay(name, content)`: a file lies in the folder since a while."""
    settings.GEZHI_ORDERS_FOLDER = str(tmp_path)

    def laid(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        before = clock.now().timestamp() - 60
        os.utime(path, (before, before))
        return path

    return laid


def test_a_sheet_is_read_once_whatever_it_is_called_and_lies_with_the_taken(lay, tmp_path):
    sheet = cities.riverside(cities.riverside_row())
    lay("一.xlsx", sheet)
    assert watching.look() == 1
    lay("二.xlsx", sheet)
    assert watching.look() == 1
    assert sorted(one.name for one in (tmp_path / "已收").iterdir()) == ["一.xlsx", "二.xlsx"]
    assert (Order.objects.count(), FolderFile.objects.count()) == (1, 1)


def test_what_cannot_be_read_goes_back_with_the_reason(lay, tmp_path):
    lay("坏.xlsx", b"PK nonsense")
    lay("没编号.csv", "内容,地址\n路灯坏了,桐花苑\n".encode())
    assert watching.look() == 2
    assert sorted(one.name for one in (tmp_path / "退回").iterdir()) == ["坏.xlsx", "没编号.csv"]
    problems = dict(FolderFile.objects.values_list("name", "problem"))
    assert "打不开这个文件" in problems["坏.xlsx"]
    assert "工单编号" in problems["没编号.csv"]


def test_a_name_that_is_no_utf_8_goes_back_and_those_beside_it_come_in(lay, tmp_path):
    sheet = cities.riverside(cities.riverside_row())
    lay(os.fsdecode(b"bad\xff.xlsx"), sheet)
    lay("一.csv", "工单编号,内容\nQ-1,路灯坏了\n".encode())
    assert watching.look() == 2
    assert [one.name for one in (tmp_path / "退回").iterdir()] == ["bad\ufffd.xlsx"]
    assert [one.name for one in (tmp_path / "已收").iterdir()] == ["一.csv"]
    problems = dict(FolderFile.objects.values_list("name", "problem"))
    assert "文件名不是 UTF-8" in problems["bad\ufffd.xlsx"] and problems["一.csv"] == ""
    assert [one.number for one in Order.objects.all()] == ["Q-1"]


def test_what_went_back_and_is_laid_in_once_more_is_read_anew(lay, tmp_path):
    sheet = cities.riverside(cities.riverside_row())
    lay(os.fsdecode(b"bad\xff.xlsx"), sheet)
    watching.look()
    lay("好.xlsx", sheet)
    assert watching.look() == 1
    assert [one.name for one in (tmp_path / "已收").iterdir()] == ["好.xlsx"]
    row = FolderFile.objects.get()
    assert (row.name, row.problem, row.moved) == ("好.xlsx", "", True)
    assert Order.objects.count() == 1


def test_a_file_somebody_still_writes_and_other_files_are_left(lay, tmp_path):
    path = lay("新.xlsx", cities.riverside(cities.riverside_row()))
    now = clock.now().timestamp()
    os.utime(path, (now, now))
    lay("~$一.xlsx", b"")
    lay("说明.docx", b"PK")
    assert watching.look() == 0
    assert path.exists()


def test_a_folder_that_is_gone_is_left_alone(cast, settings):
    settings.GEZHI_ORDERS_FOLDER = "/no/such/folder"
    assert watching.look() == 0


def test_killed_after_the_look_it_goes_on_where_it_was(lay, monkeypatch):
    lay("一.xlsx", cities.riverside(cities.riverside_row()))
    monkeypatch.setattr(watching, "_begin", _killed)
    with pytest.raises(KeyboardInterrupt):
        watching.look()
    monkeypatch.undo()
    assert watching.look() == 1
    assert Order.objects.count() == 1
    assert FolderFile.objects.get().moved


def _killed(*_arguments):
    raise KeyboardInterrupt


def refusing(name, *, to):
    """What a user without rights meets at the file of this name; root may do everything."""
    does = getattr(*to)

    def asked(path, *given, **named):
        if os.path.basename(path) == name:
            raise PermissionError(13, "Permission denied", str(path))
        return does(path, *given, **named)

    return mock.patch.object(*to, new=asked)


def test_a_file_that_may_not_be_read_is_told_and_those_beside_it_come_in(lay, cast, tmp_path):
    lay("一.csv", "工单编号,内容\nQ-1,路灯坏了\n".encode())
    lay("二.csv", "工单编号,内容\nQ-2,路灯坏了\n".encode())
    with refusing("一.csv", to=(Path, "open")):
        assert watching.look() == 1
    assert (tmp_path / "一.csv").exists()
    assert [one.number for one in Order.objects.all()] == ["Q-2"]
    (row,) = jobs.stuck(cast.system_administrator.viewer)
    assert row.subject == "一.csv" and "没有读这个文件的权限" in row.words
    assert jobs.undone_count(Viewer.system("doctor")) == 1
    assert watching.look() == 1
    assert jobs.stuck(cast.system_administrator.viewer) == []


def test_a_file_that_may_not_be_moved_is_read_once_and_told(lay, cast):
    lay("一.csv", "工单编号,内容\nQ-1,路灯坏了\n".encode())
    with refusing("一.csv", to=(os, "replace")):
        watching.look()
        watching.look()
    (row,) = jobs.stuck(cast.system_administrator.viewer)
    assert "没有权限把它挪到" in row.words
    assert Order.objects.count() == 1

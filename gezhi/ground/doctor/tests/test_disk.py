"""Disks: full, nearly full, read-only, not ours; each with its own remedy."""

import errno
import os
import shutil
import tempfile
from collections import namedtuple
from unittest import mock

import pytest

from gezhi.ground.doctor.checks import disk
from gezhi.ground.doctor.rules import Level

Usage = namedtuple("Usage", "total used free")
GIGABYTE = 1_000_000_000


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.GEZHI_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def found(check=disk.look):
    return {one.code: one for one in check()}


def free(size, total=500 * GIGABYTE):
    return mock.patch.object(shutil, "disk_usage", return_value=Usage(total, total - size, size))


def test_room_enough_is_well_and_leaves_nothing_behind(tmp_path):
    with free(100 * GIGABYTE):
        assert set(found()) == {"disk.room"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("size", "total", "code", "level"),
    [
        (100_000_000, 500 * GIGABYTE, "disk.nearly_full", Level.BAD),
        (900_000_000, 5 * GIGABYTE, "disk.low", Level.WATCH),
        (20 * GIGABYTE, 500 * GIGABYTE, "disk.low", Level.WATCH),
    ],
)
def test_little_room_is_told_with_the_way_to_see_what_takes_it(size, total, code, level):
    with free(size, total):
        one = found()[code]
    assert one.level is level
    assert one.command.startswith("du -xh")


def test_a_database_that_could_not_be_copied_once_more_is_told():
    with free(30 * GIGABYTE, 100 * GIGABYTE):
        assert "disk.low" not in found()
        with mock.patch.object(disk, "database_bytes", return_value=20 * GIGABYTE):
            assert "disk.low" in found()


@pytest.mark.parametrize(
    ("number", "code", "remedy"),
    [
        (errno.ENOSPC, "disk.full", "du -xh"),
        (errno.EROFS, "disk.read_only", "mount -o remount,rw"),
        (errno.EACCES, "disk.unwritable", "chown"),
    ],
)
def test_a_folder_that_takes_no_file_is_told_by_its_reason(number, code, remedy):
    fault = OSError(number, os.strerror(number))
    with mock.patch.object(tempfile, "mkstemp", side_effect=fault):
        one = found()[code]
    assert one.level is Level.BAD
    assert remedy in one.command


def test_a_disk_that_fills_while_it_is_tried_is_full_and_the_file_is_gone(tmp_path):
    fault = OSError(errno.ENOSPC, "full")
    with mock.patch.object(os, "fsync", side_effect=fault):
        assert "disk.full" in found()
    assert list(tmp_path.iterdir()) == []

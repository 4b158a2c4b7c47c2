"""Ports, fonts, memory, permissions, static files, messages: what belongs to the machine."""

import json
import os
import socket
from unittest import mock

import pytest
from django.db import connection

from gezhi.ground.doctor.checks import fonts, memory, notices, permissions, ports, static_files
from gezhi.ground.doctor.rules import Level
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.at_work import Serving
from gezhi.kernel import fonts as kernel_fonts


def codes(look):
    return {one.code: one for one in look()}


@pytest.fixture
def home(settings, tmp_path):
    settings.GEZHI_HOME = tmp_path / "home"
    settings.GEZHI_KEYS = tmp_path / "keys"
    settings.STATIC_ROOT = settings.GEZHI_HOME / "static"
    settings.GEZHI_HOME.mkdir(mode=0o700)
    return settings.GEZHI_HOME


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_home_that_was_never_served_says_how_to_begin(home):
    assert codes(ports.look)["ports.stopped"].command == "systemctl start gezhi"


def test_our_own_port_that_answers_is_well(home, listener):
    at_work.note(home, Serving("127.0.0.1", listener))
    with at_work.together(home):
        assert set(codes(ports.look)) == {"ports.answers"}


def test_a_port_that_somebody_else_took_is_told_with_how_to_see_who(home, listener):
    at_work.note(home, Serving("0.0.0.0", listener))
    one = codes(ports.look)["ports.taken"]
    assert one.level is Level.BAD and str(listener) in one.command


def test_a_service_that_runs_and_does_not_answer_is_told(home, listener):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    at_work.note(home, Serving("127.0.0.1", port))
    assert "ports.stopped" in codes(ports.look)
    with at_work.together(home):
        assert "ports.silent" in codes(ports.look)


@pytest.mark.parametrize(
    ("families", "code"),
    [
        ((), "fonts.none"),
        (("DejaVu Sans",), "fonts.none"),
        (("Noto Serif CJK SC",), "fonts.instead"),
        (("方正小标宋简体", "FangSong", "SimHei", "KaiTi"), "fonts.chinese"),
    ],
)
def test_chinese_type_is_asked_for_as_printing_asks(home, families, code):
    with mock.patch.object(kernel_fonts, "_families", return_value=frozenset(families)):
        found = codes(fonts.look)
    assert set(found) == {code}
    assert code != "fonts.none" or "fonts-noto-cjk" in found[code].command


@pytest.mark.parametrize(
    ("kilobytes", "level"), [(4_000_000, Level.WELL), (200_000, Level.WATCH), (50_000, Level.BAD)]
)
def test_memory_is_told_by_what_is_available(tmp_path, monkeypatch, kilobytes, level):
    state = tmp_path / "meminfo"
    state.write_text(f"MemTotal: 8000000 kB\nMemFree: 1 kB\nMemAvailable: {kilobytes} kB\n")
    monkeypatch.setattr(memory, "_STATE", state)
    assert next(iter(memory.look())).level is level


def test_a_system_that_tells_nothing_of_memory_is_no_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "_STATE", tmp_path / "none")
    assert set(codes(memory.look)) == {"memory.unknown"}


def test_what_others_may_open_is_told_and_prepare_closes_it(home, monkeypatch):
    # That of the tests is as open as whoever runs them leaves files.
    monkeypatch.setitem(connection.settings_dict, "NAME", str(home / "gezhi.sqlite3"))
    assert set(codes(permissions.look)) == {"permissions.right"}
    (home / "gezhi.sqlite3").touch(mode=0o600)
    (home / "gezhi.sqlite3").chmod(0o644)
    one = codes(permissions.look)["permissions.open"]
    assert "gezhi.sqlite3" in one.what and one.command == "gezhi prepare"


def test_what_we_may_not_open_ourselves_is_told_with_whose_it_should_be(home):
    (home / "secret").touch(mode=0o600)
    with mock.patch.object(os, "access", side_effect=lambda path, _: path == home):
        assert "chown" in codes(permissions.look)["permissions.foreign"].command


def test_static_files_are_missing_short_or_of_another_program(home):
    folder = home / "static"
    assert "static.missing" in codes(static_files.look)
    folder.mkdir()
    (folder / "staticfiles.json").write_text(json.dumps({"paths": {"a.css": "a.1.css"}}))
    one = codes(static_files.look)["static.missing"]
    assert "a.1.css" in one.what and ".collected" in one.command
    (folder / "a.1.css").touch()
    assert set(codes(static_files.look)) == {"static.old"}
    (folder / static_files.MARK).write_text(static_files.state())
    assert set(codes(static_files.look)) == {"static.right"}


@pytest.mark.parametrize(
    ("name", "production", "code"),
    [
        ("console", False, "notices.way"),
        ("console", True, "notices.console"),
        ("", True, "notices.none"),
        ("no such way", True, "notices.unknown"),
    ],
)
def test_whether_messages_have_a_way_out(settings, name, production, code):
    settings.GEZHI_NOTICE_PROVIDER, settings.PRODUCTION = name, production
    assert set(codes(notices.look)) == {code}

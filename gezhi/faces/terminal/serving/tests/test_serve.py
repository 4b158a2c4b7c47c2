"""`gezhi serve`: one command, one address, everything runs, everything ends."""

import errno
import http.client
import resource
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor

from gezhi.faces.terminal.serving import programs, readiness
from gezhi.faces.terminal.serving.tests.homes import prepared
from gezhi.ground.audit import triggers

TOO_LARGE = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000000\r\n\r\n"
TWO_HOSTS = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"


def first_line(port, request):
    """What a bare connection is answered, although it sends no body."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(1000).partition(b"\r\n")[0]


def status_of(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_it_serves_works_beats_and_stops(environment, free_port, tmp_path):
    number = prepared(environment)
    command = [sys.executable, "-m", "gezhi.config.entry", "serve", "--port", str(free_port)]
    command += ["--workers", "1", "--job-workers", "1"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as serving:
        try:
            assert serving.stdout is not None
            assert f"http://127.0.0.1:{free_port}/" in serving.stdout.readline()
            assert status_of(free_port, "/files/forged") == 404
            assert first_line(free_port, TOO_LARGE) == b"HTTP/1.1 413 Payload Too Large"
            assert first_line(free_port, TWO_HOSTS) == b"HTTP/1.1 400 Bad Request"
            wait_for_done(tmp_path / "test.sqlite3", number)
        finally:
            serving.terminate()
            _, errors = serving.communicate(timeout=60)
    assert serving.returncode == 0, errors
    assert "Traceback" not in errors
    left = {lock.name for lock in (tmp_path / "run").glob("*.lock")}
    assert left <= {"at-work.lock"}, "the worker left in good order"
    assert programs.is_free("127.0.0.1", free_port)


def wait_for_done(database, number):
    end = time.monotonic() + 60
    seen = None
    with closing(sqlite3.connect(database)) as connection:
        while seen != [("beat",), ("done",), ("worker",)]:
            assert time.monotonic() < end, seen
            time.sleep(0.1)
            seen = connection.execute(
                "SELECT state FROM jobs_task WHERE id = ? UNION SELECT kind FROM jobs_pulse",
                [number],
            ).fetchall()


def test_an_empty_database_is_not_served(monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "__init__", lambda self, connection: None)
    monkeypatch.setattr(MigrationExecutor, "loader", mock.Mock(), raising=False)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["0001"])
    with pytest.raises(CommandError, match="gezhi prepare"):
        call_command("serve")


@pytest.fixture
def nothing_starts(monkeypatch):
    """The command as far as its ports; what it would start is collected."""
    started = []
    commands = "gezhi.faces.terminal.management.commands.serve"
    monkeypatch.setattr(f"{commands}.faults", list)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr(f"{commands}.Supervisor", mock.Mock())

    def web(host, port, *rest):
        started.append(port)
        return mock.Mock()

    monkeypatch.setattr(f"{commands}.programs.web", web)
    return started


@pytest.mark.parametrize(("by_make", "way"), [(False, "--port"), (True, "PORT=%d make run")])
def test_a_taken_port_is_told_before_anything_starts(nothing_starts, monkeypatch, by_make, way):
    if by_make:
        monkeypatch.setenv("MAKELEVEL", "1")
    else:
        monkeypatch.delenv("MAKELEVEL", raising=False)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("serve", port=port)
    assert (way % (port + 1) if by_make else way) in str(refused.value)
    assert nothing_starts == []


def test_where_nobody_chose_a_port_the_next_one_serves(nothing_starts, monkeypatch, capsys):
    refusals = {8000: errno.EADDRINUSE, 8001: 0}
    monkeypatch.setattr(programs, "refusal_to_listen", lambda host, port: refusals[port])
    call_command("serve")
    assert nothing_starts == [8001]
    assert "8000 已被占用，改用 8001" in capsys.readouterr().out


def test_two_taken_ports_are_told(nothing_starts, monkeypatch):
    monkeypatch.setattr(programs, "refusal_to_listen", lambda host, port: errno.EADDRINUSE)
    with pytest.raises(CommandError, match="8000 已被占用"):
        call_command("serve")


def _command(environment, command):
    """What `gezhi …` answered, as an operator starts it."""
    return subprocess.run(
        [sys.executable, "-m", "gezhi.config.entry", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    [["audit", "verify"], ["pack", "list"], ["demo"], ["worker"], ["beat"], ["serve"]],
    ids=lambda command: command[0],
)
def test_a_command_on_an_empty_home_says_what_comes_first(environment, command):
    found = _command(environment, command)
    assert found.returncode == 1
    assert "先运行 gezhi prepare" in found.stderr and "Traceback" not in found.stderr


@pytest.mark.parametrize("command", [["prepare"], ["serve"], ["audit", "verify"]])
def test_a_file_that_is_no_database_is_called_damaged_and_not_unprepared(environment, command):
    home = Path(environment["GEZHI_HOME"])
    home.mkdir(exist_ok=True)
    (home / "gezhi.sqlite3").write_bytes(b"no database at all" * 500)
    # Settings of tests keep their database elsewhere.
    environment.pop("DJANGO_SETTINGS_MODULE")
    found = _command(environment, command)
    assert found.returncode != 0
    assert "数据库文件坏了" in found.stderr and "先运行 gezhi prepare" not in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("wrong", [{"workers": 0}, {"job_workers": -1}])
def test_numbers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(CommandError):
        call_command("serve", **wrong)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told(monkeypatch):
    def away(self, connection):
        raise OperationalError

    monkeypatch.setattr(MigrationExecutor, "__init__", away)
    with pytest.raises(CommandError, match="GEZHI_DATABASE"):
        call_command("serve")


@pytest.mark.django_db
def test_a_ready_installation_has_no_faults():
    assert readiness.faults() == []


@pytest.mark.django_db
def test_a_missing_trigger_stands_in_the_way(monkeypatch):
    monkeypatch.setattr(triggers, "missing", lambda: ("audit_entry_no_update",))
    assert "audit_entry_no_update" in readiness.faults()[0]


@pytest.mark.django_db
def test_production_is_not_served_with_the_settings_of_a_demo(settings):
    settings.PRODUCTION = True
    found = "\n".join(readiness.faults())
    for wrong in ("gezhi.E001", "gezhi.E008"):
        assert wrong in found


@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("192.0.2.7", False), ("::", False)],
)
def test_a_port_open_to_others_is_known_as_such(host, near):
    assert programs.is_near(host) is near


def test_as_many_connections_may_be_open_as_the_system_allows():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        programs.may_open(before[0] + 1 if before[0] < before[1] else before[0])
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= before[0]
        programs.may_open(10)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= before[0], "never fewer than now"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

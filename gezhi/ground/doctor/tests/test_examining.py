"""The examination as a whole: who may ask, that it survives, what several findings come to."""

from unittest import mock

import pytest
from django.db import connection

from gezhi.ground.audit import verification
from gezhi.ground.backups import restoring
from gezhi.ground.doctor import queries
from gezhi.ground.doctor.checks import disk, memory
from gezhi.ground.doctor.rules import EXIT_CODES, Level, bad, watch, well, worst, worst_first
from gezhi.kernel.errors import Unseen
from gezhi.kernel.secrets import KeyMissing
from gezhi.kernel.viewer import Viewer

MACHINE = Viewer.system("doctor")
WELL, WATCH = well("a.well", "好着"), watch("b.low", "少了", "因为", "这样办")
BAD = bad("c.gone", "没了", "因为", "这样办")


def test_only_the_system_administrator_and_the_machine_may_ask(cast):
    assert queries.examine(cast.system_administrator.viewer).looked
    for person in (cast.security_administrator, cast.audit_administrator, cast.supervisor):
        with pytest.raises(Unseen):
            queries.examine(person.viewer)


def test_every_check_finds_something_and_its_code_begins_with_its_name(cast):
    found = queries.examine(MACHINE)
    for one in found.looked:
        assert one.findings, one.name
        assert {finding.check for finding in one.findings} == {one.name}


def test_what_is_not_well_says_why_and_what_to_do(cast):
    for finding in queries.examine(MACHINE).findings:
        assert finding.level is Level.WELL or (finding.why and finding.remedy), finding


def test_a_check_that_breaks_is_a_finding_with_its_place_and_without_its_words(cast):
    with mock.patch.object(memory, "available_megabytes", side_effect=RuntimeError("王小明")):
        found = [one for one in queries.examine(MACHINE).findings if one.check == "memory"]
    assert [one.code for one in found] == ["memory.failed"]
    assert "RuntimeError at gezhi.ground.doctor.checks.memory" in found[0].what
    assert "王小明" not in found[0].what


def test_without_a_database_it_is_named_and_the_rest_is_still_looked_at(cast, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the file of SQLite")
    with mock.patch.dict(connection.settings_dict, NAME=str(tmp_path / "gone.sqlite3")):
        found = queries.examine(MACHINE)
    codes = {one.code for one in found.findings}
    assert {"database.gone", "unseen.database"} <= codes
    assert any(one.check == "disk" for one in found.findings)
    assert not any(code.endswith(".failed") for code in codes)
    assert not (tmp_path / "gone.sqlite3").exists()


def test_what_needs_a_key_that_is_gone_says_so_and_leads_to_the_keys(cast):
    with mock.patch.object(verification, "lately", side_effect=KeyMissing("audit")):
        found = [one for one in queries.examine(MACHINE).findings if one.check == "chain"]
    assert [one.code for one in found] == ["chain.no_key"]


def test_looking_writes_nothing(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as asked:
        queries.examine(MACHINE)
    changing = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP")
    assert not [one for one in asked.captured_queries if one["sql"].startswith(changing)]


def test_the_worst_decides_and_stands_first():
    assert worst([]) is Level.WELL
    assert worst([WELL, WATCH]) is Level.WATCH
    assert worst([WATCH, BAD, WELL]) is Level.BAD
    assert worst_first([WELL, WATCH, BAD]) == [BAD, WATCH, WELL]
    assert [EXIT_CODES[level] for level in Level] == [0, 1, 2]


def test_sizes_are_said_as_people_say_them():
    assert disk._spoken(250_000_000) == "250 MB"
    assert disk._spoken(79_000_000_000) == "79.0 GB"


def test_while_a_restore_is_half_done_nothing_else_is_named_as_its_remedy(cast, settings, tmp_path):
    settings.GEZHI_HOME, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    assert "gezhi prepare" in {one.command for one in queries.examine(MACHINE).findings}
    (tmp_path / restoring.MARK).write_text("{}")
    found = queries.examine(MACHINE).findings
    assert not any("gezhi prepare" in one.remedy + one.command for one in found)
    (static,) = [one for one in found if one.code == "static.missing"]
    assert "把恢复做完" in static.remedy and static.command == "gezhi restore"

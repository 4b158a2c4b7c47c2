"""/desk/tasks/: what did not get done, for the system administrator."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.faces.desk.jobs.task_words import KINDS
from gezhi.faces.shell.marks import people_time
from gezhi.ground.audit.wording import known
from gezhi.ground.jobs import leases
from gezhi.ground.jobs.models import Task, TaskState
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict

NUMBER = "510104202611210000123"
PACKAGE = Path(__file__).resolve().parents[4]


@pytest.fixture
def failed(cast):
    """A task that gave up."""
    return Task.objects.create(
        path="gezhi.work.cases.tasks.announce",
        arguments={"step_id": 1},
        state=TaskState.FAILED,
        run_after=clock.now(),
        enqueued_at=clock.now(),
        finished_at=clock.now(),
        attempts=5,
        error="django.db.utils.OperationalError at gezhi.work.cases.announcing:32",
    )


def test_it_says_what_failed_where_and_how_often(cast, failed, desk_of):
    page = text_of(desk_of(cast.system_administrator).get("tasks/"))
    assert "把办理的一步告诉有关的人" in page
    assert "gezhi.work.cases.tasks.announce" in page
    assert "程序出了没料到的错" in page
    assert "OperationalError" in page
    assert "5 次" in page


def test_nothing_failed_says_so_and_a_dead_worker_is_seen(cast, desk_of):
    page = text_of(desk_of(cast.system_administrator).get("tasks/"))
    assert "没有停下的任务" in page
    assert "没有一个后台进程在工作" in page


def test_a_failed_task_is_tried_again(cast, failed, desk_of):
    response = desk_of(cast.system_administrator).post(f"tasks/{failed.pk}/retry/")
    assert response.status_code == 303
    failed.refresh_from_db()
    assert failed.state == TaskState.WAITING


def test_or_given_up(cast, failed, desk_of):
    desk_of(cast.system_administrator).post(f"tasks/{failed.pk}/abandon/")
    failed.refresh_from_db()
    assert failed.state == TaskState.ABANDONED


def test_a_second_press_says_that_it_was_done(cast, failed, desk_of):
    desk = desk_of(cast.system_administrator)
    desk.post(f"tasks/{failed.pk}/retry/")
    desk.post(f"tasks/{failed.pk}/retry/")
    assert "没有失败，不用处理" in text_of(desk.get("tasks/"))


def test_nobody_else_has_this_page(cast, failed, desk_of):
    for name, person in cast.staff():
        if name == "system_administrator":
            continue
        desk = desk_of(person)
        assert desk.get("tasks/").status_code == 404, name
        assert desk.post(f"tasks/{failed.pk}/retry/").status_code == 404, name
    failed.refresh_from_db()
    assert failed.state == TaskState.FAILED


def test_a_get_changes_nothing(cast, failed, desk_of):
    answer = desk_of(cast.system_administrator).get(f"tasks/{failed.pk}/retry/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/tasks/")
    failed.refresh_from_db()
    assert failed.state == TaskState.FAILED


@pytest.fixture
def stuck(cast):
    """A closed case that the nightly sweep went past twice."""

    def go():
        with Sweep("archive") as each, each.one("case", NUMBER, cast.street.district.pk):
            raise Conflict("事件现在的状态不允许这样做")

    go()
    go()


def test_what_a_loop_went_past_says_which_case_doing_what_why_and_how_often(cast, stuck, desk_of):
    page = text_of(desk_of(cast.system_administrator).get("tasks/"))
    assert "510104 20261121 0000123" in page
    assert "把办结的事归档" in page
    assert "事件现在的状态不允许这样做" in page
    assert "2 次" in page


def test_a_line_of_the_timetable_is_told_by_what_it_does(cast, desk_of):
    with Sweep("beat") as each, each.one("schedule", "cases.archive"):
        raise Conflict("排不上队")
    page = text_of(desk_of(cast.system_administrator).get("tasks/"))
    assert "把办结的事归档" in page and "cases.archive" not in page


def test_a_fault_of_the_program_is_told_as_one_with_its_place(cast, desk_of):
    with Sweep("lift") as each, each.one("case", NUMBER):
        raise ZeroDivisionError
    page = text_of(desk_of(cast.system_administrator).get("tasks/"))
    assert "程序出了没料到的错" in page
    assert "builtins.ZeroDivisionError at" in page


def test_every_loop_and_kind_has_its_words():
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
    )
    loops = set(re.findall(r'Sweep\("([a-z-]+)"\)', source))
    kinds = set(re.findall(r'\.one\(\s*"([a-z]+)"', source))
    assert loops == set(known().loops)
    assert kinds == set(KINDS)


def test_every_task_has_its_words():
    paths = set()
    for file in PACKAGE.rglob("tasks.py"):
        module = ".".join(("gezhi", *file.relative_to(PACKAGE).with_suffix("").parts))
        source = file.read_text(encoding="utf-8")
        names = re.findall(r"^@task(?:\(.*\))?\n(?:@.*\n)*def (\w+)", source, re.MULTILINE)
        paths |= {f"{module}.{name}" for name in names}
    assert paths == set(known().tasks), "写进那一间的 trail_words.py（tasks）"


def test_the_programs_are_told_by_what_they_do_where_and_since_when(cast, desk_of):
    leases.beat_pulse("beat:town-hall:10149:66f0a1", "beat")
    leases.beat_pulse("town-hall:10150:aa12", "worker")
    begun = clock.now()
    clock.advance(timedelta(minutes=20))
    leases.beat_pulse("town-hall:10150:aa12", "worker")
    page = text_of(desk_of(cast.system_administrator).get("tasks/"))
    assert "定时程序（到点给任务排队）" in page and "办事程序（发通知" in page
    assert page.count("在 town-hall 这台机器上") == 2
    assert page.count(f"{people_time(begun)} 起") == 2
    assert "进程 10149" in page and "66f0a1" not in page and "aa12" not in page
    # The beat has been silent for twenty minutes, the worker has not.
    assert page.count("没有动静") == 1 and page.count("正常") == 1
    assert "活着" not in page


def test_the_administrators_first_page_says_that_there_are_some(cast, failed, stuck, desk_of):
    desk = desk_of(cast.system_administrator)
    page = text_of(desk.get("setup/"))
    assert "后台有 2 件事没有做成" in page
    assert 'href="/desk/tasks/"' in page
    assert "后台有" not in text_of(desk_of(cast.audit_administrator).get("setup/"))

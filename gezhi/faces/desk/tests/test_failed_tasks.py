"""/desk/tasks/: what did not get done, for the system administrator."""

import pytest

from gezhi.faces.desk.tests.conftest import text_of
from gezhi.ground.jobs.models import Task, TaskState
from gezhi.kernel import clock


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
    assert "gezhi.work.cases.tasks.announce" in page
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
    assert desk_of(cast.system_administrator).get(f"tasks/{failed.pk}/retry/").status_code == 405

"""A task row is written with the change that needs it, once for each key."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks import default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from gezhi.ground.jobs import actions
from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.tests import probes
from gezhi.kernel import clock
from gezhi.kernel.errors import KeyReused

pytestmark = pytest.mark.django_db


def test_the_row_holds_what_was_asked():
    moment = clock.now() + timedelta(hours=1)
    row = actions.enqueue(probes.note, number=7, run_after=moment, priority=5, owner_role="leader")
    row.refresh_from_db()
    assert (row.arguments, row.state, row.priority) == ({"number": 7}, "waiting", 5)
    assert (row.run_after, row.owner_role) == (moment, "leader")


def test_the_same_key_answers_with_the_same_row():
    first = actions.enqueue(probes.note, key="note@1", number=1)
    second = actions.enqueue(probes.note, key="note@1", number=1)
    assert first.pk == second.pk
    assert Task.objects.count() == 1


@pytest.mark.parametrize(("task", "arguments"), [("note", {"number": 2}), ("fail", {"number": 1})])
def test_a_key_with_other_content_is_refused(task, arguments):
    actions.enqueue(probes.note, key="note@1", number=1)
    with pytest.raises(KeyReused):
        actions.enqueue(getattr(probes, task), key="note@1", **arguments)


def test_the_row_goes_when_the_callers_transaction_goes():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.enqueue(probes.note, key="note@1", number=1)
        probes.note.enqueue(number=2)
        raise ZeroDivisionError
    assert not Task.objects.exists()


@pytest.mark.parametrize("mark", ["王小明", "two words", "x" * 121, {"a": 1}, 1.5])
def test_an_argument_that_is_more_than_a_code_is_refused(mark):
    with pytest.raises(TypeError):
        actions.enqueue(probes.note_and_mark, number=1, mark=mark)


def test_arguments_that_do_not_fit_the_task_are_refused_at_once():
    with pytest.raises(TypeError):
        actions.enqueue(probes.note, other=1)
    with pytest.raises(TypeError):
        default_task_backend.enqueue(probes.note, (), {})


def test_a_task_enqueued_the_plain_way_can_be_asked_about():
    moment = clock.now() + timedelta(hours=1)
    result = probes.note.using(run_after=moment, priority=3).enqueue(number=9)
    row = Task.objects.get(pk=int(result.id))
    assert (row.run_after, row.priority, row.arguments) == (moment, 3, {"number": 9})
    assert probes.note.get_result(result.id).status == "READY"
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("12")


def test_enqueueing_with_a_key_asks_nothing_before_it_writes(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.enqueue(probes.note, key="note@1", number=1)
    with django_assert_num_queries(1):
        actions.enqueue(probes.note, number=1)

"""New rows go in as `save` would put them, and those of a block together or not at all."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gezhi.ground.audit.models import Head
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock, rows

pytestmark = pytest.mark.django_db


def _head(subject_id: int) -> Head:
    return Head(subject_kind="thing", subject_id=subject_id, length=1, digest="d")


def _task(key: str) -> Task:
    now = clock.now()
    return Task(
        key=key,
        path="a.b%s",
        arguments={"words": "'; -- %s", "list": [1, None]},
        run_after=now + timedelta(minutes=1),
        enqueued_at=now,
    )


def test_a_row_comes_back_as_it_was_written() -> None:
    task = _task("one")
    rows.insert(task)
    kept = Task.objects.get(key="one")
    assert (kept.path, kept.arguments, kept.run_after) == ("a.b%s", task.arguments, task.run_after)
    assert kept.started_at is None


def test_a_written_row_can_be_saved_again_as_a_change() -> None:
    task = _task("one")
    rows.insert(task)
    task.worker = "w"
    task.save()
    assert Task.objects.get(key="one").worker == "w"


def test_a_row_whose_key_stands_is_not_written_and_spoils_no_transaction() -> None:
    first, second = _task("one"), _task("one")
    assert rows.insert_new(first)
    with transaction.atomic():
        assert not rows.insert_new(second)
        assert rows.insert_new(_task("two"))
    assert Task.objects.get(key="one") == first
    assert Task.objects.count() == 2


def test_a_row_that_breaks_a_rule_of_its_table_is_an_error_and_not_passed_over() -> None:
    wrong = _task("one")
    wrong.state = "unheard of"
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert_new(wrong)


def test_rows_of_a_block_are_not_there_before_its_end() -> None:
    with transaction.atomic(), rows.together():
        rows.insert(_task("one"))
        rows.insert(_head(7))
        assert not Task.objects.filter(key="one").exists()
    assert Task.objects.filter(key="one").exists()
    assert Head.objects.filter(subject_id=7).exists()


def test_a_block_in_a_block_is_part_of_it() -> None:
    with transaction.atomic(), rows.together():
        with rows.together():
            rows.insert(_head(7))
        assert not Head.objects.filter(subject_id=7).exists()
    assert Head.objects.filter(subject_id=7).exists()


def test_an_error_in_the_block_writes_none_and_leaves_the_thread_clean() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), rows.together():
        rows.insert(_head(7))
        _ = 1 / 0
    rows.insert(_head(8))
    assert list(Head.objects.values_list("subject_id", flat=True)) == [8]


def test_one_row_that_is_refused_takes_the_others_with_it() -> None:
    rows.insert(_head(7))
    with pytest.raises(IntegrityError), transaction.atomic(), rows.together():
        rows.insert(_head(8))
        rows.insert(_head(7))
    assert list(Head.objects.values_list("subject_id", flat=True)) == [7]


@pytest.mark.django_db(transaction=True)
def test_rows_together_need_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError), rows.together():
        pass


def test_a_model_whose_ids_the_database_makes_is_refused() -> None:
    from django.contrib.contenttypes.models import ContentType

    with pytest.raises(TypeError):
        rows.insert(ContentType(app_label="a", model="b"))


def test_a_changed_row_is_written_whole_or_in_the_fields_named() -> None:
    task = _task("one")
    rows.insert(task)
    task.path, task.arguments = "c.d", {"other": "'; --"}
    rows.change(task, ["path"])
    assert Task.objects.get(key="one").arguments == _task("one").arguments
    rows.change(task)
    kept = Task.objects.get(key="one")
    assert (kept.path, kept.arguments) == ("c.d", task.arguments)


def test_a_row_that_is_gone_or_a_field_nobody_has_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.change(_task("never written"))
    task = _task("one")
    rows.insert(task)
    with pytest.raises(ValueError, match="no such fields"):
        rows.change(task, ["path", "colour"])


def test_many_rows_are_written_and_changed_each_with_its_own_values() -> None:
    tasks = [_task(f"task {number}") for number in range(30)]
    rows.insert_each(tasks)
    rows.insert_each([])
    for number, task in enumerate(tasks):
        task.worker, task.path = f"worker {number}", "not written"
    rows.change_each(tasks, ["worker"])
    rows.change_each([])

    kept = Task.objects.in_bulk([task.pk for task in tasks])
    assert [kept[task.pk].worker for task in tasks] == [task.worker for task in tasks]
    assert {row.path for row in kept.values()} == {"a.b%s"}


def test_of_many_rows_one_that_is_gone_is_an_error() -> None:
    task = _task("one")
    rows.insert(task)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.change_each([task, _task("never written")], ["worker"])

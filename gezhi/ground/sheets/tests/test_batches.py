"""A batch from the sheet to the undo, for a room that says only its columns and how to store a row."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Entry
from gezhi.ground.jobs.models import Task, TaskState
from gezhi.ground.jobs.worker import Worker
from gezhi.ground.sheets import actions, keeping, queries, storing
from gezhi.ground.sheets.matching import Field
from gezhi.ground.sheets.models import SheetBatch, SheetRow
from gezhi.ground.sheets.tests.shifts import FORBIDDEN, SHIFTS, a_sheet, declared_shifts, stored
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen

MANY = [f"班{number}" for number in range(260)]


@pytest.fixture(autouse=True)
def shifts():
    with declared_shifts():
        yield


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


def looked_at(by, *names, **how):
    return actions.look_at(sheet=SHIFTS, content=a_sheet(*names, **how), by=by)


def begun(by, *names):
    batch = looked_at(by, *names)
    actions.begin(batch_id=batch.pk, version=0, by=by)
    return SheetBatch.objects.get(pk=batch.pk)


def test_looking_stores_nothing_and_keeps_the_sheet_sealed(admin):
    batch = looked_at(admin, "班一", "班二")
    seen = queries.look(batch, admin)
    assert [(line.line.number, line.line.cells["name"]) for line in seen.lines] == [
        (2, "班一"), (3, "班二"),
    ]  # fmt: skip
    assert not stored()
    with connection.cursor() as cursor:
        cursor.execute("SELECT read FROM sheets_sheetbatch")
        assert "班一" not in cursor.fetchone()[0]


def test_a_small_sheet_is_stored_at_once_and_a_refused_row_keeps_no_other(admin):
    batch = begun(admin, "班一", FORBIDDEN, "班一", "长" * 21, "班二")
    assert stored() == {"班一", "班二"}
    assert batch.state == "done"
    assert batch.read == ""
    progress = queries.progress(batch)
    assert (progress.stored, progress.refused, progress.total) == (2, 3, 5)
    told = {row.number: row.problems for row in queries.refused(batch)}
    assert told[3] == {"name": "休息不是班次"}
    assert "冲突" in told[4][""]
    assert "最多 20 个字，现在 21 个" in told[5]["name"]
    entry = Entry.objects.get(verb="sheets.begin")
    assert (entry.subject_id, entry.detail) == (batch.pk, {"sheet": "shifts", "rows": 4})


def test_of_a_stored_row_only_what_it_is_known_by_is_kept_and_sealed(admin):
    batch = looked_at(admin, "班一", FORBIDDEN)
    with declared_shifts(
        replace(SHIFTS, fields=(SHIFTS.fields[0], Field("x", "别的"), SHIFTS.fields[1]))
    ):
        actions.begin(batch_id=batch.pk, version=0, by=admin)
    stored_row, refused_row = batch.rows.order_by("number")
    assert keeping.content_of(stored_row) == ({"name": "班一", "x": ""}, {})
    assert keeping.content_of(refused_row)[0] == {"name": FORBIDDEN, "phone": "13800138000"}
    assert "休息" not in refused_row.content


def test_begun_twice_it_is_begun_once(admin):
    batch = begun(admin, "班一")
    actions.begin(batch_id=batch.pk, version=0, by=admin)
    assert Entry.objects.filter(verb="sheets.begin").count() == 1
    assert len(stored()) == 1


def test_columns_chosen_anew_are_looked_at_anew_before_anything_goes_in(admin):
    batch = looked_at(admin, "班一", heading="何班")
    assert [one.name for one in queries.look(batch, admin).missing] == ["name"]
    with pytest.raises(Invalid):
        actions.begin(batch_id=batch.pk, version=0, by=admin)
    actions.match(batch_id=batch.pk, chosen={0: "name"}, by=admin)
    with pytest.raises(Conflict):
        actions.begin(batch_id=batch.pk, version=0, by=admin)
    actions.begin(batch_id=batch.pk, version=1, by=admin)
    assert stored() == {"班一"}
    with pytest.raises(Conflict):
        actions.match(batch_id=batch.pk, chosen={0: "name"}, by=admin)


def test_a_large_sheet_is_stored_by_a_task_with_its_progress(admin):
    batch = begun(admin, *MANY)
    assert (batch.state, stored()) == ("storing", set())
    storing.store_rows(batch.pk, 50)
    assert queries.progress(batch).waiting == 210
    Worker().run_all()
    batch.refresh_from_db()
    assert batch.state == "done"
    assert stored() == set(MANY)


def test_what_broke_off_goes_on_where_it_stopped_and_stores_nothing_twice(admin, monkeypatch):
    batch = begun(admin, *MANY)
    whole = storing._store_row
    left = iter(range(70))

    def until_it_is_killed(*row):
        if next(left, None) is None:
            raise SystemExit
        whole(*row)

    monkeypatch.setattr(storing, "_store_row", until_it_is_killed)
    with pytest.raises(SystemExit):
        storing.store_rows(batch.pk, 500)
    assert len(stored()) == 70
    monkeypatch.setattr(storing, "_store_row", whole)
    Worker().run_all()
    assert stored() == set(MANY)
    assert Entry.objects.filter(verb="shifts.add").count() == len(MANY)


def test_a_batch_that_stands_still_is_asked_for_once_more(admin):
    batch = begun(admin, *MANY)
    Task.objects.update(state=TaskState.ABANDONED)
    with pytest.raises(Conflict):
        actions.go_on(batch_id=batch.pk, by=admin)
    clock.advance(timedelta(minutes=2))
    actions.go_on(batch_id=batch.pk, by=admin)
    Worker().run_all()
    assert stored() == set(MANY)


def test_undoing_takes_back_what_was_made_and_nothing_changed_since(admin, cast):
    batch = begun(admin, "班一", "班二", "班三", FORBIDDEN)
    (touched,) = batch.rows.get(number=3).made
    audit.record(by=admin, verb="shifts.change", subject_kind="shift", subject_id=touched[1])
    actions.undo(batch_id=batch.pk, by=admin)
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert stored() == {"班二"}
    (kept,) = queries.kept(batch)
    assert kept.cells["name"] == "班二"
    assert (kept.number, kept.problems) == (3, {"": "导入以后有人改过或用过"})
    assert (queries.progress(batch).taken_back, queries.progress(batch).kept) == (2, 1)
    assert Entry.objects.get(verb="sheets.undo").detail == {"sheet": "shifts", "rows": 3}
    with pytest.raises(Conflict):
        actions.undo(batch_id=batch.pk, by=admin)


def test_a_large_batch_is_undone_by_a_task(admin):
    batch = begun(admin, *MANY)
    Worker().run_all()
    actions.undo(batch_id=batch.pk, by=admin)
    assert len(stored()) == len(MANY)
    Worker().run_all()
    assert not stored()
    batch.refresh_from_db()
    assert batch.state == "undone"


def test_what_did_not_go_in_comes_back_as_a_workbook_with_reasons(admin):
    batch = looked_at(admin, "班一", "长" * 21)
    for _moment in ("before", "after"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(queries.bad_rows(batch, admin)))
        rows = book.get_sheet_by_index(0).to_python()
        assert [str(cell) for cell in rows[1]][:2] == ["长" * 21, "13800138000"]
        assert "班次：太长" in str(rows[1][-1])
        actions.begin(batch_id=batch.pk, version=0, by=admin)
        batch.refresh_from_db()


def test_nobody_without_the_right_and_nobody_of_another_district_has_a_batch(admin, cast):
    batch = looked_at(admin, "班一")
    with pytest.raises(NotPermitted):
        looked_at(cast.acceptor.viewer, "班一")
    for deed in (
        lambda: queries.batch(cast.acceptor.viewer, batch.pk),
        lambda: actions.begin(batch_id=batch.pk, version=0, by=cast.acceptor.viewer),
        lambda: actions.undo(batch_id=batch.pk, by=cast.acceptor.viewer),
        lambda: queries.batch(admin, 1),
    ):
        with pytest.raises(Unseen):
            deed()
    SheetBatch.objects.update(district_id=999)
    with pytest.raises(Unseen):
        queries.batch(admin, batch.pk)


def test_who_lost_the_right_meanwhile_stores_nothing(admin, cast):
    batch = begun(admin, *MANY)
    SheetBatch.objects.filter(pk=batch.pk).update(user_id=cast.acceptor.user.pk)
    with pytest.raises(NotPermitted):
        storing.store_rows(batch.pk, 10)
    assert not stored()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (actions.MOST_BYTES + 1), "最多 5 MB"),
        (a_sheet(), "还没有内容"),
        (a_sheet(*["班"] * 601), "一次最多 600 行"),
        (b"no table", "打不开这个文件"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(admin, content, said):
    with pytest.raises(Invalid) as refusal:
        actions.look_at(sheet=SHIFTS, content=content, by=admin)
    assert said in str(refusal.value)
    assert refusal.value.field == "file"
    assert not SheetBatch.objects.exists()


def test_words_are_let_go_of_in_time_and_the_counts_stay(admin):
    looked_at(admin, "班一")
    batch = begun(admin, "班二", FORBIDDEN)
    with clock.moved_to(clock.now() + timedelta(days=2)):
        keeping.forget_old()
    assert [one.pk for one in SheetBatch.objects.all()] == [batch.pk]
    assert SheetRow.objects.count() == 2
    with clock.moved_to(clock.now() + timedelta(days=31)):
        keeping.forget_old()
    assert not SheetRow.objects.exists()
    batch.refresh_from_db()
    assert queries.progress(batch).stored == 1
    assert queries.progress(batch).refused == 1
    assert not queries.may_undo(batch)

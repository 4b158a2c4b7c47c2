"""The look for statements that read a whole table sees them, and lets the others pass; nothing that
runs by itself reads one either."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from gezhi.ground.audit.tasks import seal
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import watching
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.queries.visible import of_number
from gezhi.work.cases.tests.playing import Play
from tests.access.scans import questions, read_whole
from tests.cast import Cast


def _whole(rows: QuerySet[Case] | QuerySet[Step]) -> list[str]:
    with questions() as asked:
        list(rows)
    return [table for one in asked for table in read_whole(one)]


def test_a_column_without_an_index_is_noticed(db: None) -> None:
    assert _whole(Case.objects.filter(public_summary="路灯")) == ["cases_case"]
    assert _whole(Step.objects.filter(reason_code="busy").order_by()) == ["cases_step"]


def test_so_is_an_index_that_is_read_to_its_end(db: None) -> None:
    assert _whole(Case.objects.order_by("-id").filter(public_summary="路灯")) == ["cases_case"]


def test_one_row_and_one_entry_of_an_index_are_not(db: None) -> None:
    assert _whole(Case.objects.filter(pk=1)) == []
    for viewer in (Viewer.system("beat"), Viewer.anonymous(1)):
        assert _whole(of_number(viewer, "519901202611230000001")) == []


def test_nor_is_an_index_of_the_open_ones_alone(db: None) -> None:
    assert _whole(Case.objects.filter(ended_at=None, district_id=1).order_by("due_at")) == []


def test_a_table_of_another_name_in_a_statement_is_known(db: None) -> None:
    sent = Step.objects.filter(reason_code="busy").values("case_id")
    assert _whole(Case.objects.filter(pk__in=sent)) in (["cases_step"], ["cases_case"])


@pytest.mark.parametrize(
    "sweep",
    [
        watching.lift_unstaffed,
        watching.stranded,
        watching.archive_closed,
        watching.recompute_due_times,
        seal.func,
    ],
)
def test_nor_does_what_runs_by_itself_read_a_table_whole(
    cast: Cast, sweep: Callable[[], object]
) -> None:
    for state in ("reported", "accepted", "handling", "closed"):
        Play(cast).until(state)
    with questions() as asked:
        sweep()
    assert [(table, one.sql) for one in asked for table in read_whole(one)] == []

"""The error the office will bear: who sets it, and what advice then says."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.kernel.errors import Invalid, NotPermitted
from gezhi.work.triage import actions
from gezhi.work.triage.queries import tolerances
from gezhi.work.triage.tolerance import error_of
from tests.cast import Cast


def test_three_in_a_hundred_until_somebody_says_otherwise(cast: Cast) -> None:
    assert error_of(cast.street.district.pk, "class") == 0.03
    assert [(one.what, one.error, one.set_at) for one in tolerances(cast.supervisor.viewer)] == [
        ("class", 0.03, None),
        ("kind", 0.03, None),
        ("unit", 0.03, None),
    ]


def test_the_newest_version_counts_and_all_are_kept(cast: Cast) -> None:
    actions.set_tolerance(what="class", error=0.05, by=cast.supervisor.viewer)
    row = actions.set_tolerance(what="class", error=0.02, by=cast.supervisor.viewer)
    assert row.version == 2
    assert error_of(cast.street.district.pk, "class") == 0.02
    assert error_of(cast.street.district.pk, "unit") == 0.03
    entry = Entry.objects.get(subject_kind="tolerance", subject_id=row.pk)
    assert entry.detail == {"what": "class", "error": 0.02, "before": 0.05}


@pytest.mark.parametrize("error", [0.0, 0.0005, 0.51, 1.0, float("nan")])
def test_a_share_out_of_bounds_is_refused(cast: Cast, error: float) -> None:
    with pytest.raises(Invalid):
        actions.set_tolerance(what="class", error=error, by=cast.supervisor.viewer)


def test_a_question_without_a_tolerance_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.set_tolerance(what="same", error=0.05, by=cast.supervisor.viewer)


def test_nobody_but_a_supervisor_sets_it(cast: Cast) -> None:
    for name, person in cast.staff():
        if name != "supervisor":
            with pytest.raises(NotPermitted):
                actions.set_tolerance(what="class", error=0.05, by=person.viewer)

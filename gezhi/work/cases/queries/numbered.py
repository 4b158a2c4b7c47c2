"""Numbers by id and ids by number, for the trail: which case was meant, never what is in it."""

from collections.abc import Iterable
from typing import Any

from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case, Report


def numbers_of_cases(viewer: Viewer, case_ids: Iterable[int]) -> dict[int, str]:
    """Case numbers by id, of the audit administrator's district; nobody else is told any."""
    rows = Case.objects.filter(pk__in=set(case_ids), **_audited(viewer))
    return dict(rows.values_list("id", "number"))


def numbers_of_reports(viewer: Viewer, report_ids: Iterable[int]) -> dict[int, str]:
    """Report numbers by id, likewise."""
    rows = Report.objects.filter(pk__in=set(report_ids), **_audited(viewer))
    return dict(rows.values_list("id", "number"))


def id_of_case(viewer: Viewer, number: str) -> int | None:
    """The id of the case with this number, likewise; None where there is none."""
    rows = Case.objects.filter(number=number, **_audited(viewer))
    return rows.values_list("id", flat=True).first()


def _audited(viewer: Viewer) -> dict[str, Any]:
    if viewer.is_system and viewer.district_id is None:
        return {}
    if viewer.is_system or viewer.may(Right.READ_TRAIL):
        return {"district_id": viewer.district_id or 0}
    return {"district_id": 0}

"""What belongs to one case, each kind by one prepared statement; for whoever was let in to the case."""

from django.db.models import QuerySet

from gezhi.kernel import prepared
from gezhi.work.cases.models import Assignment, Attachment, Report, StageRow, Step, Verification


def files(case_id: int) -> list[tuple[int | None, int | None, int]]:
    """Its files: of which report, of which step, which file."""
    return prepared.ask(_files, case_id)


def reports(case_id: int) -> list[Report]:
    """Its reports with their words and reporters, the first first."""
    return prepared.ask(_reports, case_id)


def steps(case_id: int) -> list[Step]:
    """Its steps with their words, in order."""
    return prepared.ask(_steps, case_id)


def assignments(case_id: int) -> list[Assignment]:
    """To which units it was sent, in order, with the duties it was sent by."""
    return prepared.ask(_assignments, case_id)


def stages(case_id: int) -> list[StageRow]:
    """Its clocks, in order."""
    return prepared.ask(_stages, case_id)


def question(case_id: int) -> Verification | None:
    """What a grid worker was asked last."""
    return next(iter(prepared.ask(_questions, case_id)), None)


def _files(case_id: int) -> QuerySet[Attachment, tuple[int | None, int | None, int]]:
    rows = Attachment.objects.filter(case=case_id)
    return rows.values_list("report_id", "step_id", "file_id")


def _reports(case_id: int) -> QuerySet[Report]:
    return Report.objects.filter(case=case_id).select_related("words", "reporter").order_by("id")


def _steps(case_id: int) -> QuerySet[Step]:
    return Step.objects.filter(case=case_id).select_related("words").order_by("serial")


def _assignments(case_id: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(case=case_id).order_by("sent_at", "id")
    return rows.select_related("unit", "return_unit", "duty", "return_duty")


def _stages(case_id: int) -> QuerySet[StageRow]:
    return StageRow.objects.filter(case=case_id).order_by("began_at", "id")


def _questions(case_id: int) -> QuerySet[Verification]:
    return Verification.objects.filter(case=case_id).order_by("-asked_at")[:1]

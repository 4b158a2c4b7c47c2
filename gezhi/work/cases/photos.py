"""Photos on a case: of a report, or of a step."""

from collections.abc import Mapping, Sequence

from gezhi.ground.audit.seals import Seals
from gezhi.work.cases.models import Attachment, Case, Report, Step


def attach(
    case: Case,
    photos: Mapping[str, Sequence[int]],
    seals: Seals,
    *,
    report: Report | None = None,
    step: Step | None = None,
) -> None:
    """Tie stored files to the case by purpose (report, before, after, check)."""
    for purpose, file_ids in photos.items():
        for file_id in file_ids:
            seals.insert(
                Attachment(
                    district_id=case.district_id,
                    case=case,
                    report=report,
                    step=step,
                    file_id=file_id,
                    purpose=purpose,
                )
            )

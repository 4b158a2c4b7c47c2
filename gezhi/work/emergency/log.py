"""The log that writes itself: a line with whatever it tells of, in one transaction."""

from gezhi.kernel import clock, rows
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case
from gezhi.work.emergency.models import Emergency, LogLine
from gezhi.work.emergency.rules import Line


def write(
    emergency: Emergency,
    code: Line,
    *,
    by: Viewer,
    grid_id: int | None = None,
    case: Case | None = None,
    person_id: int | None = None,
    number: int | None = None,
    words: str = "",
    key: str = "",
    digest: str = "",
) -> None:
    """Write one line, in the caller's transaction; `key` and `digest` of the deed that wrote it."""
    rows.insert(
        LogLine(
            emergency=emergency,
            at=clock.now(),
            code=code,
            user_id=by.user_id,
            grid_id=grid_id,
            case=case,
            person_id=person_id,
            number=number,
            words=words,
            key=key,
            digest=digest,
        )
    )

"""Which rows of a case carry a seal, and how each is found from the case it counts to."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import F, Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.work.cases.invitations import InvitationContact
from gezhi.work.cases.models import (
    Appeal,
    Assignment,
    Attachment,
    CallBack,
    Case,
    CaseWords,
    Exclusion,
    Extension,
    Hang,
    Invitation,
    Opening,
    Report,
    Reporter,
    ReportWords,
    Ruling,
    StageRow,
    StepWords,
    Supervision,
    Verification,
    Whistle,
)

# A report counts to the case it is heard in now: merging moves it, with its words and photos.
TABLES: dict[type[SealedRow], str] = {
    Case: "id",
    CaseWords: "case_id",
    StageRow: "case_id",
    Assignment: "case_id",
    Verification: "case_id",
    Report: "case_id",
    ReportWords: "report__case_id",
    Reporter: "report__case_id",
    StepWords: "step__case_id",
    Attachment: "case_id",
    Opening: "case_id",
    Ruling: "case_id",
    Appeal: "case_id",
    Exclusion: "case_id",
    Supervision: "case_id",
    Hang: "case_id",
    Extension: "case_id",
    Whistle: "case_id",
    CallBack: "case_id",
    Invitation: "case_id",
    InvitationContact: "invitation__case_id",
}

Where = Callable[[str], Q]


def between(after: int, up_to: int) -> Where:
    """Cases with an id greater than one and up to the other."""
    return lambda path: Q(**{f"{path}__gt": after, f"{path}__lte": up_to})


def among(case_ids: Iterable[int]) -> Where:
    """These cases."""
    chosen = list(case_ids)
    return lambda path: Q(**{f"{path}__in": chosen})


def rows_of(where: Where) -> Iterator[tuple[int, SealedRow]]:
    """Every sealed row of these cases with the id of the case it counts to, table by table."""
    for model, path in TABLES.items():
        rows = model._default_manager.filter(where(path)).order_by()
        for row in rows.annotate(of_case=F(path)):
            yield row.of_case, row

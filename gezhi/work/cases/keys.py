"""Whose a deed key of a case is (`work/deeds/keys.py`)."""

from django.db.models import Q, When

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.rules import Deed
from gezhi.work.deeds import keys as deeds

KEY_LENGTH = deeds.KEY_LENGTH
derived = deeds.derived


def key_owner() -> deeds.OwnerColumn:
    """The column of a step that says who brought its key.

    Beside people and tasks whoever holds a receipt or an invitation; a stranger has none yet at a
    report's first step.
    """
    is_guest = Q(invitation_id__isnull=False)
    has_receipt = Q(report_id__isnull=False) & ~Q(deed__in=[Deed.REPORT.value, Deed.JOIN.value])
    return deeds.owner_column(
        When(is_guest, then=deeds.owned_by("invitation", "invitation_id")),
        When(has_receipt, then=deeds.owned_by("report", "report_id")),
    )


def owner_of(by: Viewer, report_id: int | None = None) -> str:
    """Who brings a key, in the words of that column.

    `report_id` is the report whose number and code a stranger presented; staff and tasks own their
    keys themselves, whatever report they act on.
    """
    return deeds.owner_of(by, "" if report_id is None else f"report:{report_id}")

"""发群的话: what is pasted into a group chat about a to-do, and its short link."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries.visible import visible_or_asked

_SIGNS = "0123456789abcdefghijkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Told:
    """What a face makes the sentence of: nothing here is a name, a phone, an address or a word of
    the reporter's; of a confidential case nothing but that there is one."""

    case: Case
    is_confidential: bool


def short_of(case_id: int) -> str:
    """The short sign of a case in a link; it opens nothing without an account that may see it."""
    signs = ""
    while case_id:
        case_id, at = divmod(case_id, len(_SIGNS))
        signs = _SIGNS[at] + signs
    return signs


def case_number_of(viewer: Viewer, short: str) -> str:
    """The number of the case a short sign stands for; Unseen when the viewer may not see it."""
    if not short or len(short) > 13 or set(short) - set(_SIGNS):
        raise Unseen(_("没有找到这件事"))
    case_id = 0
    for sign in short:
        case_id = case_id * len(_SIGNS) + _SIGNS.index(sign)
    found = visible_or_asked(viewer).filter(pk=min(case_id, (1 << 63) - 1))
    number = found.values_list("number", flat=True).first()
    if number is None:
        raise Unseen(_("没有找到这件事"))
    return number


def ask_for(viewer: Viewer, number: str) -> Told:
    """What may be told of this case in a group; that it was asked for is recorded, with by whom.

    Unseen for a case that does not exist for the viewer.
    """
    case = visible_or_asked(viewer).filter(number=number).first()
    if case is None:
        raise Unseen(_("没有找到这件事"))
    audit.record_read(
        by=viewer,
        what="group_text",
        subject_kind="case",
        subject_id=case.pk,
        purpose="group",
    )
    return Told(case, case.is_restricted)

"""What an acceptor decides of a case: its class and codes, the summary for neighbors."""

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import line
from gezhi.work.cases.models import Case


def set_summary(case: Case, public_summary: str, by: Viewer) -> None:
    """Set the summary, if there is a new one, and who approved it; refuses (Invalid) over 60 signs,
    and any of a restricted case, which no neighbor is shown."""
    public_summary = line(public_summary, field="public_summary")
    if public_summary and case.is_restricted:
        raise Invalid(_("保密的事不写公开摘要，请把它空着"), field="public_summary")
    if len(public_summary) > 60:
        raise Invalid(_("公开摘要最多 60 个字"), field="public_summary")
    if public_summary and public_summary != case.public_summary:
        case.public_summary = public_summary
        case.summary_approved_by = by.user_id


def set_class(
    case: Case, *, class_code: str, kind: str = "", urgency: str = "", scale: str = ""
) -> None:
    """Set the class with the pack in force, and the codes that are given; refuses (Invalid) unknown ones."""
    if codes.term("matters", class_code) is None:
        raise Invalid(_("请选择事项类别"), field="class_code")
    for dictionary, code, name in (
        ("request_kinds", kind, "kind"),
        ("urgency", urgency, "urgency"),
        ("scale", scale, "scale"),
    ):
        if code and codes.term(dictionary, code) is None:
            raise Invalid(_("没有这个选项，请重新选择"), field=name)
    pack = codes.pack_in_force("matters")
    case.class_code = class_code
    case.pack_id = pack.id if pack else None
    case.kind = kind or case.kind
    case.urgency = urgency or case.urgency
    case.scale = scale or case.scale

"""答复模板 in force: all of them for their page, those of one step for an answer."""

from django.db.models import QuerySet

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge.models import Template


def templates(viewer: Viewer) -> QuerySet[Template]:
    """Those in force of the viewer's district, by step and name."""
    if not viewer.may(Right.READ_KNOWLEDGE):
        return Template.objects.none()
    return Template.objects.filter(district_id=viewer.district_id or 0, ended_at=None)


def templates_for(viewer: Viewer, deed: str, class_code: str) -> list[Template]:
    """Those of a step that hold for a class: its own, or all of a case whose class nobody knows."""
    rows = templates(viewer).filter(deed=deed)
    above = _with_those_above(class_code)
    return [
        row for row in rows if not row.class_codes or not class_code or above & set(row.class_codes)
    ]


def _with_those_above(class_code: str) -> set[str]:
    found: set[str] = set()
    row = codes.term("matters", class_code) if class_code else None
    while row is not None and row.code not in found:
        found.add(row.code)
        row = codes.term("matters", row.parent_code)
    return found


def get_template(viewer: Viewer, template_id: int) -> Template:
    """One in force; Unseen for none."""
    found = templates(viewer).filter(pk=template_id).first()
    if found is None:
        raise Unseen("")
    return found


def slot_names() -> dict[str, str]:
    """The slots there are, code and name, in the reader's language."""
    return {row.code: row.label for row in codes.terms("answer_slots")}

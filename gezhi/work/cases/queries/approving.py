"""What units asked of the centre and wait to have decided: hangs and extensions."""

from django.db.models import Exists, OuterRef, Q

from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.asides import marked
from gezhi.work.cases.models import Extension, Hang
from gezhi.work.cases.rules import Mark


def to_approve(viewer: Viewer) -> Q:
    """What was asked of the centre and is not of the viewer's own asking (`hang`, `extend`)."""
    mine = viewer.user_id or 0
    hangs = Hang.objects.filter(case=OuterRef("pk"), decided_at=None, ended_at=None)
    waiting = Extension.objects.filter(case=OuterRef("pk"), decided_at=None)
    before = Extension.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), granted=True)
    to_extend = marked(Mark.EXTENSION_ASKED) & ~marked(Mark.HUNG)
    to_extend &= Q(Exists(waiting.exclude(asked_by=mine)))
    if not viewer.may(Right.APPROVE_HANG):
        return to_extend & ~Q(Exists(before))
    return to_extend | (marked(Mark.HANG_ASKED) & Q(Exists(hangs.exclude(asked_by=mine))))

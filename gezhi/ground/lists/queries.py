"""How a viewer has a list, and the views saved of it: one's own and those of one's units."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.lists.models import ListView
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Views:
    """All there is of a list for a viewer: its kept shape, if any, and the saved views by name."""

    kept: ListView | None
    saved: Sequence[ListView]

    def by_id(self, view_id: int) -> ListView:
        """One of them; Unseen for another's."""
        found = next((row for row in self.saved if row.pk == view_id), None)
        if found is None:
            raise Unseen(_("没有找到这个视图，可能已经删掉了"))
        return found


def views_of(viewer: Viewer, list_name: str) -> Views:
    """The views of a list this viewer has, in one query."""
    rows = list(_seen(viewer).filter(list=list_name).order_by("name", "id"))
    kept = next((row for row in rows if not row.name), None)
    return Views(kept, [row for row in rows if row.name])


def view(viewer: Viewer, view_id: int) -> ListView:
    """A saved view of the viewer or of a unit of theirs; Unseen otherwise."""
    row = _seen(viewer).filter(pk=view_id).exclude(name="").first()
    if row is None:
        raise Unseen(_("没有找到这个视图，可能已经删掉了"))
    return row


def may_remove(viewer: Viewer, row: ListView) -> bool:
    """Whether it is the viewer's, or shared with a unit whose views the viewer keeps."""
    keeping = {seat.unit_id for seat in viewer.seats_for(Right.KEEP_VIEWS)}
    return row.user_id == viewer.user_id or row.unit_id in keeping


def _seen(viewer: Viewer) -> QuerySet[ListView]:
    mine = Q(user_id=viewer.user_id or 0)
    return ListView.objects.filter(mine | Q(unit_id__in=sorted(viewer.unit_ids)))

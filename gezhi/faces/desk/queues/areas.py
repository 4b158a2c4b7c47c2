"""The figures of an area by community, each with the list it counts, for whoever oversees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.desk.queues.lines import with_query
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import desk

OVERSEEING = roles_with(Right.OVERSEE)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One community's figures, each with the list it counts."""

    name: str
    open: int
    open_url: str
    overdue: int
    overdue_url: str
    ended: int
    ended_url: str


def areas(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any]:
    """The figures for the first page, with how many restricted cases they leave out."""
    return {
        "areas": area_lines(viewer),
        "confidential": cases.confidential_count(viewer),
        "days": desk.FIGURE_DAYS,
    }


def area_lines(viewer: Viewer) -> list[AreaLine]:
    """The figures of the viewer's area by community, the whole of it first."""
    figures = desk.figures(viewer)
    found = [
        AreaLine(
            name=_("全部"),
            open=sum(row.open for row in figures),
            open_url=_list_url("open", {}),
            overdue=sum(row.overdue for row in figures),
            overdue_url=_list_url("overdue", {}),
            ended=sum(row.ended for row in figures),
            ended_url=_list_url("ended", {"days": desk.FIGURE_DAYS}),
        )
    ]
    # What lies in no community comes last: the rows add up to the whole.
    for row in sorted(figures, key=lambda row: row.community_id is None):
        where: dict[str, object] = {"community": row.community_id or cases.IN_NO_COMMUNITY}
        found.append(
            AreaLine(
                name=row.name if row.community_id else _("社区未定"),
                open=row.open,
                open_url=_list_url("open", where),
                overdue=row.overdue,
                overdue_url=_list_url("overdue", where),
                ended=row.ended,
                ended_url=_list_url("ended", where | {"days": desk.FIGURE_DAYS}),
            )
        )
    return found


def _list_url(queue: str, parameters: Mapping[str, object]) -> str:
    address = reverse("desk:queue", args=[queue])
    return with_query(address, urlencode(parameters))

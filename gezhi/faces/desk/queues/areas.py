"""The figures of an area by community, each with the list it counts, for whoever oversees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from gezhi.faces.desk.queues.lines import with_query
from gezhi.faces.shell import figures
from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.figures import Count
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
    open: Count
    overdue: Count
    ended: Count


def areas(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any]:
    """The figures for the first page, with how many restricted cases they leave out."""
    return {
        "areas": area_lines(viewer),
        "confidential": figures.counts("confidential", viewer).get("open"),
        "days": desk.FIGURE_DAYS,
    }


def area_lines(viewer: Viewer) -> list[AreaLine]:
    """The figures of the viewer's area by community, the whole of it first."""
    rows = desk.figures(viewer)
    whole = desk.AreaFigures(
        None,
        "",
        open=sum(row.open for row in rows),
        overdue=sum(row.overdue for row in rows),
        ended=sum(row.ended for row in rows),
    )
    # What lies in no community comes last: the rows add up to the whole.
    rows = sorted(rows, key=lambda row: row.community_id is None)
    return [_line(_("全部"), whole, {}), *map(_of_community, rows)]


def area_counts(viewer: Viewer) -> Mapping[str, Count]:
    """The same figures by name, for the contract of figures."""
    return {
        f"{sort} {line.name}": count
        for line in area_lines(viewer)
        for sort, count in (("open", line.open), ("overdue", line.overdue), ("ended", line.ended))
    }


def _of_community(row: desk.AreaFigures) -> AreaLine:
    name = row.name if row.community_id else _("社区未定")
    return _line(name, row, {"community": row.community_id or cases.IN_NO_COMMUNITY})


def _line(name: str, row: desk.AreaFigures, where: Mapping[str, object]) -> AreaLine:
    lately = {**where, "days": desk.FIGURE_DAYS}
    return AreaLine(
        name=name,
        open=Count(row.open, _list_url("open", where)),
        overdue=Count(row.overdue, _list_url("overdue", where)),
        ended=Count(row.ended, _list_url("ended", lately)),
    )


def _list_url(queue: str, parameters: Mapping[str, object]) -> str:
    real = {**parameters, "real": 1}
    return with_query(address("desk:queue", queue), urlencode(real))

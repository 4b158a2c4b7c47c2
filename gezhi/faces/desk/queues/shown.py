"""How a list stands for who has it open: shape, columns and saved views, kept on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from gezhi.faces.desk.queues import columns as case_columns
from gezhi.faces.desk.queues.case_list import FILTERS, CaseList, of_queue
from gezhi.faces.desk.queues.columns import CaseColumn
from gezhi.faces.desk.queues.lines import with_query
from gezhi.ground.lists import queries as lists
from gezhi.ground.lists.models import ListView, Shape
from gezhi.kernel.errors import Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view above the list: where it leads, whether it is the one that is open."""

    view: ListView
    url: str
    current: bool
    remove_url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The shape and columns of a list now, and the views saved of it."""

    shape: str
    columns: tuple[CaseColumn, ...]
    links: Sequence[ViewLink]
    # Whether the account or the view opened chose columns: a file has these then, else all.
    chose_columns: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it stands as a table."""
        return self.shape == Shape.TABLE


def shown(viewer: Viewer, case_list: CaseList) -> Shown:
    """As the saved view in the address says, else as the account keeps it.

    Unseen for a view that is not theirs, or is gone.
    """
    views = lists.views_of(viewer, case_list.queue)
    asked = dict(case_list.parameters).get("view", "")
    opened = None
    if asked:
        row_id = typed_id(asked)
        if row_id is None:
            raise Unseen("")
        opened = views.by_id(row_id)
    standing = opened or views.kept
    links = [
        ViewLink(
            view=row,
            url=address_of(row),
            current=opened is not None and row.pk == opened.pk,
            remove_url=reverse("desk:view_remove", args=[row.pk])
            if lists.may_remove(viewer, row)
            else "",
        )
        for row in views.saved
    ]
    names = standing.columns if standing else []
    return Shown(
        shape=standing.shape if standing else Shape.LINES,
        columns=case_columns.known(names, ended=cases.QUEUES[case_list.queue].newest_first),
        links=links,
        chose_columns=bool(names),
    )


def address_of(row: ListView) -> str:
    """The queue as the view has it; what it says is read as an address is, and gives no right."""
    said = {name: str(row.parameters[name]) for name in FILTERS if row.parameters.get(name)}
    return of_queue(row.list, {**said, "view": str(row.pk)}).url


def along(name: str, case_list: CaseList) -> str:
    """An address of a queue with its filters, its order and the view that is open."""
    address = reverse(name, args=[case_list.queue])
    return with_query(address, urlencode(case_list.narrowing))

"""What a page shows of a list of cases: its rows, and above them filters and tools."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.desk import registry
from gezhi.faces.desk.queues.case_list import CaseList, is_somebodys, of_queue
from gezhi.faces.desk.queues.filters import chosen, filter_form
from gezhi.faces.desk.queues.lines import lines, with_query
from gezhi.faces.desk.queues.shown import along, shown
from gezhi.faces.desk.registry import Section
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import desk

# Queues in which cases stand in many states: their lines say which.
MIXED = frozenset({"open", "ended", "overdue", "callback", "appeals"})
# Queues whose cases may be ended several at once, each with what was done and seen before it.
REVIEWED = frozenset({"spot", "closing"})
# How cases are drawn in a list.
ROWS = "desk/queues/_case_rows.html"


def listed(viewer: Viewer, case_list: CaseList, *, current: str = "") -> dict[str, Any]:
    """The rows of a list with what its page shows round them."""
    if case_list.find:
        return {
            "case_list": case_list,
            "sections": found(viewer, case_list, current=current),
            "shows_state": True,
            "shows_holder": _sees_many_units(viewer),
        }
    listing = cases.listing(
        viewer,
        case_list.queue,
        filters=cases.kept(dict(case_list.parameters)),
        order=case_list.order,
        after=dict(case_list.parameters).get("after", ""),
    )
    following = of_queue(case_list.queue, {**dict(case_list.parameters), "after": listing.after})
    return {
        "case_list": case_list,
        "sections": [
            Section("", lines(listing.rows, query=case_list.query, current=current), ROWS)
        ],
        "more_url": following.url if listing.after else "",
        "shows_state": case_list.queue in MIXED,
        "shows_holder": case_list.queue in MIXED and _sees_many_units(viewer),
        "narrowed": bool(case_list.narrowing),
        "tools": registry.tools(viewer, case_list.queue),
        **_head(viewer, case_list),
    }


def shape(viewer: Viewer, case_list: CaseList) -> dict[str, Any]:
    """How the list stands for who has it open by itself, and where that is changed."""
    standing = shown(viewer, case_list)
    return {
        "shown": standing,
        "as_table": standing.is_table,
        "arrange_url": along("desk:arrange", case_list),
        "columns_url": along("desk:columns", case_list),
        "save_url": along("desk:save_view", case_list),
        "paper_url": along("desk:queue_paper", case_list),
    }


def _sees_many_units(viewer: Viewer) -> bool:
    """Whether cases in the hands of several units stand in the viewer's lists."""
    return bool(viewer.seats_for(Right.SEE_AREA))


def _head(viewer: Viewer, case_list: CaseList) -> dict[str, Any]:
    """What stands above the rows of a queue: filters, what is set, and ending several at once."""
    form = filter_form(viewer, case_list)
    address = [case_list.queue]
    return {
        "filters": form,
        "chosen": chosen(form, case_list),
        "clear_url": reverse("desk:queue", args=address),
        "export_url": with_query(
            reverse("desk:export", args=address), urlencode(case_list.narrowing)
        ),
        "review_url": reverse("desk:review", args=address) if case_list.queue in REVIEWED else "",
        "together_url": with_query(reverse("desk:together"), urlencode(case_list.narrowing))
        if case_list.queue == "dispatching"
        else "",
    }


def found(viewer: Viewer, case_list: CaseList, *, current: str = "") -> list[Section]:
    """What a search found: open cases, then ended ones, under their names."""
    parts = zip((_("在办"), _("已办完")), desk.found(viewer, case_list.find), strict=True)
    export_url = f"{reverse('desk:search_export')}?{urlencode({'q': case_list.find})}"
    if is_somebodys(case_list.find):
        export_url = ""
    return [
        Section(title, lines(rows, query=case_list.query, current=current), ROWS, export_url)
        for title, rows in parts
        if rows
    ]


def found_by(viewer: Viewer, words: str) -> list[Section]:
    """The same for the page of the search."""
    return found(viewer, CaseList(find=words))

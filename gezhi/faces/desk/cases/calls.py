"""呼叫值班 on the page of a case: who was called, who answered, and whether the viewer is to."""

from dataclasses import dataclass

from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import page_queries
from gezhi.records.posts.page_queries import PageLine
from gezhi.work.cases.paging import is_pressing
from gezhi.work.cases.queries import CasePage


@dataclass(frozen=True, slots=True)
class Calls:
    """All calls about a case; `mine` waits for the viewer; `in_vain`: all were called, none answered."""

    lines: list[PageLine]
    mine: PageLine | None
    in_vain: bool


def calls(viewer: Viewer, page: CasePage) -> Calls | None:
    """The calls about a case the viewer has open; None where there were none."""
    # Nobody is called about anything else, and most pages are of something else.
    if not is_pressing(page.case):
        return None
    lines = page_queries.pages_about("case", page.case.pk)
    if not lines:
        return None
    open_ = [line for line in lines if not line.is_over]
    mine = [line for line in open_ if line.user_id == viewer.user_id and line.outcome != "declined"]
    waits = any(line.outcome == "waiting" for line in open_)
    return Calls(lines, mine[-1] if mine else None, bool(open_) and not waits)

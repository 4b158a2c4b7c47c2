"""What a paper about a case is: its name, what it is mostly taken for, when there is one, how it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from gezhi.faces.paper.description import Paper
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.actions.reveal import OpenContact
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import ReportLine


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that is asked for: of which case, by whom, and the reporter's contact once it was opened
    for this paper (`contact`); until then it stands masked."""

    page: CasePage
    viewer: Viewer
    address: str
    """Where the code in its head leads: the case, or for the reporter the page that tracks it."""
    contact: OpenContact | None = None


def reporter_of(page: CasePage) -> ReportLine:
    """Of several who reported it whom a paper names: the first who can be reached and has not said
    how it ended, else the first who can be reached."""
    reached = [one for one in page.reports if one.has_contact]
    unasked = [one for one in reached if not one.resolved]
    return (unasked or reached or list(page.reports))[0]


@dataclass(frozen=True, slots=True)
class CasePaper:
    """One kind. `fits` says whether the case has such a paper, `describe` makes it."""

    code: str
    name: str
    purpose: str
    fits: Callable[[CasePage], bool]
    describe: Callable[[Asked], Paper]
    absent: str
    """What is said where there is none."""
    names_reporter: bool = False
    """Whether it needs name and phone of the reporter, and is for whoever may open them."""
    letter: bool = False
    """Whether it goes to the reporter."""

"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.faces.desk.cases.deeds import FORMS
from gezhi.faces.desk.cases.papers import PAPERS
from tests.access.routes import Route

SEVERAL = {
    "desk:deed": ("<slug:deed>", sorted(deed.value for deed in FORMS)),
    "desk:paper": ("<slug:paper>", sorted(PAPERS)),
}
# Where a case has a paper, and where it has none.
_PAPERS = {
    "assignment": ("being handled", "new"),
    "notice": ("being handled", "new"),
    "rejection": ("new",),
    "supervision": ("supervised", "being handled"),
    "whistle": ("whistled", "being handled"),
    "ruling": ("waiting for a ruling", "being handled"),
    "extension": ("being handled", "new"),
    "hang": ("hung", "new"),
    "check": ("to be checked", "new"),
    "callback": ("to be checked", "new"),
}
# Where a deed can be done, if that is not a new case.
_DEEDS = {
    "verify": ("asked of the grid",),
    "dispatch": ("accepted",),
    "assist": ("sent, water assists",),
    "urge": ("being handled", "accepted"),
    "escalate": ("with the community", "accepted"),
    "whistle": ("being handled",),
    "arrive": ("whistled",),
    "score": ("whistled",),
    "supervise": ("being handled",),
    "report_to_supervisor": ("supervised",),
    "discharge": ("supervised",),
    "take": ("sent, water assists", "sent to sanitation"),
    "return": ("sent, water assists", "sent to sanitation"),
    "finish": ("being handled",),
    "relocate": ("new", "being handled"),
    "check": ("to be checked",),
    "pass": ("settled on the spot",),
    "close": ("checked",),
    "call_back": ("ended",),
    "reopen": ("ended",),
    "dispute": ("returned once",),
    "rule": ("waiting for a ruling",),
    "force_close": ("accepted", "being handled"),
    "appeal": ("late", "scored", "being handled"),
    "decide": ("appealed", "score appealed"),
    "exclude": ("ended",),
    "include": ("left out",),
    "ask_to_hang": ("being handled", "hung"),
    "hang": ("asked to hang",),
    "review": ("hung",),
    "resume": ("hung",),
    "ask_to_extend": ("being handled", "hung"),
    "invite": ("given a link", "being handled"),
    "revoke": ("given a link", "being handled"),
    "respond": ("given a link", "being handled"),
    "extend": ("asked for more time",),
}


def scenes(route: Route) -> tuple[str, ...]:
    """Where a case is looked at from by a deed, a draft and its findings; () for a page of a case."""
    if route.name in {"desk:draft", "desk:answer_findings"}:
        return ("new", "being handled")
    if route.name == "desk:paper":
        return _PAPERS[route.last]
    return _DEEDS.get(route.last, ("new",)) if route.name == "desk:deed" else ()

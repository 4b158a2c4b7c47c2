"""Tables of the room: the duty list, the rules that route by it, what may be handed to communities."""

from gezhi.records.duties.models.admission import Admission, AdmissionState
from gezhi.records.duties.models.duty import Duty, ListKind
from gezhi.records.duties.models.route import Held, Hours, Route, RouteAssist, RouteState

__all__ = [
    "Admission",
    "AdmissionState",
    "Duty",
    "Held",
    "Hours",
    "ListKind",
    "Route",
    "RouteAssist",
    "RouteState",
]

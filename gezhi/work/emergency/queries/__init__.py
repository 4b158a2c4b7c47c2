"""Questions about emergencies; each takes the viewer first."""

from gezhi.work.emergency.queries.board import (
    CaseLine,
    CrewLine,
    GridLine,
    LogWords,
    cases_of,
    crew_of,
    crew_waiting,
    grids_of,
    log_of,
)
from gezhi.work.emergency.queries.reach import (
    areas_to_switch,
    get,
    may_switch,
    running,
    takers_of,
    those_over,
)
from gezhi.work.emergency.queries.waiting import (
    Asked,
    OwnCrewCall,
    asked_of,
    get_asked,
    own_crew_calls,
)

__all__ = [
    "Asked",
    "CaseLine",
    "CrewLine",
    "GridLine",
    "LogWords",
    "OwnCrewCall",
    "areas_to_switch",
    "asked_of",
    "cases_of",
    "crew_of",
    "crew_waiting",
    "get",
    "get_asked",
    "grids_of",
    "log_of",
    "may_switch",
    "own_crew_calls",
    "running",
    "takers_of",
    "those_over",
]

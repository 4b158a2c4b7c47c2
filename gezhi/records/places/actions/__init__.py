"""Naming areas, drawing their borders and adding places; every border change moves the map."""

from gezhi.records.places.actions.adding import PlaceDraft, add_places, relocate_places
from gezhi.records.places.actions.borders import (
    GridDraft,
    open_grid,
    open_grids,
    set_border,
    set_borders,
)
from gezhi.records.places.actions.naming import (
    AreaName,
    register_communities,
    register_community,
    register_district,
    register_street,
    register_streets,
)

__all__ = [
    "AreaName",
    "GridDraft",
    "PlaceDraft",
    "add_places",
    "open_grid",
    "open_grids",
    "register_communities",
    "register_community",
    "register_district",
    "register_street",
    "register_streets",
    "relocate_places",
    "set_border",
    "set_borders",
]

"""Naming areas, drawing their borders, listing what lies in them and adding places; every border
change moves the map."""

from gezhi.records.places.actions.adding import PlaceDraft, add_places, relocate_places
from gezhi.records.places.actions.borders import (
    GridDraft,
    open_grid,
    open_grids,
    set_border,
    set_borders,
)
from gezhi.records.places.actions.drawing import Drawing, draw, plan
from gezhi.records.places.actions.listing import (
    Filled,
    Listed,
    fill_grid,
    lines_from_text,
    name_community,
    open_listed_grid,
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
    "Drawing",
    "Filled",
    "GridDraft",
    "Listed",
    "PlaceDraft",
    "add_places",
    "draw",
    "fill_grid",
    "lines_from_text",
    "name_community",
    "open_grid",
    "open_grids",
    "open_listed_grid",
    "plan",
    "register_communities",
    "register_community",
    "register_district",
    "register_street",
    "register_streets",
    "relocate_places",
    "set_border",
    "set_borders",
]

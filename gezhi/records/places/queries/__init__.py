"""Where a point lies, what areas and places there are, and how they are called.

Names, codes and borders of areas, and names of compounds and buildings, are public; a dwelling is
never listed here for a stranger.
"""

from gezhi.records.places.queries.areas import (
    area,
    area_by_code,
    areas,
    default_district,
    district_code,
    name_above_pages,
    names_of,
    streets_in_use,
    words_of,
)
from gezhi.records.places.queries.borders import GEOJSON_BYTES, borders_geojson
from gezhi.records.places.queries.locating import (
    locate,
    locate_many,
    location_of_area,
    location_of_place,
)
from gezhi.records.places.queries.places import (
    buildings_of,
    choices_of_grid,
    compounds_of,
    place,
    place_names_of,
    whole_names_of,
)
from gezhi.records.places.queries.rows import AreaRow, Location, PlaceFound, PlaceRow
from gezhi.records.places.queries.searching import SEARCH_LIMIT, places_found, search_places

__all__ = [
    "GEOJSON_BYTES",
    "SEARCH_LIMIT",
    "AreaRow",
    "Location",
    "PlaceFound",
    "PlaceRow",
    "area",
    "area_by_code",
    "areas",
    "borders_geojson",
    "buildings_of",
    "choices_of_grid",
    "compounds_of",
    "default_district",
    "district_code",
    "locate",
    "locate_many",
    "location_of_area",
    "location_of_place",
    "name_above_pages",
    "names_of",
    "place",
    "place_names_of",
    "places_found",
    "search_places",
    "streets_in_use",
    "whole_names_of",
    "words_of",
]

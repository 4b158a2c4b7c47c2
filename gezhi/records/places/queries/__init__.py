"""Where a point lies, what areas and places there are, and how they are called.

Names, codes and borders of areas, and names of compounds and buildings, are public; a dwelling is
never listed here for a stranger.
"""

from gezhi.records.places.queries.area_rows import (
    area,
    area_by_code,
    area_words,
    areas,
    default_district,
    district_code,
    grid_names_of,
    name_above_pages,
    names_of,
    short_words_of,
    streets_in_use,
    words_of,
)
from gezhi.records.places.queries.borders import GEOJSON_BYTES, borders_geojson, drawn_area_ids
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
    stands_in,
    whole_names_of,
)
from gezhi.records.places.queries.roads import roads_geojson
from gezhi.records.places.queries.rows import AreaRow, Location, PlaceFound, PlaceRow
from gezhi.records.places.queries.searching import SEARCH_LIMIT, places_found, search_places
from gezhi.records.places.queries.understanding import Understood, meant_or_found, understand

__all__ = [
    "GEOJSON_BYTES",
    "SEARCH_LIMIT",
    "AreaRow",
    "Location",
    "PlaceFound",
    "PlaceRow",
    "Understood",
    "area",
    "area_by_code",
    "area_words",
    "areas",
    "borders_geojson",
    "buildings_of",
    "choices_of_grid",
    "compounds_of",
    "default_district",
    "district_code",
    "drawn_area_ids",
    "grid_names_of",
    "locate",
    "locate_many",
    "location_of_area",
    "location_of_place",
    "meant_or_found",
    "name_above_pages",
    "names_of",
    "place",
    "place_names_of",
    "places_found",
    "roads_geojson",
    "search_places",
    "short_words_of",
    "stands_in",
    "streets_in_use",
    "understand",
    "whole_names_of",
    "words_of",
]

"""Where a case lies, from what was said of it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid, Unseen
from gezhi.records.places import queries as places
from gezhi.records.places.queries import Location
from gezhi.work.cases.intake.report_text import Where

GLANCE_LENGTH = 120


def settled(where: Where, district_id: int) -> tuple[Where, Location]:
    """What was said with the place that its words mean, and the areas of it.

    A point goes before a place, that before words that mean one place for sure, and these before
    the area. Words that may mean several places lie in the community they name, if they name one.
    A point that lies in no area (0,0 of a phone without a fix, a tap beside the map) silences
    neither place nor words: it counts only where these say nothing.
    """
    if where.longitude is not None:
        location = locate(where, district_id)
        if not location.is_outside:
            return where, location
        otherwise = replace(where, longitude=None, latitude=None, area_id=None)
        rest, there = settled(otherwise, district_id)
        says_nothing = rest.place_id is None and there.is_outside
        return (where, location) if says_nothing else (rest, there)
    if where.place_id is not None:
        return where, _narrowed(where, locate(where, district_id))
    if where.words and not where.words_only:
        meant = places.understand(district_id, where.words)
        if meant.place is not None:
            return replace(where, place_id=meant.place.id), meant.location
        if meant.point is not None:
            longitude, latitude = meant.point
            return replace(where, longitude=longitude, latitude=latitude), meant.location
        if meant.location.community_id is not None:
            return where, meant.location
    return where, locate(where, district_id)


def _narrowed(where: Where, location: Location) -> Location:
    """A place that lies in no one grid, as a long road, with what the words say of where on it."""
    if location.grid_id is not None or not where.words:
        return location
    meant = places.understand(location.district_id, where.words)
    same = meant.place is not None and meant.place.id == where.place_id
    return meant.location if same else location


def locate(where: Where, district_id: int) -> Location:
    """The areas of a point, else of a place, else the area itself; a level nobody drew is None.

    Refuses (Invalid) a place or an area that is gone or lies in another district.
    """
    if where.longitude is not None and where.latitude is not None:
        return places.locate(district_id, where.longitude, where.latitude)
    if where.place_id is None and where.area_id is None:
        return Location(district_id, None, None, None, None)
    gone = Invalid(_("没有这个地点，请重新选择"), field="place_id")
    try:
        if where.place_id is not None:
            location = places.location_of_place(where.place_id)
        else:
            location = places.location_of_area(where.area_id or 0)
    except Unseen as error:
        raise gone from error
    if location.district_id != district_id:
        raise gone
    return location


def place_at_a_glance(where: Where) -> str:
    """The chosen place by its name, then what was said of it; the name once."""
    named = ""
    if where.place_id is not None:
        named = places.whole_names_of([where.place_id]).get(where.place_id, "")
    if named.split(" ")[0] in where.words:
        return where.words[:GLANCE_LENGTH]
    return f"{named} {where.words}".strip()[:GLANCE_LENGTH]

"""Where a matter lies, from what was said of it."""

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid, Unseen
from gezhi.records.places import queries as places
from gezhi.records.places.queries import Location
from gezhi.work.cases.actions.report.said import Where

GLANCE_LENGTH = 120


def locate(where: Where, district_id: int) -> Location:
    """The areas of a point, else of a place; a level nobody drew is None.

    Refuses (Invalid) a place that is gone or lies in another district.
    """
    if where.longitude is not None and where.latitude is not None:
        return places.locate(district_id, where.longitude, where.latitude)
    if where.place_id is not None:
        gone = Invalid(_("没有这个地点，请重新选择"), field="place_id")
        try:
            location = places.location_of_place(where.place_id)
        except Unseen as error:
            raise gone from error
        if location.district_id != district_id:
            raise gone
        return location
    return Location(district_id, None, None, None, None)


def place_at_a_glance(where: Where) -> str:
    """The chosen place by its name, then what was said of it; the name once."""
    named = ""
    if where.place_id is not None:
        named = places.whole_names_of([where.place_id]).get(where.place_id, "")
    if named.split(" ")[0] in where.words:
        return where.words[:GLANCE_LENGTH]
    return f"{named} {where.words}".strip()[:GLANCE_LENGTH]

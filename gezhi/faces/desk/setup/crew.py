"""谁管这里: who looks after a place, for every member of staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.codes.queries import term
from gezhi.kernel.errors import Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level
from gezhi.records.places import queries as places
from gezhi.records.places.queries import Location
from gezhi.records.posts.crew import CrewMember, crew_of, duty_of
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.units.queries import centre_of, office_of


@require_GET
@staff_only()
def crew(request: HttpRequest) -> HttpResponse:
    """A search by words, a grid or a point; then its grid, community, and who answers for it."""
    viewer = viewer_in(request)
    district_id = viewer.district_id or 0
    words = request.GET.get("q", "")[:60].strip()
    location = _asked(request, district_id)
    if location is None and words:
        # One sure match is answered at once; what else the words may mean stands beside it.
        meant = places.understand(district_id, words)
        location = meant.location if meant.is_sure else None
    members = crew_of(district_id, location, viewer=viewer) if location else []
    context = {
        "words": words,
        "found": places.meant_or_found(district_id, words) if words else (),
        "grids": places.areas(district_id, Level.GRID) if not words and not location else (),
        "location": location,
        "place_words": places.words_of(location) if location else "",
        "crew": [(member, team_words(member)) for member in members],
        "duty": duty_of(district_id, location, viewer=viewer) if location else (),
        "may_open_phones": viewer.may(Right.SEE_WORK_PHONE),
        "office": office_of(location.community_id) if location and location.community_id else None,
        "centre": centre_of(district_id, location.street_id) if location else None,
    }
    return render(request, "desk/setup/crew.html", context)


def team_words(member: CrewMember) -> str:
    """The team of the 3 + 10 + N somebody belongs to; the role's name of whoever is in none."""
    team = term("teams", member.team) if member.team else None
    return team.name if team is not None else str(ROLE_NAMES[member.role])


def _asked(request: HttpRequest, district_id: int) -> Location | None:
    """The place, area or point in the address; None for none, and for what is no number."""
    asked = request.GET
    location = None
    place_id, area_id = typed_id(asked.get("place", "")), typed_id(asked.get("area", ""))
    if place_id:
        location = places.location_of_place(place_id)
    elif area_id:
        location = places.location_of_area(area_id)
    elif asked.get("longitude") and asked.get("latitude"):
        try:
            longitude, latitude = float(asked["longitude"]), float(asked["latitude"])
        except ValueError:
            return None
        location = places.locate(district_id, longitude, latitude)
    if location is not None and location.district_id != district_id:
        raise Unseen("")
    return location

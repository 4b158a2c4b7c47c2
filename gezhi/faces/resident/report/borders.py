"""The borders a phone draws when the map is asked for: public, small, the same for everybody."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gezhi.faces.resident.stranger import stranger
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Level
from gezhi.records.places import queries as places
from gezhi.records.places.queries import AreaRow


@require_safe
def borders(request: HttpRequest) -> JsonResponse:
    """Grids of the one street this installation runs, or communities where it runs several."""
    by = stranger()
    streets = _streets(by.district_id or 0)
    if len(streets) == 1:
        area, level = streets[0].id, Level.GRID
        drawn = places.borders_geojson(by, area, level)
        if not drawn["features"]:
            drawn = places.borders_geojson(by, area, Level.COMMUNITY)
    else:
        district = places.areas(by.district_id or 0, Level.DISTRICT, in_use=None)
        if not district:
            raise Unseen("")
        drawn = places.borders_geojson(by, district[0].id, Level.STREET)
    return _kept(drawn)


@require_safe
def roads(request: HttpRequest) -> JsonResponse:
    """The roads with their names, for the same map: by them people find where they are."""
    district_id = stranger().district_id or 0
    streets = _streets(district_id)
    only = streets[0].id if len(streets) == 1 else None
    return _kept(places.roads_geojson(district_id, only))


def _streets(district_id: int) -> Sequence[AreaRow]:
    """The streets this installation runs; Unseen before the first is set up."""
    streets = places.streets_in_use(district_id)
    if not streets:
        raise Unseen("")
    return streets


def _kept(drawn: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(drawn)
    response.headers["Cache-Control"] = "public, max-age=600"
    return response

"""Rules and duties of the cast's street, written in one line."""

import pytest

from gezhi.ground.codes.queries import terms
from gezhi.records.duties import actions
from gezhi.records.duties.actions import RouteWanted
from gezhi.records.places.queries import Location


def a_class():
    """The code of a class that stands in a family."""
    return next(row.code for row in terms("matters") if row.parent_code)


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


@pytest.fixture
def here(cast):
    street = cast.street
    return Location(street.district.pk, street.street.pk, street.community.pk, street.grid.pk, None)


@pytest.fixture
def wanted(cast):
    """What a rule says: sanitation leads the whole street, unless said otherwise."""

    def made(name="占道经营归环卫所", **changes):
        fields = {
            "name": name,
            "order": 10,
            "area_id": cast.street.street.pk,
            "lead_unit": cast.street.sanitation,
        }
        return RouteWanted(**{**fields, **changes})

    return made


@pytest.fixture
def draft(admin, wanted):
    def made(name="占道经营归环卫所", replaces=None, **changes):
        return actions.draft_route(wanted=wanted(name, **changes), replaces=replaces, by=admin)

    return made


@pytest.fixture
def enact(admin, draft):
    """A rule in force."""

    def made(name="占道经营归环卫所", replaces=None, **changes):
        row = draft(name, replaces, **changes)
        return actions.enact_routes(route_ids=[row.pk], by=admin)[0]

    return made

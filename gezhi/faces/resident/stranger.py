"""Who uses this face."""

from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places


def stranger() -> Viewer:
    """A resident of the district: whoever is logged in elsewhere has no right more or less here."""
    return Viewer.anonymous(places.default_district().pk)

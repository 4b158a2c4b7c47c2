"""What the walk of `tests/access` puts into the addresses of this room."""

from tests.access.routes import Route

_LOOKS = {
    "pocket:verify": ("asked of the grid",),
    "pocket:check": ("to be checked",),
    "pocket:spot_case": ("new",),
}


def scenes(route: Route) -> tuple[str, ...]:
    """Where a look at a case can be taken; () for its page."""
    return _LOOKS.get(route.name, ())

"""Who of the demo street does what: viewers by unit and role, and by grid."""

from collections.abc import Mapping, Sequence

from gezhi.ground.accounts.models import User
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts.queries import viewer_of
from gezhi.records.units.models import Unit


class Cast:
    """Everyone who can log in, seen as they are when the cast is made."""

    def __init__(self, units: Mapping[str, Unit], users: Mapping[str, User]) -> None:
        self.units = units
        self._holders: dict[tuple[int, Role], list[Viewer]] = {}
        self._workers: dict[int, Viewer] = {}
        for _number, user in sorted(users.items()):
            viewer = viewer_of(user)
            if not user.has_usable_password():
                continue
            for seat in viewer.seats:
                self._holders.setdefault((seat.unit_id, seat.role), []).append(viewer)
                if seat.role is Role.GRID_WORKER:
                    self._workers[seat.area_id] = viewer

    def of_unit(self, unit_id: int | None, roles: Sequence[Role], pick: int) -> Viewer:
        """Somebody of a unit with the first of the roles that is filled; else LookupError."""
        for role in roles:
            found = self._holders.get((unit_id or 0, role))
            if found:
                return found[pick % len(found)]
        raise LookupError(f"nobody in unit {unit_id} as {', '.join(roles)}")

    def of_centre(self, role: Role, pick: int) -> Viewer:
        """Somebody of the street centre in a role."""
        return self.of_unit(self.units["centre"].pk, [role], pick)

    def of_grid(self, grid_id: int | None) -> Viewer:
        """The grid worker of a grid."""
        return self._workers[grid_id or 0]

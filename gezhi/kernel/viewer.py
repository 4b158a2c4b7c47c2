"""Who is looking: built once a request, handed to every query and action.

A place is a right, one of three (design §4.1): by area and role, because the viewer's unit holds
or assists the case, or by the viewer's own receipt. `Viewer` carries the first two; receipts are
checked where they are presented.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.roles import ADMINISTRATORS as ADMINISTRATORS
from gezhi.kernel.roles import Role as Role


class Level(StrEnum):
    """Levels of the area tree, from wide to narrow."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    MICROGRID = "microgrid"


@dataclass(frozen=True, slots=True)
class Seat:
    """One post the viewer is appointed to now; names are the short ones, for heads of pages."""

    post_id: int
    unit_id: int
    role: Role
    area_id: int
    level: Level
    unit_name: str = field(default="", compare=False)
    area_name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The acting person, task or stranger, with the seats that give rights.

    `families` names the tag families (治安类) the viewer needs to know; empty by default.
    """

    user_id: int | None = None
    system_name: str = ""
    district_id: int | None = None
    seats: tuple[Seat, ...] = ()
    families: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def system(cls, name: str, district_id: int | None = None) -> "Viewer":
        """A task or an operator's command acting in its own name; sees everything, is audited."""
        if not name:
            raise ValueError("a system viewer has a name")
        return cls(system_name=name, district_id=district_id)

    @classmethod
    def anonymous(cls, district_id: int | None = None) -> "Viewer":
        """A stranger: gets small dataclasses of public facts, never a Case."""
        return cls(district_id=district_id)

    @property
    def is_system(self) -> bool:
        return bool(self.system_name)

    @property
    def is_anonymous(self) -> bool:
        return self.user_id is None and not self.system_name

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(seat.role for seat in self.seats)

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(seat.unit_id for seat in self.seats)

    def may(self, *rights: Right) -> bool:
        """Whether any seat gives one of these rights; a task has no seat (`rights.require`)."""
        return any(seat.role in roles_with(*rights) for seat in self.seats)

    def seats_for(self, *rights: Right) -> tuple[Seat, ...]:
        """The seats that give one of these rights, in order of appointment."""
        return self.seats_as(*roles_with(*rights))

    def has(self, *roles: Role) -> bool:
        """Whether any seat carries one of the roles; what roles may is asked by `may`."""
        return any(seat.role in roles for seat in self.seats)

    def seats_as(self, *roles: Role) -> tuple[Seat, ...]:
        """The seats that carry one of the roles, in order of appointment."""
        return tuple(seat for seat in self.seats if seat.role in roles)

    def seat_in(self, unit_id: int | None, *roles: Role) -> Seat | None:
        """The seat in this unit with one of the roles, or None."""
        for seat in self.seats:
            if seat.unit_id == unit_id and (not roles or seat.role in roles):
                return seat
        return None

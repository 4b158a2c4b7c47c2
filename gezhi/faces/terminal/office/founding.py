"""What `gezhi setup` makes, by actions only; safe to run again, for another street or at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.queries import by_staff_number
from gezhi.ground.accounts.rules import one_time_password
from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.records.places import actions as places
from gezhi.records.places.actions import AreaName
from gezhi.records.places.models import Area, District
from gezhi.records.places.queries import areas
from gezhi.records.places.register import Register, RegisterArea, RegisterDistrict
from gezhi.records.posts import actions as posts
from gezhi.records.posts.queries import users_with
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.units import actions as units
from gezhi.records.units.models import UnitKind
from gezhi.records.units.queries import centre_of, office_of, open_units

_ADMINISTRATORS = (
    (Role.SYSTEM_ADMINISTRATOR, "XT"),
    (Role.SECURITY_ADMINISTRATOR, "AQ"),
    (Role.AUDIT_ADMINISTRATOR, "SJ"),
)


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """An administrator's account with its one-time password, shown once."""

    role_name: str
    staff_number: str
    password: str


@dataclass(frozen=True, slots=True)
class Founded:
    """What was made: names of streets with how many communities, units opened, accounts."""

    district: District
    streets: tuple[tuple[str, int], ...]
    units_opened: int
    accounts: tuple[FirstAccount, ...]


@transaction.atomic
def found(
    district: RegisterDistrict,
    chosen: Sequence[RegisterArea],
    register: Register,
    *,
    by: Viewer,
    with_offices: bool = True,
) -> Founded:
    """Make district, streets and communities, a centre for each street, and the administrators.

    The other streets of the district are named and not in use. With offices, each community has
    its 居委会 as a unit. What stands already stays as it is; administrators are made only where
    the district has none of their kind.
    """
    area = places.register_district(
        code=district.code,
        name=district.name,
        city_name=district.city_name,
        province_name=district.province_name,
        by=by,
    )
    by = Viewer.system(by.system_name, area.pk)
    codes = {street.code for street in chosen}
    registered = places.register_streets(
        area,
        [
            AreaName(row.code, row.name, in_use=row.code in codes)
            for row in register.streets(district.code)
        ],
        by=by,
    )
    opened = 0
    streets = []
    for street in (row for row in registered if row.code in codes):
        names = [AreaName(row.code, row.name) for row in register.communities(street.code)]
        communities = places.register_communities(street, names, by=by)
        opened += _open_units(street, communities if with_offices else (), by)
        streets.append((street.name, len(communities)))
    first = tuple(_administrators(area, registered, codes, by))
    return Founded(area, tuple(streets), opened, first)


def _open_units(street: Area, communities: Sequence[Area], by: Viewer) -> int:
    opened = 0
    known = {(unit.kind, unit.area_id) for unit in open_units(by, street.district_id)}
    if (UnitKind.STREET_CENTRE.value, street.pk) not in known:
        units.open_unit(
            name=f"{street.name}网格中心",
            short_name="网格中心",
            kind=UnitKind.STREET_CENTRE,
            area_id=street.pk,
            by=by,
        )
        opened += 1
    for community in communities:
        if office_of(community.pk) is None:
            units.open_unit(
                name=_office_name(community.name),
                short_name=community.name[:20],
                kind=UnitKind.COMMUNITY_OFFICE,
                area_id=community.pk,
                by=by,
            )
            opened += 1
    return opened


def _office_name(community: str) -> str:
    """水井坊社区 → 水井坊社区居委会; 青山村 → 青山村村委会."""
    return f"{community}{'村委会' if community.endswith('村') else '居委会'}"


def _administrators(
    district: District, streets: Sequence[Area], codes: set[str], by: Viewer
) -> list[FirstAccount]:
    made = []
    centre = centre_of(district.pk, next((row.pk for row in streets if row.code in codes), None))
    area = next(row for row in areas(district.pk, Level.DISTRICT))
    for role, letters in _ADMINISTRATORS:
        if users_with(district.pk, role):
            continue
        name = str(ROLE_NAMES[role])
        password = one_time_password()
        user = accounts.create_user(
            staff_number=_free_number(letters),
            name=name,
            password=password,
            by=by,
            district_id=district.pk,
        )
        post = posts.create_post(unit=centre, area_id=area.id, role=role, name=name, by=by)
        posts.appoint(post=post, user=user, by=by)
        made.append(FirstAccount(name, user.staff_number, password))
    return made


def _free_number(letters: str) -> str:
    number = 1
    while by_staff_number(f"{letters}{number:03}") is not None:
        number += 1
    return f"{letters}{number:03}"

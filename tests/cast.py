"""The fixed cast of test people and the tiny street they work in, made through actions.

    青溪区 ── 桐花街道 ── 桐花社区 ── 桐花社区第一网格  (小张; 桐花苑 with 1 栋)
       │         │           └─────── 桐花社区第二网格  (老赵, who must see nothing of the first)
       │         └────── 梧桐社区 ── 梧桐社区第一网格
       └── 柳荫街道 (another street with a centre of its own)

The district is no real one, so that tests may make real ones beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import shapely
from django.conf import settings
from shapely import Polygon

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.codes import actions as codes
from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.records.places import actions as places
from gezhi.records.places.models import Area, District, Place, PlaceKind
from gezhi.records.posts import actions as posts
from gezhi.records.posts import queries as posts_queries
from gezhi.records.units import actions as units
from gezhi.records.units.models import Unit

# Monday, 10:00 in China, a plain working day.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
# When the street was set up: everybody has been in their post since.
SET_UP = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
PASSWORD = "tonghua-street-2026"
SYSTEM = Viewer.system("test")


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff: who they are and what they may, as at the start of every test."""

    user_id: int
    staff_number: str
    name: str
    viewer: Viewer

    @property
    def user(self) -> User:
        """The account as it is now."""
        return User.objects.get(pk=self.user_id)

    @property
    def viewer_now(self) -> Viewer:
        """What they may now, after the test changed their posts."""
        return posts_queries.viewer_of(self.user)


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident: no account, a name and a phone that staff must not read without reason."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Street:
    """Areas, units and places of the cast; `point` lies in grid one, `point_two` in grid two."""

    district: District
    district_area: Area
    street: Area
    other_street: Area
    community: Area
    other_community: Area
    grid: Area
    next_grid: Area
    other_grid: Area
    centre: Unit
    other_centre: Unit
    office: Unit
    other_office: Unit
    sanitation: Unit
    water: Unit
    property_firm: Unit
    compound: Place
    building: Place
    next_compound: Place
    point: tuple[float, float]
    next_point: tuple[float, float]
    outside_point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. `zhao` works in the next grid, `sun` in the next community, `he` in the next
    street, `tang` in another department: rows of others are nothing to them."""

    street: Street
    zhang: Person  # 网格员小张, grid one
    zhao: Person  # 网格员老赵, grid two
    li: Person  # 社区李姐, clerk of 桐花社区
    sun: Person  # clerk of 梧桐社区
    acceptor: Person  # 受理员 of the centre
    dispatcher: Person  # 派遣员 of the centre
    checker: Person  # 核查员 of the centre
    supervisor: Person  # 值班长 of the centre
    handler: Person  # 经办人 of 环卫所
    tang: Person  # 经办人 of 自来水公司
    wang: Person  # 街道王主任
    he: Person  # 受理员 of the other street's centre
    system_administrator: Person
    security_administrator: Person
    audit_administrator: Person
    chen: Resident  # 居民陈阿姨, lives in grid one

    def staff(self) -> Iterator[tuple[str, Person]]:
        """Everybody with an account, by the name of the field."""
        for row in fields(self):
            value = getattr(self, row.name)
            if isinstance(value, Person):
                yield row.name, value


# field: staff number, name, unit, area, role, post name, meeting words
_STAFF: dict[str, tuple[str, str, str, str, Role, str, str]] = {
    "zhang": ("WG101", "张小川", "office", "grid", Role.GRID_WORKER, "第一网格网格员",
              "每天 9:00–11:00 在桐花苑北门"),
    "zhao": ("WG102", "赵德海", "office", "next_grid", Role.GRID_WORKER, "第二网格网格员", ""),
    "li": ("SQ101", "李玉芳", "office", "community", Role.COMMUNITY_CLERK, "社区经办", ""),
    "sun": ("SQ201", "孙慧", "other_office", "other_community", Role.COMMUNITY_CLERK,
            "社区经办", ""),
    "acceptor": ("ZX101", "周敏", "centre", "street", Role.ACCEPTOR, "受理员", ""),
    "dispatcher": ("ZX102", "吴建国", "centre", "street", Role.DISPATCHER, "派遣员", ""),
    "checker": ("ZX103", "郑秀英", "centre", "street", Role.CHECKER, "核查员", ""),
    "supervisor": ("ZX104", "冯立", "centre", "street", Role.SUPERVISOR, "值班长", ""),
    "handler": ("HW101", "陈刚", "sanitation", "street", Role.HANDLER, "环卫经办人", ""),
    "tang": ("SW101", "唐文", "water", "street", Role.HANDLER, "供水经办人", ""),
    "wang": ("JD101", "王志远", "centre", "street", Role.LEADER, "街道主任", ""),
    "he": ("LY101", "何静", "other_centre", "other_street", Role.ACCEPTOR, "受理员", ""),
    "system_administrator": ("GL101", "高远", "centre", "district", Role.SYSTEM_ADMINISTRATOR,
                             "系统管理员", ""),
    "security_administrator": ("GL102", "安然", "centre", "district",
                               Role.SECURITY_ADMINISTRATOR, "安全管理员", ""),
    "audit_administrator": ("GL103", "沈明", "centre", "district", Role.AUDIT_ADMINISTRATOR,
                            "审计管理员", ""),
}  # fmt: skip


def import_packs() -> None:
    """Put every pack of the project in force; a pack that is in force already stays."""
    for folder in sorted(settings.GEZHI_PACKS.iterdir()):
        if (folder / "pack.toml").is_file():
            codes.import_pack(folder, by=SYSTEM)


def build() -> Cast:
    """Make the street and its people in the database; the caller has set the clock."""
    street = _build_street()
    by = Viewer.system("test", street.district.pk)
    users = accounts.create_users(
        [
            accounts.NewUser(
                staff_number=row[0],
                name=row[1],
                phone=f"1390000{place:04}",
                encoded_password=accounts.encode(PASSWORD),
                must_change_password=False,
            )
            for place, row in enumerate(_STAFF.values())
        ],
        by=by,
        district_id=street.district.pk,
    )
    areas = {
        name: getattr(street, name).pk
        for name in ("street", "other_street", "community", "other_community", "grid", "next_grid")
    } | {"district": street.district_area.pk}
    people: dict[str, Person] = {}
    for (key, row), user in zip(_STAFF.items(), users, strict=True):
        number, name, unit, area, role, post_name, meeting_words = row
        post = posts.create_post(
            unit=getattr(street, unit),
            area_id=areas[area],
            role=role,
            name=post_name,
            meeting_words=meeting_words,
            by=by,
        )
        posts.appoint(post=post, user=user, by=by, from_at=SET_UP)
        people[key] = Person(user.pk, number, name, posts_queries.viewer_of(user))
    return Cast(street=street, chen=Resident("陈桂兰", "13812345678"), **people)


def _build_street() -> Street:
    district = places.register_district(
        code="519901", name="青溪区", city_name="桐城市", province_name="四川省", by=SYSTEM
    )
    by = Viewer.system("test", district.pk)
    street, other_street = places.register_streets(
        district,
        [places.AreaName("519901001", "桐花街道"), places.AreaName("519901002", "柳荫街道")],
        by=by,
    )
    community, other_community = places.register_communities(
        street,
        [
            places.AreaName("519901001001", "桐花社区"),
            places.AreaName("519901001002", "梧桐社区"),
        ],
        by=by,
    )
    district_area = Area.objects.get(district=district, level=Level.DISTRICT)
    places.set_borders(
        [
            (district_area, box(0, 0, 4, 2)),
            (street, box(0, 0, 2, 2)),
            (other_street, box(2, 0, 4, 2)),
            (community, box(0, 0, 2, 1)),
            (other_community, box(0, 1, 2, 2)),
        ],
        valid_from=SET_UP,
        by=by,
    )
    grid, next_grid = _grids(community, box(0, 0, 1, 1), box(1, 0, 2, 1))
    (other_grid,) = _grids(other_community, box(0, 1, 2, 2))
    compound, building, next_compound = _places(district)
    centre = _unit("street_centre", "桐花街道网格中心", street)
    return Street(
        district=district,
        district_area=district_area,
        street=street,
        other_street=other_street,
        community=community,
        other_community=other_community,
        grid=grid,
        next_grid=next_grid,
        other_grid=other_grid,
        centre=centre,
        other_centre=_unit("street_centre", "柳荫街道网格中心", other_street),
        office=_unit("community_office", "桐花社区居委会", community),
        other_office=_unit("community_office", "梧桐社区居委会", other_community),
        sanitation=_unit("department", "桐花街道环卫所", street),
        water=_unit("enterprise", "青溪自来水公司", street),
        property_firm=_unit("property_firm", "桐花苑物业", community),
        compound=compound,
        building=building,
        next_compound=next_compound,
        point=_degrees(0.5, 0.5),
        next_point=_degrees(1.5, 0.5),
        outside_point=_degrees(9.0, 9.0),
    )


def _of(area: Area) -> Viewer:
    """Whoever sets up this area's district: what they do is for its own auditor to read."""
    return Viewer.system("test", area.district_id)


def _degrees(right: float, up: float) -> tuple[float, float]:
    """Longitude and latitude of a point on the tiny street; one step is some 400 metres."""
    return round(104.08 + right * 0.004, 6), round(30.65 + up * 0.004, 6)


def box(west: float, south: float, east: float, north: float) -> Polygon:
    """A rectangle of the tiny street in degrees; one step is some 400 metres."""
    return shapely.box(*_degrees(west, south), *_degrees(east, north))


def _grids(community: Area, *borders: Polygon) -> tuple[Area, ...]:
    words = ("第一", "第二")
    drafts = [
        places.GridDraft(place + 1, border, f"{community.name}{words[place]}网格", 300)
        for place, border in enumerate(borders)
    ]
    return places.open_grids(community, drafts, valid_from=SET_UP, by=_of(community))


def _places(district: District) -> list[Place]:
    """桐花苑 with its 1 栋 in grid one, 柏树里 in grid two."""
    longitude, latitude = _degrees(0.5, 0.5)
    compound = places.PlaceDraft(
        PlaceKind.COMPOUND, "桐花苑", longitude=longitude, latitude=latitude, households=120
    )
    building = places.PlaceDraft(
        PlaceKind.BUILDING,
        "1栋",
        parent_id=compound.id,
        longitude=longitude,
        latitude=latitude,
        households=120,
    )
    longitude, latitude = _degrees(1.5, 0.5)
    next_compound = places.PlaceDraft(
        PlaceKind.COMPOUND, "柏树里", longitude=longitude, latitude=latitude, households=80
    )
    drafts = [compound, building, next_compound]
    places.add_places(drafts, district_id=district.pk, by=Viewer.system("test", district.pk))
    return [Place.objects.get(pk=draft.id) for draft in drafts]


def _unit(kind: str, name: str, area: Area) -> Unit:
    return units.open_unit(kind=kind, name=name, area_id=area.pk, by=_of(area))


def stands(cast: Cast) -> bool:
    """Whether the rows of this cast are in the database still."""
    return District.objects.filter(pk=cast.street.district.pk).exists() and (
        User.objects.filter(pk=cast.zhang.user_id).exists()
    )

"""Posts of the demo street and the people in them: every role, and the 3+10+N crew of each grid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gezhi.faces.shell.login.demo import encode_demo_password
from gezhi.faces.terminal.demo.names import people
from gezhi.faces.terminal.demo.offices import CENTRE, NORTH, OFFICES
from gezhi.faces.terminal.demo.places import Ground
from gezhi.ground.accounts.actions import NewUser, create_users
from gezhi.ground.accounts.models import User
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.places.models import Area
from gezhi.records.posts.actions import appoint, create_post
from gezhi.records.units.models import Unit

# Staff numbers of the accounts to begin with, in the order work flows: one for each role, and a
# second unit, since a case stays unseen by every unit it was not sent to. With what each does.
DEMO_ACCOUNTS: Final = (
    ("1001", Role.ACCEPTOR, "受理、合并、结案、回访"),
    ("1002", Role.DISPATCHER, "派单、吹哨、批延期"),
    ("4021", Role.HANDLER, "市政环卫所：路灯、道路、市容环卫"),
    ("4011", Role.HANDLER, "综合行政执法队：占道、小广告、油烟、违建"),
    ("2101", Role.COMMUNITY_CLERK, "水井坊社区：社区的事，审自行处置"),
    ("3101", Role.GRID_WORKER, "水井坊社区第1网格：上报、核实、核查"),
    ("1003", Role.CHECKER, "核查"),
    ("1004", Role.SUPERVISOR, "全街道的进度，结案、审批、裁决、申诉"),
    ("1005", Role.LEADER, "全街道的数字，督办、吹哨"),
    ("1091", Role.SYSTEM_ADMINISTRATOR, "单位、人员、岗位、权责"),
    ("1092", Role.SECURITY_ADMINISTRATOR, "账号安全，删除反映人信息"),
    ("1093", Role.AUDIT_ADMINISTRATOR, "留痕"),
)

_CENTRE_SEATS: Final = (
    ("1001", Role.ACCEPTOR, "受理员一席"),
    ("1011", Role.ACCEPTOR, "受理员二席"),
    ("1012", Role.ACCEPTOR, "受理员三席"),
    ("1002", Role.DISPATCHER, "派遣员一席"),
    ("1021", Role.DISPATCHER, "派遣员二席"),
    ("1003", Role.CHECKER, "核查员一席"),
    ("1031", Role.CHECKER, "核查员二席"),
    ("1032", Role.CHECKER, "核查员三席"),
    ("1004", Role.SUPERVISOR, "值班长"),
    ("1005", Role.LEADER, "街道分管领导"),
    ("1091", Role.SYSTEM_ADMINISTRATOR, "系统管理员"),
    ("1092", Role.SECURITY_ADMINISTRATOR, "安全管理员"),
    ("1093", Role.AUDIT_ADMINISTRATOR, "审计管理员"),
)

PROFESSION_NAMES: Final = {
    "city_management": "城管队员",
    "housing": "住建专管员",
    "police": "社区民警",
    "justice": "司法调解员",
    "work_safety": "安全监管员",
    "fire": "消防指导员",
    "market": "市场监管员",
    "civil_affairs": "民政专干",
    "health": "卫生健康专员",
    "property": "物业项目经理",
}
_OTHERS: Final = (
    ("deputy", "人大代表联络员"),
    ("committee_member", "政协委员联络员"),
    ("party_member", "党员先锋岗"),
    ("resident", "热心居民代表"),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One post to be made and filled by the person of this staff number."""

    number: str
    unit: str
    area: Area
    role: Role
    name: str
    profession: str = ""
    meeting: str = ""
    logs_in: bool = True


def fill_posts(
    ground: Ground,
    units: Mapping[str, Unit],
    meeting_places: Mapping[int, str],
    rng: np.random.Generator,
    *,
    by: Viewer,
) -> dict[str, User]:
    """Open all accounts, make all posts, appoint everyone; users by staff number.

    `meeting_places` names a compound gate for each grid id. Whoever only stands in a crew (a
    volunteer, a deputy) has an account without a password.
    """
    seats = list(_seats(ground, units, meeting_places))
    encoded = encode_demo_password()
    names = people(rng)
    may_log_in = {seat.number: seat.logs_in for seat in seats}
    rows = [
        NewUser(
            staff_number=number,
            name=next(names),
            encoded_password=encoded if logs_in else "",
            must_change_password=False,
        )
        for number, logs_in in may_log_in.items()
    ]
    users = {
        user.staff_number: user
        for user in create_users(rows, by=by, district_id=ground.district.id)
    }
    for seat in seats:
        post = create_post(
            unit=units[seat.unit],
            area_id=seat.area.id,
            role=seat.role,
            name=seat.name,
            profession=seat.profession,
            meeting_words=seat.meeting,
            by=by,
        )
        appoint(post=post, user=users[seat.number], by=by)
    return users


def _seats(
    ground: Ground, units: Mapping[str, Unit], meeting_places: Mapping[int, str]
) -> Iterator[Seat]:
    for number, role, name in _CENTRE_SEATS:
        yield Seat(number, CENTRE, ground.street, role, name)
    handlers = dict(_handlers())
    for key, numbers in handlers.items():
        for place, number in enumerate(numbers, start=1):
            yield Seat(number, key, ground.street, Role.HANDLER, f"经办人{'一二'[place - 1]}席")
    for order, (code, community) in enumerate(sorted(ground.communities.items()), start=1):
        grids = [grid for grid in ground.grids if grid.community_id == community.id]
        yield from _community(order, f"office-{code}", community, grids, meeting_places)
        yield from _professions(order, code, community, handlers)
        yield from _others(order, community, grids)


def _handlers() -> Iterator[tuple[str, Sequence[str]]]:
    for order, office in enumerate(OFFICES, start=1):
        yield office.key, (f"4{order:02d}1", f"4{order:02d}2")


def _community(
    order: int,
    office: str,
    community: Area,
    grids: Sequence[Area],
    meeting_places: Mapping[int, str],
) -> Iterator[Seat]:
    clerks = (f"2{order}01", f"2{order}02")
    for place, number in enumerate(clerks):
        yield Seat(
            number,
            office,
            community,
            Role.COMMUNITY_CLERK,
            ("社区书记", "社区经办")[place],
            meeting=f"工作日 9:00–17:00 在{community.name}党群服务中心",
        )
    for serial, grid in enumerate(grids, start=1):
        gate = meeting_places.get(grid.id, f"{community.name}党群服务中心")
        yield Seat(
            f"3{order}{serial:02d}",
            office,
            grid,
            Role.GRID_WORKER,
            "网格员",
            "grid_worker",
            f"工作日 9:30–11:00 在{gate}",
        )
        yield Seat(
            clerks[serial % 2],
            office,
            grid,
            Role.COMMUNITY_CLERK,
            "网格长",
            "grid_manager",
            f"周三 15:00–17:00 在{gate}",
        )


def _professions(
    order: int, code: str, community: Area, handlers: Mapping[str, Sequence[str]]
) -> Iterator[Seat]:
    """The ten forces: each person of a department looks after three communities."""
    firm = "property_north" if code in NORTH else "property_south"
    for office in OFFICES:
        if office.key.startswith("property") and office.key != firm:
            continue
        for profession in office.professions:
            yield Seat(
                handlers[office.key][order % 2],
                office.key,
                community,
                Role.HANDLER,
                PROFESSION_NAMES[profession],
                profession,
            )


def _others(order: int, community: Area, grids: Sequence[Area]) -> Iterator[Seat]:
    """N: two deputies' links, party members, residents, a building head and volunteer a grid."""
    for place, (profession, name) in enumerate(_OTHERS, start=1):
        yield Seat(
            f"6{order}{place:02d}",
            "volunteers",
            community,
            Role.HANDLER,
            name,
            profession,
            logs_in=False,
        )
    for serial, grid in enumerate(grids, start=1):
        profession, name = ("building_head", "楼栋长") if serial % 2 else ("volunteer", "志愿者")
        yield Seat(
            f"7{order}{serial:02d}",
            "volunteers",
            grid,
            Role.HANDLER,
            name,
            profession,
            logs_in=False,
        )

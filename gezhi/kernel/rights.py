"""What may be done at all, by name, and by which roles; nobody else asks for a role.

A right opens a page or an action. Which rows it reaches is another question: `scope`, and the queries
of each room. What a deed of a case takes stands with the deed (`work/cases/deeds`).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.roles import ADMINISTRATORS, Role

if TYPE_CHECKING:
    from gezhi.kernel.viewer import Viewer


class Right(StrEnum):
    # Running the office: three administrators, none of whom does business.
    ADMINISTER = "administer"  # open the settings at all
    SET_UP = "set_up"  # units, areas, duties, packs, limits, calendar, staff
    TEND_TASKS = "tend_tasks"  # what failed or is stuck
    KEEP_BACKUPS = "keep_backups"  # whether there are copies of everything, and that there are
    KEEP_POSTS = "keep_posts"  # posts and who sits in them, passwords
    KEEP_ACCOUNTS = "keep_accounts"  # second factors, administrators' posts, their numbers
    READ_ACCOUNTS = "read_accounts"  # who has which role
    ERASE = "erase"  # what is held of a reporter
    READ_TRAIL = "read_trail"  # who did what

    # Work.
    BE_STAFF = "be_staff"  # pages of everybody with a post
    SEARCH = "search"  # look for a case
    SEE_AREA = "see_area"  # the cases of the area a seat covers
    SEE_HELD = "see_held"  # the cases a unit of one's own holds
    SEE_SENT = "see_sent"  # the cases a unit of one's own was sent
    TAKE_IN = "take_in"  # answer the phone, accept, ask, merge
    EXCHANGE_ORDERS = "exchange_orders"  # orders of 12345: bring in, say back, reconcile
    CALL_BACK = "call_back"  # ask how it was done
    SEND = "send"  # dispatch
    HANDLE = "handle"  # take, return, finish
    SEE_GUESTS = "see_guests"  # which units without accounts have a link, and who opened it
    CHECK = "check"  # look at others' work from the centre
    CLOSE = "close"  # end what was checked
    RULE = "rule"  # settle a dispute; end by force; leave out of the figures
    DECIDE = "decide"  # settle an appeal
    READ_PRECEDENTS = "read_precedents"  # what was ruled before
    APPROVE_HANG = "approve_hang"  # let a case hang
    APPROVE_EXTENSION = "approve_extension"  # give a unit more time
    SEE_HUNG = "see_hung"  # what hangs, and until when
    ANSWER_FOR_COMMUNITY = "answer_for_community"  # where no grid is known; pass what was settled
    WALK_GRID = "walk_grid"  # the pages of the phone, one's own grid
    BE_ASKED = "be_asked"  # whether it is so, at the place
    KEEP_MOVING = "keep_moving"  # somebody with this in a unit can move its queue on
    SEE_CONTACT = "see_contact"  # how to reach a reporter, for a purpose
    SEE_OVERDUE = "see_overdue"  # what is late in one's area
    SEE_OPEN = "see_open"  # what is under way, and what ended
    OVERSEE = "oversee"  # that restricted cases exist; how the areas stand
    WHISTLE = "whistle"  # call units to a place in the name of the street, and score them
    READ_VALUE = "read_value"  # how right the advice was
    READ_FIGURES = "read_figures"  # what the work of one's area comes to
    READ_TOPICS = "read_topics"  # what many talk of
    TRY_ROUTES = "try_routes"  # what routing rules would have done
    TUNE_ADVICE = "tune_advice"  # how sure it must be, what it learns from
    NAME_PLACES = "name_places"  # what a place is called, too
    READ_ROTA = "read_rota"  # who is on duty in one's own unit; one's own shifts, swaps, calls
    KEEP_ROTA = "keep_rota"  # who is on duty when, in one's own unit
    KEEP_ROTAS_BELOW = "keep_rotas_below"  # and in the units below the centre
    BE_CALLED_AS_CHIEF = "be_called_as_chief"  # at night, where nobody on duty in the unit answers
    BE_CALLED_LAST = "be_called_last"  # and where no duty chief does
    SWITCH_EMERGENCY = "switch_emergency"  # on and off, roll call, notices, major cases
    SEE_EMERGENCY = "see_emergency"  # what runs in the area one works in
    KEEP_VIEWS = "keep_views"  # remove a view of a list that somebody of one's unit shared
    SEE_WORK_PHONE = "see_work_phone"  # the phone of a colleague, for a purpose
    READ_KNOWLEDGE = "read_knowledge"  # questions with their answers, for staff too
    KEEP_KNOWLEDGE = "keep_knowledge"  # write them, for one's own unit
    KEEP_ALL_KNOWLEDGE = "keep_all_knowledge"  # and for every unit
    REVIEW_KNOWLEDGE = "review_knowledge"  # publish what another wrote
    KEEP_TEMPLATES = "keep_templates"  # stretches of answers with slots


@dataclass(frozen=True, slots=True)
class Granted:
    """Whose a right is; `who` is how a refusal names them."""

    roles: frozenset[Role]
    who: str = ""


_STAFF = frozenset(Role) - {Role.RESIDENT}
_WORKING = _STAFF - ADMINISTRATORS
_CLERK = Role.COMMUNITY_CLERK


def _to(*roles: Role, who: str = "") -> Granted:
    return Granted(frozenset(roles), who)


GRANTED: dict[Right, Granted] = {
    Right.ADMINISTER: Granted(ADMINISTRATORS, "管理员"),
    Right.SET_UP: _to(Role.SYSTEM_ADMINISTRATOR, who="系统管理员"),
    Right.TEND_TASKS: _to(Role.SYSTEM_ADMINISTRATOR, who="系统管理员"),
    Right.KEEP_BACKUPS: _to(Role.SYSTEM_ADMINISTRATOR, who="系统管理员"),
    Right.KEEP_POSTS: _to(
        Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, who="系统管理员或安全管理员"
    ),
    Right.KEEP_ACCOUNTS: _to(Role.SECURITY_ADMINISTRATOR, who="安全管理员"),
    Right.READ_ACCOUNTS: _to(
        Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, who="安全管理员或审计管理员"
    ),
    Right.ERASE: _to(Role.SECURITY_ADMINISTRATOR, who="安全管理员"),
    Right.READ_TRAIL: _to(Role.AUDIT_ADMINISTRATOR, who="审计管理员"),
    Right.BE_STAFF: Granted(_STAFF),
    Right.SEARCH: Granted(_WORKING),
    Right.SEE_AREA: Granted(_WORKING - {Role.HANDLER}),
    Right.SEE_HELD: _to(Role.ACCEPTOR, Role.DISPATCHER),
    Right.SEE_SENT: _to(Role.HANDLER, _CLERK),
    Right.TAKE_IN: _to(Role.ACCEPTOR, _CLERK),
    Right.EXCHANGE_ORDERS: _to(Role.ACCEPTOR, Role.SUPERVISOR, who="街道网格中心的受理员或值班长"),
    Right.CALL_BACK: _to(Role.ACCEPTOR),
    Right.SEND: _to(Role.DISPATCHER, _CLERK),
    Right.HANDLE: _to(Role.HANDLER, _CLERK),
    Right.SEE_GUESTS: _to(Role.DISPATCHER, Role.SUPERVISOR, _CLERK),
    Right.CHECK: _to(Role.CHECKER),
    Right.CLOSE: _to(Role.ACCEPTOR, Role.SUPERVISOR),
    Right.RULE: _to(Role.SUPERVISOR, who="街道网格中心的值班长"),
    Right.DECIDE: _to(Role.SUPERVISOR, Role.LEADER, who="街道网格中心的值班长或领导"),
    Right.READ_PRECEDENTS: _to(Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER),
    Right.APPROVE_HANG: _to(Role.SUPERVISOR),
    Right.APPROVE_EXTENSION: _to(Role.DISPATCHER, Role.SUPERVISOR),
    Right.SEE_HUNG: _to(Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER, Role.HANDLER, _CLERK),
    Right.ANSWER_FOR_COMMUNITY: _to(_CLERK),
    Right.WALK_GRID: _to(Role.GRID_WORKER),
    Right.BE_ASKED: _to(Role.GRID_WORKER, _CLERK),
    Right.KEEP_MOVING: Granted(_WORKING - {Role.GRID_WORKER, Role.LEADER}),
    Right.SEE_CONTACT: _to(Role.ACCEPTOR, _CLERK, Role.CHECKER, Role.SUPERVISOR),
    Right.SEE_OVERDUE: Granted(_WORKING - {Role.GRID_WORKER, Role.HANDLER}),
    Right.SEE_OPEN: Granted(_WORKING),
    Right.OVERSEE: _to(Role.SUPERVISOR, Role.LEADER),
    Right.WHISTLE: _to(Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER),
    Right.READ_VALUE: _to(Role.SUPERVISOR, Role.LEADER),
    Right.READ_FIGURES: _to(Role.SUPERVISOR, Role.LEADER, _CLERK),
    Right.READ_TOPICS: Granted(_WORKING - {Role.GRID_WORKER, Role.HANDLER, Role.CHECKER}),
    Right.TRY_ROUTES: _to(Role.SUPERVISOR, Role.LEADER, who="系统管理员、值班长或领导"),
    Right.TUNE_ADVICE: _to(Role.SUPERVISOR),
    Right.NAME_PLACES: _to(Role.ACCEPTOR, _CLERK, Role.GRID_WORKER, Role.SUPERVISOR),
    Right.READ_ROTA: Granted(_WORKING),
    Right.KEEP_ROTA: _to(Role.SUPERVISOR, _CLERK, who="值班长或本单位的社区工作人员"),
    Right.KEEP_ROTAS_BELOW: _to(Role.SUPERVISOR, who="值班长"),
    Right.BE_CALLED_AS_CHIEF: _to(Role.SUPERVISOR),
    Right.BE_CALLED_LAST: _to(Role.LEADER),
    Right.SWITCH_EMERGENCY: _to(Role.SUPERVISOR, Role.LEADER, who="值班长或领导"),
    Right.SEE_EMERGENCY: Granted(_WORKING),
    Right.KEEP_VIEWS: _to(Role.SUPERVISOR, _CLERK, who="值班长或本单位的社区工作人员"),
    Right.SEE_WORK_PHONE: Granted(_WORKING),
    Right.READ_KNOWLEDGE: Granted(_WORKING - {Role.GRID_WORKER}),
    Right.KEEP_KNOWLEDGE: _to(
        Role.ACCEPTOR, Role.SUPERVISOR, Role.HANDLER, _CLERK, who="受理员、值班长或归口单位的人"
    ),
    Right.KEEP_ALL_KNOWLEDGE: _to(Role.ACCEPTOR, Role.SUPERVISOR, who="受理员或值班长"),
    Right.REVIEW_KNOWLEDGE: _to(Role.SUPERVISOR, Role.LEADER, who="值班长或领导"),
    Right.KEEP_TEMPLATES: _to(Role.ACCEPTOR, Role.SUPERVISOR, who="受理员或值班长"),
}


@cache
def roles_with(*rights: Right) -> frozenset[Role]:
    """The roles that give at least one of these rights."""
    return frozenset(role for right in rights for role in GRANTED[right].roles)


def require(by: "Viewer", right: Right) -> None:
    """Raises NotPermitted, naming who may, unless the viewer has the right or is a task."""
    if not (by.is_system or by.may(right)):
        raise NotPermitted(_("这件事由%(who)s来做") % {"who": _(GRANTED[right].who)})

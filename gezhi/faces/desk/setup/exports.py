"""The lists of the setup as sheets: what the page shows, found by the same words; where people
stand in a list by name, what it is for is asked first and recorded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.setup.areas import area_tree
from gezhi.faces.desk.setup.audit import asked_of
from gezhi.faces.desk.setup.duties import class_name
from gezhi.faces.desk.setup.staff import with_posts
from gezhi.faces.desk.setup.trail import lines
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.login.factors import users_with_factor
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import typed_words
from gezhi.faces.shell.taking import Leaving, Rows, leave
from gezhi.ground.accounts import queries as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.audit import queries as trail
from gezhi.ground.codes.queries import term
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.duties.cells import cells_of, titles_of
from gezhi.records.duties.listing import DUTIES
from gezhi.records.duties.queries import found_duties, found_routes, route_lines
from gezhi.records.duties.routes_sheet import ROUTES
from gezhi.records.posts.queries import appointments, found_posts, staffed_unit_ids
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.units.queries import all_units
from gezhi.records.units.rules import OFFICE_HOURS, text_from_spans

_CHUNK = 200
_STAFF = roles_with(Right.BE_STAFF)
_MOST_OF_TRAIL = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: for whom, under which headings, its rows for a request."""

    name: str | Promise
    roles: frozenset[Role]
    titles: Callable[[], list[str]]
    rows: Callable[[HttpRequest, Viewer], Rows]
    verb: str
    page: str
    # Of the headings those under which people stand. A unit's own phone and address are public.
    personal: Callable[[], tuple[str, ...]] = tuple


@require_http_methods(["GET", "POST"])
@staff_only()
def export(request: HttpRequest, what: str) -> HttpResponseBase:
    """One list of the setup as a sheet; Unseen for a list the viewer does not have."""
    viewer = viewer_in(request)
    sheet = SHEETS.get(what)
    if sheet is None or not viewer.roles & sheet.roles:
        raise Unseen("")
    return leave(
        request,
        viewer,
        Leaving(
            name=str(sheet.name),
            columns=[Column(title, personal=title in sheet.personal()) for title in sheet.titles()],
            rows=partial(sheet.rows, request, viewer),
            verb=sheet.verb,
            back_url=reverse(f"desk:setup:{sheet.page}"),
            detail={"filtered": sorted(set(request.GET) - {"page", "after"})},
        ),
    )


def _units(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    rows = list(all_units(viewer, typed_words(request)))
    staffed = staffed_unit_ids([row.pk for row in rows if row.is_open])
    for row in rows:
        yield (
            row.name, row.short_name, row.get_kind_display(), row.area.name,
            row.parent.name if row.parent else "", text_from_spans(row.hours or OFFICE_HOURS),
            row.public_phone, row.address,
            (_("有人") if row.pk in staffed else _("没有人")) if row.is_open else _("已撤并"),
            row.opened_at, row.closed_at, row.successor.name if row.successor else "",
        )  # fmt: skip


def _areas(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    drawn = {True: _("已画"), False: _("没有")}
    for street, communities in area_tree(viewer, typed_words(request)):
        for community, has_border, grids in communities:
            yield street.name, community.name, "", community.code, drawn[has_border]
            for grid, is_drawn in grids:
                yield street.name, community.name, grid.name, grid.code, drawn[is_drawn]


def _duties(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    for row in found_duties(viewer, typed_words(request)):
        yield (
            row.class_code, class_name(row.class_code), row.name, row.area.name, row.area.code,
            row.get_list_kind_display(), row.lead_unit.name,
            "、".join(unit.name for unit in row.assist_units.all()),
            row.legal_basis, row.valid_from, row.valid_to,
        )  # fmt: skip


def _routes(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    show = request.GET.get("show", "")
    for line in route_lines(found_routes(viewer, typed_words(request), show=show)):
        duty = line.route.duty.name if line.route.duty else ""
        sentence = f"{line.condition} → {line.outcome}"
        yield *cells_of(line.route), duty, line.route.get_state_display(), sentence


def _posts(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    only_vacant = request.GET.get("show") == "vacant"
    rows = found_posts(viewer, typed_words(request), only_vacant=only_vacant)
    people: dict[int, list[User]] = {}
    for held in appointments(viewer):
        people.setdefault(held.post_id, []).append(held.user)
    for row in rows:
        profession = term("professions", row.profession) if row.profession else None
        here = people.get(row.pk, [])
        yield (
            row.name, row.unit.name, str(ROLE_NAMES[Role(row.role)]), row.area.name,
            profession.label if profession else "", row.meeting_words,
            "、".join(user.name for user in here), "、".join(user.staff_number for user in here),
            "" if here else _("空缺"),
        )  # fmt: skip


def _people(request: HttpRequest, viewer: Viewer) -> Iterator[list[tuple[User, list[str]]]]:
    """The people of the list with their posts, a page at a time."""
    after, words = "", typed_words(request)
    only = accounts.locked_user_ids(viewer) if request.GET.get("show") == "locked" else None
    while True:
        page = accounts.listed(viewer, words, only=only, after=after, size=_CHUNK)
        yield with_posts(page.rows)
        after = page.after
        if not after:
            return


def _staff(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    for user, held in chain.from_iterable(_people(request, viewer)):
        state = _("在用") if user.is_active else _("已停用")
        if user.is_active and user.must_change_password:
            state = _("还没换过临时密码")
        yield user.staff_number, user.name, "、".join(held), state


def _accounts(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    locked = accounts.locked_user_ids(viewer)
    for people in _people(request, viewer):
        secured = users_with_factor({user.pk for user, _held in people})
        for user, held in people:
            factor = _("有") if user.pk in secured else _("没有")
            state = (
                _("已锁定") if user.pk in locked else _("在用") if user.is_active else _("已停用")
            )
            yield user.staff_number, user.name, "、".join(held), state, factor, user.last_login


def _trail(request: HttpRequest, viewer: Viewer) -> Iterator[Sequence[Cell]]:
    asked, after, left = asked_of(request, viewer), "", _MOST_OF_TRAIL
    while asked is not None and left > 0:
        page = trail.entries(viewer, asked, after=after, size=_CHUNK)
        for line in lines(viewer, page.rows):
            yield (
                line.moment, line.who, line.what, _("被拒绝") if line.refused else "",
                line.subject, line.unit,
                "，".join(f"{name} {value}" for name, value in line.details), line.purpose,
            )  # fmt: skip
        after, left = page.after, left - len(page.rows)
        if not after:
            return


# Under the headings it is brought in by, so that it can be changed and sent back.
_of_list = DUTIES.title_of
_THE_REST = ("list_kind", "lead_unit", "assist_units", "legal_basis", "valid_from")
_ADMIN = roles_with(Right.SET_UP)
_POST_KEEPERS = roles_with(Right.KEEP_POSTS)
SHEETS = {
    "units": Sheet(
        gettext_lazy("单位"), _ADMIN,
        lambda: [_("单位"), _("简称"), _("类别"), _("所在区域"), _("上级"), _("工作时间"),
                 _("对外电话"), _("办公地址"), _("状况"), _("建立时间"), _("撤并时间"), _("继任单位")],
        _units, "units.export", "units",
    ),
    "areas": Sheet(
        gettext_lazy("区域和网格"), _ADMIN,
        lambda: [_("街道"), _("社区"), _("网格"), _("代码"), _("边界")],
        _areas, "places.export", "areas",
    ),
    "duties": Sheet(
        gettext_lazy("权责清单"), _STAFF,
        lambda: [_of_list("class_code"), _("类别"), _of_list("name"), _of_list("area"),
                 _("区域代码"), *(_of_list(name) for name in _THE_REST), _("到哪天止")],
        _duties, "duties.export", "duties",
    ),
    "routes": Sheet(
        gettext_lazy("派单规则"), _STAFF,
        lambda: [*titles_of(ROUTES.fields), _("引用的权责"), _("状态"), _("读作")],
        _routes, "duties.export_routes", "routes",
    ),
    "posts": Sheet(
        gettext_lazy("岗位"), _POST_KEEPERS,
        lambda: [_("岗位"), _("单位"), _("角色"), _("负责区域"), _("专业力量"), _("何时何处可见"),
                 _("在岗"), _("工号"), _("空缺")],
        _posts, "posts.export", "posts", personal=lambda: (_("在岗"),),
    ),
    "staff": Sheet(
        gettext_lazy("人员"), _ADMIN,
        lambda: [_("工号"), _("姓名"), _("岗位"), _("账号")],
        _staff, "accounts.export", "staff", personal=lambda: (_("姓名"),),
    ),
    "accounts": Sheet(
        gettext_lazy("账号"), roles_with(Right.KEEP_ACCOUNTS),
        lambda: [_("工号"), _("姓名"), _("岗位"), _("状况"), _("动态码"), _("上次登录")],
        _accounts, "accounts.export", "accounts", personal=lambda: (_("姓名"),),
    ),
    "audit": Sheet(
        gettext_lazy("留痕"), roles_with(Right.READ_TRAIL),
        lambda: [_("时间"), _("谁"), _("做了什么"), _("结果"), _("对象"), _("单位"), _("详情"),
                 _("用途")],
        _trail, "audit.export", "audit", personal=lambda: (_("谁"),),
    ),
}  # fmt: skip

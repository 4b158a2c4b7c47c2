"""The first page of the administrators: what is set up, what comes next, what is amiss."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gezhi.faces.shell import figures
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.encryption import authority, in_force
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.sender import hides_senders
from gezhi.ground.backups import queries as backups
from gezhi.ground.codes.queries import unannounced
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import ADMINISTRATORS, Viewer
from gezhi.work.cases.watching import stranded


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One thing to set up: how far it is, and the page that does it."""

    title: str
    text: str
    url: str
    is_done: bool


@require_GET
@staff_only(Right.ADMINISTER)
def home(request: HttpRequest) -> HttpResponse:
    """The system administrator's list of steps; the others' own pages."""
    viewer = viewer_in(request)
    context = {
        "steps": _steps(viewer) if viewer.may(Right.SET_UP) else [],
        "stranded": bool(stranded()) if viewer.may(Right.SET_UP) else False,
        "backups": backups.worry() if viewer.may(Right.KEEP_BACKUPS) else None,
        "undone": figures.counts("undone", viewer).get("undone"),
        "is_security": viewer.may(Right.KEEP_ACCOUNTS),
        "is_audit": viewer.may(Right.READ_TRAIL),
        "hidden": viewer.may(Right.SET_UP) and hides_senders(),
        # Red for every administrator; how the rest is done is the system administrator's.
        "encryption": in_force(),
        "authority": authority() if viewer.may(Right.SET_UP) else None,
        "locked": figures.counts("locked", viewer).get("locked"),
    }
    return render(request, "desk/setup/home.html", context)


def _steps(viewer: Viewer) -> list[SetupStep]:
    communities, grids = _numbers("places", viewer, "communities", "grids")
    units, empty = _numbers("units", viewer, "open", "empty")
    people, closed = _numbers("accounts", viewer, "all", "closed")
    posts, vacant = _numbers("posts", viewer, "all", "vacant")
    (duties,) = _numbers("duties", viewer, "all")
    (packs,) = _numbers("packs", viewer, "in force")
    missing = unannounced()
    return [
        SetupStep(
            _("区域和网格"),
            _("%(communities)s 个社区，%(grids)s 个网格。没有地图也行：按小区和楼栋划。")
            % {"communities": communities, "grids": grids},
            reverse("desk:setup:areas"),
            bool(communities and grids),
        ),
        SetupStep(
            _("单位和工作时间"),
            ngettext("%(units)s 个单位", "%(units)s 个单位", units) % {"units": units}
            + (_("，其中 %(empty)s 个还没有人。") % {"empty": empty} if empty else _("。")),
            reverse("desk:setup:units"),
            units > 1,
        ),
        SetupStep(
            _("人员"),
            _("%(people)s 个账号") % {"people": people}
            + (_("，其中 %(closed)s 个已停用") % {"closed": closed} if closed else "")
            + _("。可以一个个建，也可以用 Excel 一起导入。"),
            reverse("desk:setup:staff"),
            people - closed > len(ADMINISTRATORS),
        ),
        SetupStep(
            _("岗位和任职"),
            _("%(posts)s 个岗位，%(vacant)s 个空缺。") % {"posts": posts, "vacant": vacant},
            reverse("desk:setup:posts"),
            posts > 0 and not vacant,
        ),
        SetupStep(
            _("权责清单"),
            _("%(duties)s 条。派单时自动推荐主办单位，退单时引用依据。") % {"duties": duties},
            reverse("desk:setup:duties"),
            bool(duties),
        ),
        SetupStep(
            _("时限和放假"),
            _limits_words(packs, missing),
            f"{reverse('desk:setup:calendar')}?year={missing[0]}"
            if missing
            else reverse("desk:setup:limits"),
            bool(packs) and not missing,
        ),
    ]


def _numbers(figure: str, viewer: Viewer, *names: str) -> tuple[int, ...]:
    counts = figures.counts(figure, viewer)
    return tuple(counts[name].number for name in names)


def _limits_words(packs: int, missing: list[int]) -> str:
    words = _("%(packs)s 个标准包在用。") % {"packs": packs}
    for year in missing:
        words += _("%(year)s 年的放假通知还没有填，用到它的时限都是暂定。") % {"year": year}
    return words

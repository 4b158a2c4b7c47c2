"""The entries of the setup pages in the rail, each for the administrators it is for."""

from django.utils.translation import gettext_lazy

from gezhi.faces.desk.registry import FirstPage, Room, SheetPage
from gezhi.faces.desk.setup.figures import FIGURES
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import ADMINISTRATORS

_SYSTEM = roles_with(Right.SET_UP)
_SECURITY = roles_with(Right.KEEP_ACCOUNTS)
_AUDIT = roles_with(Right.READ_TRAIL)
_STAFF = roles_with(Right.BE_STAFF)

_ENTRIES = (
    Entry(gettext_lazy("设置"), "desk:setup:home", "settings", 500, ADMINISTRATORS),
    Entry(gettext_lazy("区域和网格"), "desk:setup:areas", "map", 510, _SYSTEM),
    Entry(gettext_lazy("单位"), "desk:setup:units", "building", 520, _SYSTEM),
    Entry(gettext_lazy("人员"), "desk:setup:staff", "users", 530, _SYSTEM),
    Entry(gettext_lazy("岗位"), "desk:setup:posts", "id-card", 540, _SYSTEM | _SECURITY),
    Entry(
        gettext_lazy("权责清单"),
        "desk:setup:duties",
        "book",
        550,
        _STAFF - ADMINISTRATORS | _SYSTEM,
    ),
    Entry(
        gettext_lazy("派单规则"),
        "desk:setup:routes",
        "send",
        555,
        roles_with(Right.SET_UP, Right.SEND, Right.OVERSEE),
    ),
    Entry(gettext_lazy("时限"), "desk:setup:limits", "clock", 560, _SYSTEM),
    Entry(gettext_lazy("短信文字"), "desk:setup:messages", "document", 565, _SYSTEM),
    Entry(gettext_lazy("谁管这里"), "desk:setup:crew", "pin", 570, _STAFF - _SECURITY - _AUDIT),
    Entry(gettext_lazy("账号安全"), "desk:setup:accounts", "shield", 580, _SECURITY),
    Entry(gettext_lazy("删除反映人信息"), "desk:setup:erasing", "trash", 585, _SECURITY),
    Entry(gettext_lazy("角色"), "desk:setup:roles", "key", 590, _SECURITY | _AUDIT),
    Entry(gettext_lazy("留痕"), "desk:setup:audit", "document", 600, _AUDIT),
)

_SHEETS = (
    SheetPage("staff", "desk:setup:staff", outcome="desk/setup/_hand_out.html"),
    SheetPage(
        "duties",
        "desk:setup:duties",
        current_url="desk:setup:export",
        current_args=("duties",),
    ),
    SheetPage(
        "routes",
        "desk:setup:routes",
        current_url="desk:setup:export",
        current_args=("routes",),
    ),
)

_WORDING = Wording(
    verbs={
        "units.export": gettext_lazy("导出单位"),
        "places.export": gettext_lazy("导出区域和网格"),
        "posts.export": gettext_lazy("导出岗位"),
        "duties.export": gettext_lazy("导出权责清单"),
        "duties.export_routes": gettext_lazy("导出派单规则"),
        "accounts.export": gettext_lazy("导出人员或账号"),
        "audit.export": gettext_lazy("导出留痕"),
    }
)

ROOM = Room(
    name="setup",
    entries=_ENTRIES,
    figures=FIGURES,
    first_page=FirstPage("desk:setup:home", ADMINISTRATORS),
    sheets=_SHEETS,
    wording=_WORDING,
)

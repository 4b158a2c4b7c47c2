"""What roles are called, and how a name stands before the public; pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel import names, words
from gezhi.kernel.errors import Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer

ROLE_NAMES = {
    Role.RESIDENT: gettext_lazy("居民"),
    Role.GRID_WORKER: gettext_lazy("网格员"),
    Role.COMMUNITY_CLERK: gettext_lazy("社区经办"),
    Role.ACCEPTOR: gettext_lazy("受理员"),
    Role.DISPATCHER: gettext_lazy("派遣员"),
    Role.HANDLER: gettext_lazy("承办经办人"),
    Role.CHECKER: gettext_lazy("核查员"),
    Role.SUPERVISOR: gettext_lazy("值班长"),
    Role.LEADER: gettext_lazy("领导"),
    Role.SYSTEM_ADMINISTRATOR: gettext_lazy("系统管理员"),
    Role.SECURITY_ADMINISTRATOR: gettext_lazy("安全管理员"),
    Role.AUDIT_ADMINISTRATOR: gettext_lazy("审计管理员"),
}

# Posts a resident may be shown as "who looks after here" (3+10+N).
CREW_ROLES = frozenset({Role.GRID_WORKER, Role.COMMUNITY_CLERK, Role.HANDLER})


def fillable_roles(viewer: Viewer) -> frozenset[Role]:
    """Roles this viewer may fill posts of: work for the system administrator, the three
    administrators for the security administrator; all for the machine."""
    wanted: frozenset[Role] = frozenset()
    if viewer.is_system or viewer.may(Right.KEEP_ACCOUNTS):
        wanted |= ADMINISTRATORS
    if viewer.is_system or viewer.may(Right.SET_UP):
        wanted |= frozenset(Role) - ADMINISTRATORS - {Role.RESIDENT}
    return wanted


def fillable_by(viewer: Viewer) -> list[Role]:
    """The same in the order roles are named everywhere, without administrators'."""
    wanted = fillable_roles(viewer) - ADMINISTRATORS
    return [role for role in ROLE_NAMES if role in wanted]


def staff_role(text: str) -> str:
    """The role as stored; Invalid when unknown or the resident's."""
    if text not in list(Role) or text == Role.RESIDENT:
        raise Invalid(_("请选择岗位的角色"), field="role")
    return Role(text).value


def post_name(text: str) -> str:
    """The name of a post; refuses what `kernel.names` does, and over 60 signs."""
    return names.valid(text, most=60, empty=_("请填写岗位名称，不超过 60 个字"))


def meeting_words(text: str) -> str:
    """Where and when to be met, on one line; Invalid over 100 signs."""
    return words.line(text, field="meeting_words", most=100)


def is_administrator(role: str) -> bool:
    """Whether the role is one of the three that run the installation and do no business."""
    return role in ADMINISTRATORS

"""What the desk puts into the rail, and for whom."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.queues.rail import queue_entries
from gezhi.faces.desk.triage import advice_worth, topics
from gezhi.faces.shell import menu
from gezhi.ground.notices import queries as notices
from gezhi.kernel.viewer import ADMINISTRATORS, Role
from gezhi.work.cases.rules import OVERSEERS

_EVERYBODY = frozenset(Role) - {Role.RESIDENT}
_STAFF = _EVERYBODY - ADMINISTRATORS
_INTAKE = frozenset({Role.ACCEPTOR, Role.COMMUNITY_CLERK})


def register() -> None:
    """Called once when the app is ready."""
    menu.register(menu.Entry(_("今天要办的"), "desk:home", "home", 0, _STAFF))
    menu.register_source("desk.queues", 10, queue_entries)
    menu.register(menu.Entry(_("来电登记"), "desk:intake", "phone", 20, _INTAKE))
    menu.register(menu.Entry(_("热点"), "desk:topics", "chart", 25, frozenset(topics.READERS)))
    menu.register(
        menu.Entry(_("建议准不准"), "desk:worth", "light-bulb", 27, frozenset(advice_worth.READERS))
    )
    menu.register(menu.Entry(_("保密事项"), "desk:confidential", "lock", 22, OVERSEERS))
    menu.register(menu.Entry(_("查找"), "desk:search", "search", 30, _STAFF))
    menu.register(
        menu.Entry(
            _("通知"),
            "desk:notices",
            "bell",
            40,
            _EVERYBODY,
            count=lambda v: notices.unread_count(v) or None,
        )
    )
    menu.register(
        menu.Entry(
            _("没做成的任务"), "desk:failed", "warning", 80, frozenset({Role.SYSTEM_ADMINISTRATOR})
        )
    )

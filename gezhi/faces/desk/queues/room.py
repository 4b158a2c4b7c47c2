"""The viewer's queues in the rail; queues, what turns red first and the area's figures at home."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.queues import areas, list_page, rail, soonest
from gezhi.faces.desk.registry import HomePart, OwnEntries, Room
from gezhi.faces.shell.figures import Figure
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

_EVERYBODY = roles_with(Right.BE_STAFF)

ROOM = Room(
    name="queues",
    figures=(
        Figure("queues", _EVERYBODY, rail.queue_counts),
        Figure("areas", areas.OVERSEEING, areas.area_counts),
    ),
    own_entries=OwnEntries(10, rail.queue_entries),
    home=(
        HomePart(0, "desk/queues/_own.html", _EVERYBODY, rail.own_queues, column=True),
        HomePart(10, "desk/queues/_soonest.html", _EVERYBODY, soonest.soonest, column=True),
        HomePart(30, "desk/queues/_areas.html", areas.OVERSEEING, areas.areas, column=True),
    ),
    found=list_page.found_by,
    wording=Wording(
        verbs={
            "cases.export": _("导出事件清单"),
            "cases.print_list": _("打印事件清单"),
        },
        details={"queue": _("队列"), "rows": _("行数")},
    ),
)

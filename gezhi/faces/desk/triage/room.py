"""热点 and 建议准不准 in the rail; the hottest topics on the first page of whoever oversees."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import HomePart, Room
from gezhi.faces.desk.triage import topics
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="triage",
    head="desk/triage/_head.html",
    entries=(
        Entry(_("热点"), "desk:topics", "chart", 25, roles_with(Right.READ_TOPICS)),
        Entry(_("建议准不准"), "desk:value", "light-bulb", 27, roles_with(Right.READ_VALUE)),
    ),
    home=(
        HomePart(
            20,
            "desk/triage/_digest.html",
            roles_with(Right.READ_VALUE),
            topics.digest,
        ),
    ),
    notices={
        "triage_fell": "desk:value",
        "triage_learn": "desk:value",
        "triage_digest": "desk:topics",
    },
    wording=Wording(verbs={"triage.export": _("导出热点或建议成效")}),
)

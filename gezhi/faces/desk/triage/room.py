"""热点 and 建议准不准 in the rail; the hottest topics on the first page of whoever oversees."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import HomePart, Room
from gezhi.faces.desk.triage import advice_worth, topics
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.viewer import Role

ROOM = Room(
    name="triage",
    head="desk/triage/_head.html",
    entries=(
        Entry(_("热点"), "desk:topics", "chart", 25, frozenset(topics.READERS)),
        Entry(_("建议准不准"), "desk:worth", "light-bulb", 27, frozenset(advice_worth.READERS)),
    ),
    home=(
        HomePart(
            20,
            "desk/triage/_digest.html",
            frozenset({Role.LEADER, Role.SUPERVISOR}),
            topics.digest,
        ),
    ),
)

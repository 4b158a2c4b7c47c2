"""12345 工单 in the rail, and where its sheets lead."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.orders.listing import case_named
from gezhi.faces.desk.orders.mappings import offered
from gezhi.faces.desk.registry import Room, SheetPage
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with
from gezhi.work.orders.listing import NAME

_EXCHANGES = roles_with(Right.EXCHANGE_ORDERS)

ROOM = Room(
    name="orders",
    named=case_named,
    entries=(Entry(_("12345 工单"), "desk:orders", "phone", 26, _EXCHANGES),),
    sheets=(
        SheetPage(
            NAME,
            "desk:orders",
            outcome="desk/orders/_outcome.html",
            looked_at="desk/orders/_looked_at.html",
            shown=offered,
        ),
    ),
)

"""值班 in the rail; on the first page of whoever has a shift soon or is asked for a swap."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import HomePart, Room, SheetPage
from gezhi.faces.desk.rota.own import own_duty
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

_READERS = roles_with(Right.READ_ROTA)

ROOM = Room(
    name="rota",
    head="desk/rota/_head.html",
    entries=(Entry(_("值班"), "desk:rota", "calendar", 28, _READERS),),
    sheets=(SheetPage("rota", "desk:rota", current_url="desk:rota_export"),),
    home=(HomePart(0, "desk/rota/_own_home.html", _READERS, own_duty, above=True),),
    notices=dict.fromkeys(("rota_gap", "rota_ends", "rota_changed", "rota_swap_asked", "rota_swap_agreed", "rota_swap_refused"), "desk:rota"),
    wording=Wording(
        verbs={"posts.export_rota": _("导出值班表"), "posts.print_rota": _("打印值班表")}
    ),
)  # fmt: skip

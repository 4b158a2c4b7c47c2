"""知识库 in the rail of whoever reads it; its notices lead here."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room, SheetPage
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="knowledge",
    entries=(Entry(_("知识库"), "desk:knowledge", "book", 29, roles_with(Right.READ_KNOWLEDGE)),),
    sheets=(SheetPage("articles", "desk:knowledge_drafts", "desk:knowledge_export"),),
    wording=Wording(verbs={"knowledge.export": _("导出知识库")}),
    notices={
        "knowledge_review": "desk:knowledge_due",
        "knowledge_expired": "desk:knowledge_ended",
    },
)

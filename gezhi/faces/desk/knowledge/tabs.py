"""The pages of the room as tabs, with how many wait."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.shell.parts import Tab
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge import queries


def tabs(viewer: Viewer, here: str) -> list[Tab]:
    """Lists and templates; a number stands where somebody has to do something."""
    waiting = queries.counts(viewer)
    pages = (
        ("knowledge", _("在用的"), None),
        ("knowledge_drafts", _("等人审的"), waiting["drafts"]),
        ("knowledge_due", _("该复审的"), waiting["due"]),
        ("knowledge_ended", _("停用的"), None),
        ("answer_templates", _("答复模板"), None),
    )
    return [
        Tab(label, reverse(f"desk:{name}"), number or None, name == here)
        for name, label, number in pages
    ]

"""A swap asked of a colleague, the same on every face: what one's shift may be given for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.duty import shift_words
from gezhi.faces.shell.page_form import PageForm
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import actions
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.rota_queries import ShiftLine

_MOST_SHIFTS = 20


class SwapForm(PageForm):
    """What to give one's shift for: a shift of a colleague's, or a colleague who takes it over."""

    given = forms.ChoiceField(label=gettext_lazy("和谁换"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("given", choices)

    def row_of(self, field: str) -> str:
        """Everything is about the one row."""
        return "given"

    @property
    def chosen(self) -> dict[str, int]:
        """The argument of the action."""
        kind, pk = self.cleaned_data["given"].split("-")
        return {"for_shift_id" if kind == "shift" else "of_user_id": int(pk)}


def swap_choices(viewer: Viewer, shift: ShiftLine) -> list[tuple[str, str]]:
    """The next shifts of colleagues on the same rota, then each colleague who may take it over."""
    others = queries.colleagues_shifts(viewer, shift)[:_MOST_SHIFTS]
    found = [
        (
            f"shift-{one.id}",
            _("换%(name)s的 %(when)s")
            % {"name": one.user_name, "when": shift_words(one.from_at, one.to_at)},
        )
        for one in others
    ]
    return found + [
        (f"user-{user.pk}", _("请%(name)s替这一班，不还") % {"name": user.name})
        for user in queries.colleagues(viewer, shift)
    ]


def swap_was_asked(request: HttpRequest, form: SwapForm, shift_id: int, viewer: Viewer) -> bool:
    """Ask what was sent, and say so; False where nothing was sent or the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        actions.ask_swap(shift_id=shift_id, by=viewer, **form.chosen)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("问出去了，对方同意以后才算换好；没答应之前还是您的班。"))
    return True

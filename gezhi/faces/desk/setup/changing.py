"""Changing a pack in the browser: what is typed, what it would change, then done; never in place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import menu
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.codes import actions, queries
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Refusal, Unseen

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changes: what, from which words to which."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows a change writes and takes away, with its lines for whoever looks at it first."""

    changes: Sequence[RowOfTerm]
    lines: Sequence[Line]
    removed: Sequence[Key] = ()


class ChangeForm(PageForm):
    """Why, from which day on, and the version it was thought out on."""

    reason = forms.CharField(
        label=gettext_lazy("为什么改"),
        max_length=200,
        help_text=gettext_lazy("写文件号或缘由，留在改动记录里。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    begins = forms.DateField(
        label=gettext_lazy("从哪天起用"),
        required=False,
        help_text=gettext_lazy("不填就是马上。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    pack = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, pack_id: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["pack"].initial = pack_id
        self.reason_last()

    def reason_last(self) -> None:
        """Reason and day come after what a page adds of its own."""
        names = [name for name in self.fields if name not in ("reason", "begins", "pack")]
        self.order_fields([*names, "reason", "begins", "pack"])

    def renew(self, pack_id: int) -> None:
        """After somebody else was faster: what was typed stays, thought out on the new version."""
        data: Any = self.data
        data = data.copy()
        data["pack"] = str(pack_id)
        self.data = data


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of change is made of: the dictionary whose pack it changes, its template and
    context, its words, the way back."""

    dictionary: str
    template: str
    context: dict[str, Any]
    title: str
    note: str
    back_url: str
    # The page whose entry the menu stands on.
    menu: str = "desk:setup:limits"


def change(
    request: HttpRequest, page: Page, form: ChangeForm, plan: Callable[[], Plan]
) -> HttpResponse:
    """Show the form; sent once it shows what would change, sent from there it does it.

    A refusal stands on its row with everything typed kept (422); when somebody else changed the
    pack since, the answer is 409 and the next try is thought out on theirs.
    """
    menu.stand_at(request, reverse(page.menu))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _planned(request, page, form, plan())
            except Conflict as refusal:
                form.refuse(refusal)
                queries.forget()
                form.renew(running_pack(page.dictionary))
                status = 409
            except Refusal as refusal:
                form.refuse(refusal)
    context = {"form": form, "title": page.title, "back_url": page.back_url, **page.context}
    return render(request, page.template, context, status=status)


def _planned(request: HttpRequest, page: Page, form: ChangeForm, plan: Plan) -> HttpResponse:
    if not plan.lines:
        raise Invalid(_("和现在的一样，没有要改的"))
    data = form.cleaned_data
    reason = actions.valid_reason(data["reason"])
    if request.POST.get("confirmed") != "yes":
        actions.refuse_overtaken(data["pack"])
        context = {
            "title": page.title,
            "lines": plan.lines,
            "note": page.note,
            "reason": reason,
            "begins": data["begins"] if data["begins"] != clock.today() else None,
            "hidden": hidden(request),
            "back_url": page.back_url,
        }
        return render(request, "desk/setup/change_confirm.html", context)
    actions.amend(
        pack_id=data["pack"],
        changes=plan.changes,
        removed=plan.removed,
        reason=reason,
        begins=data["begins"],
        by=viewer_in(request),
    )
    if data["begins"] and data["begins"] > clock.today():
        words = _("已定，%(day)s 起用；在那之前可以撤回。") % {"day": data["begins"].isoformat()}
    else:
        words = _("已启用。改错了可以在“改动记录”里换回去。")
    messages.success(request, words)
    return HttpResponseRedirect(page.back_url, status=303)


def running_pack(dictionary: str) -> int:
    """The pack in force that holds a dictionary; Unseen where none does.

    The same one the rows of this request are read from: what is typed on them counts for no other.
    """
    pack = queries.pack_holding(dictionary)
    if pack is None:
        raise Unseen("")
    return pack.id


def hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again with a yes."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "confirmed")
        for value in values
    ]


def row_of(term: TermRow) -> RowOfTerm:
    """A row in force as a pack's row, to be changed into the next one."""
    return RowOfTerm(
        term.dictionary, term.code, term.name, term.name_en, term.parent_code, term.order,
        dict(term.data),
    )  # fmt: skip


def rows_of(terms: Iterable[TermRow]) -> list[RowOfTerm]:
    """Rows in force as a pack's rows."""
    return [row_of(term) for term in terms]

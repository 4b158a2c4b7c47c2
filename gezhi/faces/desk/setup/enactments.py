"""The history of limits, classes and calendar: who changed what and why, and the way back."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup.changing import Line
from gezhi.faces.desk.setup.figure_words import figure_name, figure_words
from gezhi.faces.desk.setup.limits import limit_words, tabs, under
from gezhi.faces.desk.setup.messages import DICTIONARY as MESSAGES
from gezhi.faces.desk.setup.messages import said
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.parts import Tab
from gezhi.ground.accounts.queries import names
from gezhi.ground.codes import actions, history
from gezhi.ground.codes.history import EnactmentLine
from gezhi.ground.codes.holidays import ARRANGEMENT
from gezhi.ground.codes.queries import pack_in_force
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right

PACKS = {
    "limits": gettext_lazy("环节时限和数字"),
    "matters": gettext_lazy("各类事项"),
    "calendar": gettext_lazy("放假和调休"),
    "messages": gettext_lazy("短信文字"),
}
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class EnactmentWords:
    """One time a version was put in force, in words."""

    enactment: EnactmentLine
    who: str
    lines: tuple[Line, ...]
    more: int


class ReasonForm(PageForm):
    """Why the old version is wanted again."""

    reason = forms.CharField(label=gettext_lazy("为什么换回去"), max_length=200)
    running = forms.IntegerField(widget=forms.HiddenInput)


@require_GET
@staff_only(Right.SET_UP)
def enactments(request: HttpRequest, name: str) -> HttpResponse:
    """What was in force when, with what changed, newest first."""
    _require(name)
    under(request)
    viewer = viewer_in(request)
    found = history.enactments(viewer, name)
    people = names({enactment.user_id for enactment in found if enactment.user_id})
    lines = [
        EnactmentWords(enactment, people.get(enactment.user_id or 0, _("系统")), tuple(told[:_SHOWN]), max(0, len(told) - _SHOWN))
        for enactment in found
        for told in [[line_of(before, after) for before, after in enactment.changes]]
    ]  # fmt: skip
    context = {
        "tabs": tabs(viewer, reverse("desk:setup:enactments", args=["limits"])),
        "packs": [
            Tab(str(words), reverse("desk:setup:enactments", args=[one]), None, one == name)
            for one, words in PACKS.items()
        ],
        "lines": lines,
        "name": name,
        "running_pack": getattr(pack_in_force(name), "id", None),
    }
    return render(request, "desk/setup/enactments.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def enact_again(request: HttpRequest, name: str, pack_id: int) -> HttpResponse:
    """Put an older version in force again: shows what that changes, asks why."""
    _require(name)
    under(request)
    viewer = viewer_in(request)
    changes = history.version_of(viewer, name, pack_id)
    running = pack_in_force(name)
    back = reverse("desk:setup:enactments", args=[name])
    form = ReasonForm(request.POST or None, initial={"running": running.id if running else 0})
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_to(
                pack_id=pack_id,
                running_id=form.cleaned_data["running"],
                reason=form.cleaned_data["reason"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已换回去，马上起用。"))
            return HttpResponseRedirect(back, status=303)
    context = {
        "form": form,
        "title": _("换回以前的一版？"),
        "lines": [line_of(before, after) for before, after in changes],
        "back_url": back,
    }
    return render(request, "desk/setup/enact_again.html", context, status=form.status)


@staff_only(Right.SET_UP)
@posted_from("desk:setup:enactments", name="limits")
def withdraw(request: HttpRequest, enactment_id: int) -> HttpResponse:
    """Take back a change that waits for its day."""
    try:
        row = actions.withdraw(enactment_id=enactment_id, by=viewer_in(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        name = "limits"
    else:
        messages.success(request, _("已撤回，还按现在的。"))
        name = row.name
    return HttpResponseRedirect(reverse("desk:setup:enactments", args=[name]), status=303)


def line_of(before: RowOfTerm | None, after: RowOfTerm | None) -> Line:
    """A row that differs, in words."""
    row = after or before
    name = row.name if row else ""
    if row is not None and row.dictionary == "figures":
        name = figure_name(row.code, name)
    if row is not None and row.dictionary == "escalations":
        name = _("超时升级 %(level)s") % {"level": name}
    return Line(name, _words(before), _words(after))


def _words(row: RowOfTerm | None) -> str:
    if row is None:
        return "—"
    data = row.data
    if row.dictionary == ARRANGEMENT:
        off = (
            f"{data.get('off_from', '')}～{data.get('off_to', '')}" if data.get("off_from") else ""
        )
        worked = _("上班 %(days)s") % {"days": data["worked"]} if data.get("worked") else ""
        return "，".join(part for part in (off, worked) if part) or "—"
    if row.dictionary == "calendar_year":
        return _("已公布") if data.get("announced") == "yes" else _("还没公布")
    if row.dictionary == MESSAGES:
        receiver = "staff" if data.get("receiver") == "staff" else "reporter"
        both = [said(data[key], receiver) for key in ("text", "text_en") if data.get(key)]
        return "；".join(both)
    if row.dictionary == "figures":
        return figure_words(row.code, data)
    value = data.get("value", data.get("limit_value"))
    return limit_words(value, data.get("unit", data.get("limit_unit")))


def _require(name: str) -> None:
    if name not in PACKS:
        raise Unseen("")

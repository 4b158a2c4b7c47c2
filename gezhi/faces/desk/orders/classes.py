"""类别对照: their classes beside ours, holes first; each is settled on a page of its own."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.cases.deeds import classes as choosing
from gezhi.faces.desk.cases.deeds.classes import ClassRow
from gezhi.faces.shell import terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import numbered
from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.rights import Right
from gezhi.work.orders import actions, queries
from gezhi.work.orders import classes as matching


class ClassForm(PageForm):
    """Which class of ours it is: found by words and chosen, as where a case is accepted."""

    class_words = forms.CharField(
        label=gettext_lazy("当作我们的哪一类"), required=False, max_length=40
    )
    class_code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    needs_class = True

    @cached_property
    def chosen_class(self) -> ClassRow | None:
        """The class that is chosen now, as a row."""
        return choosing.by_code(self._typed("class_code"))

    @cached_property
    def found_classes(self) -> list[ClassRow]:
        """What the typed words find."""
        return choosing.find(self._typed("class_words"))

    def _typed(self, name: str) -> str:
        said = self.data if self.is_bound else self.initial
        return str(said.get(name) or "")[:40]

    def clean(self) -> dict[str, Any]:
        """One class: the chosen one, or the only one the words find."""
        cleaned = super().clean() or self.cleaned_data
        said = (cleaned.get("class_code") or "", cleaned.get("class_words") or "")
        cleaned["class_code"], problem = choosing.settled(*said)
        if problem:
            self.add_error("class_words", problem)
        return cleaned

    def row_of(self, field: str) -> str:
        """What is wrong with the class stands where it is looked for."""
        return "class_words" if field == "class_code" else field


@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def classes(request: HttpRequest) -> HttpResponse:
    """Every class of theirs that came."""
    viewer = viewer_in(request)
    page = numbered(request, matching.matches(viewer))
    came = matching.orders_of(viewer)
    context = {
        "lines": [
            (row, terms.label("matters", row.class_code), came.get(row.words, 0))
            for row in page.rows
        ],
        "page": page,
        "holes": matching.holes(viewer),
    }
    return render(request, "desk/orders/classes.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def settle(request: HttpRequest, class_match_id: int) -> HttpResponse:
    """Settle one; then, in a step of its own, for the open orders that came before it was."""
    viewer = viewer_in(request)
    row = queries.class_match(viewer, class_match_id)
    if request.method == "POST" and "class_open" in request.POST:
        return _class_open(request, row.pk)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "open_again" in sent:
        actions.settle(match_id=row.pk, class_code="", by=viewer)
        messages.success(request, _("改回没定了，以后来的工单由受理员归类。"))
        return HttpResponseRedirect(reverse("desk:order_classes"), status=303)
    form = ClassForm(sent, initial={"class_code": row.class_code})
    # Without scripts the words are looked for by a button.
    looks = sent is not None and "look" in sent
    if sent is not None and not looks and form.is_valid():
        try:
            row = actions.settle(
                match_id=row.pk, class_code=form.cleaned_data["class_code"], by=viewer
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("记下了，以后来的工单照这个归类。"))
            if matching.open_orders(viewer, row).to_class:
                return HttpResponseRedirect(reverse("desk:order_class", args=[row.pk]), status=303)
            return HttpResponseRedirect(reverse("desk:order_classes"), status=303)
    context = {
        "form": form,
        "row": row,
        "label": terms.label("matters", row.class_code),
        "open": matching.open_orders(viewer, row),
        "most": matching.AT_ONCE,
    }
    status = 200 if looks else form.status
    return render(request, "desk/orders/class.html", context, status=status)


def _class_open(request: HttpRequest, match_id: int) -> HttpResponse:
    viewer = viewer_in(request)
    try:
        done, left = actions.class_open(match_id=match_id, by=viewer)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("desk:order_class", args=[match_id]), status=303)
    said = ngettext("%(number)d 件事归好类了。", "%(number)d 件事归好类了。", done)
    messages.success(request, said % {"number": done})
    if left:
        return HttpResponseRedirect(reverse("desk:order_class", args=[match_id]), status=303)
    return HttpResponseRedirect(reverse("desk:order_classes"), status=303)

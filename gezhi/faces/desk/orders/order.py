"""One order: where its case is, what came when, what was said back; what a clerk adds."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.work.cases import actions as cases
from gezhi.work.cases.keys import derived
from gezhi.work.orders import actions, fields, queries, telling
from gezhi.work.orders.models import ReplyKind


class ReplyForm(PageForm, KeyedForm):
    """A reply by hand."""

    kind = forms.ChoiceField(
        label=gettext_lazy("写哪一种"),
        choices=[
            (ReplyKind.RETURN.value, gettext_lazy("退单：不归我们办")),
            (ReplyKind.EXTEND.value, gettext_lazy("延期：请他们宽限")),
            (ReplyKind.PROGRESS.value, gettext_lazy("办理过程：补一句")),
            (ReplyKind.FINISH.value, gettext_lazy("办结：补一段答复")),
        ],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label=gettext_lazy("理由或内容"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit_words = forms.CharField(
        label=gettext_lazy("建议哪个单位承办"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("退单要写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=gettext_lazy("申请延到哪一天"),
        required=False,
        help_text=gettext_lazy("延期要写，算到那天结束。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    basis = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CompleteForm(PageForm):
    """What no step of the case says."""

    unit_words = forms.CharField(
        label=gettext_lazy("建议哪个单位承办"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=500, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    said = forms.CharField(
        label=gettext_lazy("再补一句"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order with its versions, its replies and cases that may be the same matter."""
    viewer = viewer_in(request)
    row = queries.order(viewer, order_id)
    readable = queries.is_readable(viewer, row)
    replies = queries.replies(row) if readable else []
    told = telling.Teller().tell(replies)
    context: dict[str, Any] = {
        "row": row,
        "case": row.report.case,
        "readable": readable,
        "arrivals": [
            (one, [fields.title_of(name) for name in one.changed])
            for one in row.arrivals.order_by("-number")
        ],
        "replies": list(zip(replies, told, strict=True)),
        "alike": queries.alike(viewer, row),
        "hole": bool(row.class_words and not row.report.case.class_code),
    }
    return render(request, "desk/orders/order.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def reply(request: HttpRequest, order_id: int) -> HttpResponse:
    """Write a reply by hand; sent twice it is one."""
    viewer = viewer_in(request)
    row = queries.order(viewer, order_id)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.add(
                order_id=row.pk,
                kind=data["kind"],
                said=data["said"],
                unit_words=data["unit_words"],
                basis=data["basis"],
                until=queries.end_of(data["until"]) if data["until"] else None,
                key=form.key,
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("写好了，下次导出回件时带走。"))
            return HttpResponseRedirect(reverse("desk:order", args=[row.pk]), status=303)
    return render(request, "desk/orders/reply.html", {"form": form, "row": row}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def complete(request: HttpRequest, order_id: int, reply_id: int) -> HttpResponse:
    """Add to a reply that is not written yet what no step says."""
    viewer = viewer_in(request)
    row = queries.order(viewer, order_id)
    one = queries.reply(viewer, row, reply_id)
    told = telling.Teller().tell([one])[0]
    initial = {"unit_words": one.unit_words, "basis": one.basis or told.basis, "said": one.words}
    form = CompleteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.complete(
                reply_id=one.pk,
                said=data["said"],
                unit_words=data["unit_words"],
                basis=data["basis"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("补上了。"))
            return HttpResponseRedirect(reverse("desk:order", args=[row.pk]), status=303)
    context = {"form": form, "row": row, "told": told}
    return render(request, "desk/orders/complete.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def merge(request: HttpRequest, order_id: int, into_number: str) -> HttpResponse:
    """Have the order's case go into the one it is; asks first. Both receipts stand."""
    viewer = viewer_in(request)
    row = queries.order(viewer, order_id)
    number = row.report.case.number
    question = Question(
        title=_("并到这件里去？"),
        text=_(
            "这张工单的诉求并到 %(into)s 里一起办，受理号、查询码和他们的时限都留着；"
            "那一件每走一步，也照样回给热线。"
        )
        % {"into": into_number},
        deed=_("并过去"),
        done=_("并过去了，两张回执都在。"),
        back_url=reverse("desk:order", args=[row.pk]),
        kind="main",
    )
    return asked_first(
        request,
        question,
        lambda: cases.merge(
            number=number,
            into=into_number,
            by=viewer,
            key=derived("order.merge", row.pk, number, into_number),
        ),
    )

"""A case on the phone: what, where, the photos, and the deed the worker came for."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gezhi.faces.pocket.bar import frame, workers_only
from gezhi.faces.pocket.telling import short_words, steps
from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pictures import photos as pictures
from gezhi.faces.shell.uploads import prepare, stored_with
from gezhi.kernel.errors import NotPermitted, Refusal
from gezhi.work.cases import actions, queries
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed


class LookForm(KeyedForm):
    """What a look at the place brought: an answer, words, photos."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(label=gettext_lazy("您看到的"), widget=forms.RadioSelect)
    photos = PhotosField(label=gettext_lazy("现场照片"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("说一句"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, answers: list[tuple[str, Any]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["answer"]
        field.error_messages["required"] = _("请先选一项")
        if isinstance(field, forms.ChoiceField):
            field.choices = answers
        if not answers:
            field.required = False


VERIFY = [
    ("exists", gettext_lazy("属实，还在")),
    ("absent", gettext_lazy("没有这回事")),
    ("unclear", gettext_lazy("看不出来")),
]
CHECK = [("passed", gettext_lazy("办好了")), ("rework", gettext_lazy("没办好，退回重办"))]


@require_safe
@workers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case with its story in plain words; only deeds that can be done now have a button."""
    page = queries.case_page(viewer_in(request), number)
    return render(request, "pocket/case.html", _context(request, page))


def _context(request: HttpRequest, page: CasePage, **rest: Any) -> dict[str, Any]:
    viewer = viewer_in(request)
    first = page.voices[0] if page.voices else None
    return frame(
        request,
        page=page,
        row=page.row,
        first=first,
        photos=pictures(viewer, first.file_ids if first else (), _("反映时的照片")),
        steps=steps(page, viewer),
        may_verify=Deed.VERIFY in page.deeds,
        may_check=Deed.CHECK in page.deeds,
        may_settle=Deed.HANDLE_ON_THE_SPOT in page.deeds,
        sent="sent" in request.GET,
        short_words=short_words(
            page, request.build_absolute_uri(reverse("pocket:case", args=[page.case.number]))
        ),
        **rest,
    )


@workers_only
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """核实: exists, absent or unclear."""

    def deed(data: dict[str, Any], ids: list[int]) -> object:
        return actions.verify(
            number=number,
            by=viewer_in(request),
            key=data["key"],
            version=data["version"],
            answer=data["answer"],
            words=data["words"],
            photos=ids,
        )

    return _look(request, number, Deed.VERIFY, VERIFY, deed)


@workers_only
def check(request: HttpRequest, number: str) -> HttpResponse:
    """核查: others' work, passed or back to be done again."""

    def deed(data: dict[str, Any], ids: list[int]) -> object:
        return actions.check(
            number=number,
            by=viewer_in(request),
            key=data["key"],
            version=data["version"],
            passed=data["answer"] == "passed",
            words=data["words"],
            photos=ids,
        )

    return _look(request, number, Deed.CHECK, CHECK, deed)


@workers_only
def spot(request: HttpRequest, number: str) -> HttpResponse:
    """自行处置 of a matter somebody else reported in this grid."""

    def deed(data: dict[str, Any], ids: list[int]) -> object:
        return actions.handle_on_the_spot(
            number=number,
            by=viewer_in(request),
            key=data["key"],
            version=data["version"],
            words=data["words"],
            photos=ids,
        )

    return _look(request, number, Deed.HANDLE_ON_THE_SPOT, [], deed)


TITLES = {
    Deed.VERIFY: gettext_lazy("核实"),
    Deed.CHECK: gettext_lazy("核查"),
    Deed.HANDLE_ON_THE_SPOT: gettext_lazy("自行处置"),
}


def _look(
    request: HttpRequest,
    number: str,
    deed: Deed,
    answers: list[tuple[str, Any]],
    do: Callable[[dict[str, Any], list[int]], object],
) -> HttpResponse:
    viewer = viewer_in(request)
    page = queries.case_page(viewer, number)
    status = 200
    if request.method != "POST":
        if deed not in page.deeds:
            raise NotPermitted(_("这件事现在不需要您%(deed)s") % {"deed": TITLES[deed]})
        form = LookForm(answers, initial={"version": page.case.version})
    else:
        form = LookForm(answers, request.POST, request.FILES)
        form.is_valid()
        prepared = prepare(form.cleaned_data.get("photos") or [], form.cleaned_data.get("kept", ""))
        for fault in prepared.faults:
            form.add_error("photos", fault)
        status = 422
        if not form.errors:
            try:
                stored_with(prepared, by=viewer, deed=lambda ids: do(form.cleaned_data, ids))
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
            else:
                response = HttpResponseRedirect(reverse("pocket:today"))
                response.status_code = 303
                return response
    context = _context(
        request, page, form=form, title=TITLES[deed], deed=deed.value, has_answers=bool(answers)
    )
    return render(request, "pocket/look.html", context, status=status)

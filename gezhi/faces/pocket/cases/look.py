"""核实, 核查 and 自行处置 of a case that stands: what a look at the place brought."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.pocket.cases.case import case_context
from gezhi.faces.pocket.cases.telling import said_before, versions
from gezhi.faces.pocket.frame import see_other, workers_only
from gezhi.faces.pocket.report.choices import all_classes, found_by_words
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.uploads import Prepared, prepare
from gezhi.kernel.errors import Conflict, NotPermitted, Refusal, Unseen
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed
from gezhi.work.deeds.asked import Photos

Answers = tuple[tuple[str, str | Promise], ...]
# A look's one action, with what was typed and the photos, which it stores.
LookDone = Callable[[dict[str, Any], Photos], Step]


@dataclass(frozen=True, slots=True)
class Look:
    """One kind of look: its name, the answers it may bring, what words are asked for."""

    deed: Deed
    title: str | Promise
    words: str | Promise
    send: str | Promise
    answers: Answers = ()


VERIFY = Look(
    Deed.VERIFY,
    gettext_lazy("核实"),
    gettext_lazy("说一句"),
    gettext_lazy("回复中心"),
    (
        ("exists", gettext_lazy("属实，还在")),
        ("absent", gettext_lazy("没有这回事")),
        ("unclear", gettext_lazy("看不出来")),
    ),
)
CHECK = Look(
    Deed.CHECK,
    gettext_lazy("核查"),
    gettext_lazy("说一句"),
    gettext_lazy("交上去"),
    (("passed", gettext_lazy("办好了")), ("rework", gettext_lazy("没办好，退回重办"))),
)
SETTLE = Look(
    Deed.HANDLE_ON_THE_SPOT,
    gettext_lazy("自行处置"),
    gettext_lazy("怎么处置的"),
    gettext_lazy("处置好了，交社区审核"),
)


class LookForm(KeyedForm):
    """An answer, words, photos; a class when nobody has given the case one."""

    REFUSED_AS = KeyedForm.REFUSED_AS | {"passed": "answer"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    photos = PhotosField(label=gettext_lazy("现场照片"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=gettext_lazy("您看到的"), widget=forms.RadioSelect)
    class_code = forms.ChoiceField(
        label=gettext_lazy("哪一类"), required=False, widget=found_by_words()
    )
    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, look: Look, page: CasePage, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.look = look
        self.fields["words"].label = str(look.words)
        self.fields["answer"].error_messages["required"] = _("请先选一项")
        self.offer("answer", [(code, str(words)) for code, words in look.answers])
        if not look.answers:
            del self.fields["answer"]
            self.fields["photos"].label = _("处置后的照片")
            self.fields["photos"].required = True
        if look is SETTLE and not page.case.class_code:
            self.offer("class_code", [("", _("请选择")), *all_classes()[1:]])
        else:
            del self.fields["class_code"]

    def clean(self) -> dict[str, Any]:
        """Everything missing is said at once."""
        data = super().clean() or {}
        if data.get("answer") == "rework" and not data.get("words"):
            self.add_error("words", _("请写一句哪里没有办好，单位照着改"))
        if self.look is SETTLE:
            if not (data.get("photos") or data.get("kept")):
                self.add_error("photos", _("拍一张处置后的照片，社区凭它审核"))
            if not data.get("words"):
                self.add_error("words", _("请写一句怎么处置的"))
            if "class_code" in self.fields and not data.get("class_code"):
                self.add_error("class_code", _("请选一个类别"))
        return data


@takes_up_to(PHOTOS_BYTES)
@workers_only
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """核实: exists, absent or unclear."""

    def deed(data: dict[str, Any], photos: Photos) -> Step:
        return actions.verify(**_common(request, number, data, photos), answer=data["answer"])

    return _look(request, number, VERIFY, deed)


@takes_up_to(PHOTOS_BYTES)
@workers_only
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """核查: others' work, passed or back to be done again."""

    def deed(data: dict[str, Any], photos: Photos) -> Step:
        passed = data["answer"] == "passed"
        return actions.check(**_common(request, number, data, photos), passed=passed)

    return _look(request, number, CHECK, deed)


@takes_up_to(PHOTOS_BYTES)
@workers_only
@require_http_methods(["GET", "POST"])
def spot(request: HttpRequest, number: str) -> HttpResponse:
    """自行处置 of a case somebody else reported in this grid."""

    def deed(data: dict[str, Any], photos: Photos) -> Step:
        return actions.handle_on_the_spot(
            **_common(request, number, data, photos), class_code=data.get("class_code", "")
        )

    return _look(request, number, SETTLE, deed)


def _common(
    request: HttpRequest, number: str, data: dict[str, Any], photos: Photos
) -> dict[str, Any]:
    return {
        "number": number,
        "by": viewer_in(request),
        "key": data["key"],
        "version": data["version"],
        "words": data["words"],
        "photos": photos,
    }


def _look(
    request: HttpRequest,
    number: str,
    look: Look,
    do: LookDone,
) -> HttpResponse:
    viewer = viewer_in(request)
    try:
        page = queries.case_page(viewer, number)
    except Unseen:
        return _sent_again(request, number, look, do)
    if request.method == "GET":
        if look.deed not in page.deeds:
            raise NotPermitted(_("这件事现在不需要您%(deed)s") % {"deed": look.title})
        form = LookForm(look, page, initial={"version": page.case.version})
        return _page(request, page, form, Prepared())
    form = LookForm(look, page, request.POST, request.FILES)
    form.is_valid()
    photos = prepare(form.cleaned_data.get("photos") or [], form.cleaned_data.get("kept", ""))
    for fault in photos.faults:
        form.add_error("photos", fault)
    if form.errors:
        return _page(request, page, form, photos, status=422)
    try:
        do(form.cleaned_data, photos.photos)
    except Conflict as refusal:
        return _conflict(request, page, form, photos, refusal)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, page, form, photos, status=refusal.status)
    if page.row.restricted:
        # Answered, it is out of the worker's hand: there is no page of it to go back to.
        return see_other(f"{reverse('pocket:today')}?done={look.deed.value}-{number}")
    return see_other(f"{reverse('pocket:case', args=[number])}?done={look.deed.value}")


def _sent_again(
    request: HttpRequest,
    number: str,
    look: Look,
    do: LookDone,
) -> HttpResponse:
    """Sent a second time by whoever has lost sight of the case since: the same answer, no page.

    Unseen for a case this worker did nothing to with this key.
    """
    viewer = viewer_in(request)
    page = queries.page_sent_again(viewer, number, request.POST.get("key", ""))
    form = LookForm(look, page, request.POST, request.FILES)
    form.is_valid()
    photos = prepare(form.cleaned_data.get("photos") or [], form.cleaned_data.get("kept", ""))
    if _is_done(form, photos, do):
        messages.success(request, _("收到了，谢谢您跑这一趟。"))
    else:
        messages.warning(request, _("这一步刚才已经提交过，没有再做一次。"))
    return see_other(reverse("pocket:today"))


def _is_done(
    form: LookForm,
    photos: Prepared,
    do: LookDone,
) -> bool:
    """Whether what stands in the form is what was done with its key."""
    if form.errors or photos.faults:
        return False
    try:
        do(form.cleaned_data, photos.photos)
    except Refusal:
        return False
    return True


def _conflict(
    request: HttpRequest, page: CasePage, form: LookForm, photos: Prepared, refusal: Conflict
) -> HttpResponse:
    """Somebody was faster: what was written here beside what stands there now.

    Where the deed can still be done, the same press again does it, now on what was just read.
    """
    seen = form.cleaned_data.get("version")
    mine = [(str(field.label), str(field.value() or "")) for field in form.visible_fields()]
    again = form.look.deed in page.deeds
    typed = request.POST.copy()
    typed["version"] = str(page.case.version)
    form.data = typed
    last = page.steps[-1]
    return _page(
        request,
        page,
        form,
        photos,
        status=refusal.status,
        refusal=str(refusal.message),
        versions=versions(page, seen, str(form.look.title), mine),
        changed_by=last.doer or last.unit_name,
        changed_at=last.recorded_at,
        again=again,
    )


def _page(
    request: HttpRequest,
    page: CasePage,
    form: LookForm,
    kept: Prepared,
    *,
    status: int = 200,
    **rest: Any,
) -> HttpResponse:
    context = case_context(request, page, form=form, look=form.look, kept=kept, again=True) | rest
    context["said"] = said_before(page, form.look.deed, viewer_in(request))
    return render(request, "pocket/cases/look.html", context, status=status)

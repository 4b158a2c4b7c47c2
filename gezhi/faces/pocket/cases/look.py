"""核实, 核查 and 自行处置 of a case that stands: what a look at the place brought."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
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
from gezhi.faces.shell import looks
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.deeds import DeedForm, DeedPages, answer
from gezhi.faces.shell.forms import PhotosField
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Conflict, NotPermitted, Refusal
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed


class LookForm(DeedForm):
    """Photos and words of whoever went there."""

    done = gettext_lazy("收到了，谢谢您跑这一趟。")
    field_order = ("photos", "answer", "class_code", "words")

    photos = PhotosField(label=gettext_lazy("现场照片"))
    words = forms.CharField(
        label=gettext_lazy("说一句"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(LookForm):
    """A look that somebody asked for."""

    answers: ClassVar[Sequence[tuple[str, str | Promise]]]

    answer = forms.ChoiceField(
        label=gettext_lazy("您看到的"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请先选一项")},
    )

    def prepare(self) -> None:
        self.offer("answer", self.answers)


class VerifyForm(AnswerForm, looks.VerifyForm):
    """核实: exists, absent or unclear."""

    title = gettext_lazy("核实")
    send = gettext_lazy("回复中心")
    answers = (
        ("exists", gettext_lazy("属实，还在")),
        ("absent", gettext_lazy("没有这回事")),
        ("unclear", gettext_lazy("看不出来")),
    )


class CheckForm(AnswerForm, looks.CheckForm):
    """核查: others' work, passed or back to be done again."""

    title = gettext_lazy("核查")
    send = gettext_lazy("交上去")
    answers = (("passed", gettext_lazy("办好了")), ("rework", gettext_lazy("没办好，退回重办")))

    def clean(self) -> dict[str, Any]:
        """The unit is told what is left to do."""
        data = super().clean()
        if data.get("answer") == "rework" and not data.get("words"):
            self.add_error("words", _("请写一句哪里没有办好，单位照着改"))
        return data


class SettleForm(LookForm):
    """自行处置 of a case somebody else reported in this grid; a class when nobody has given it one."""

    deed = Deed.HANDLE_ON_THE_SPOT
    title = gettext_lazy("自行处置")
    send = gettext_lazy("处置好了，交社区审核")

    photos = PhotosField(label=gettext_lazy("处置后的照片"), required=True)
    class_code = forms.ChoiceField(
        label=gettext_lazy("哪一类"), required=False, widget=found_by_words()
    )
    words = forms.CharField(
        label=gettext_lazy("怎么处置的"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def prepare(self) -> None:
        if self.page.case.class_code and not self.was_sent():
            del self.fields["class_code"]
        else:
            # Sent again it says the class that was chosen then, or it would be another deed.
            self.offer("class_code", [("", _("请选择")), *all_classes()[1:]])

    def clean(self) -> dict[str, Any]:
        """Everything missing is said at once."""
        data = super().clean()
        if not self.pictures():
            self.add_error("photos", _("拍一张处置后的照片，社区凭它审核"))
        if not data.get("words"):
            self.add_error("words", _("请写一句怎么处置的"))
        if "class_code" in self.fields and not data.get("class_code"):
            self.add_error("class_code", _("请选一个类别"))
        return data

    def do(self) -> Step:
        return actions.handle_on_the_spot(
            **self.to,
            class_code=self.cleaned_data.get("class_code", ""),
            words=self.cleaned_data["words"],
            photos=self.pictures(),
        )


@takes_up_to(PHOTOS_BYTES)
@workers_only
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """核实: exists, absent or unclear."""
    return answer(request, number, VerifyForm, PAGES)


@takes_up_to(PHOTOS_BYTES)
@workers_only
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """核查: others' work, passed or back to be done again."""
    return answer(request, number, CheckForm, PAGES)


@takes_up_to(PHOTOS_BYTES)
@workers_only
@require_http_methods(["GET", "POST"])
def spot(request: HttpRequest, number: str) -> HttpResponse:
    """自行处置 of a case somebody else reported in this grid."""
    return answer(request, number, SettleForm, PAGES)


def _opened(request: HttpRequest, page: CasePage, form_class: type[DeedForm]) -> HttpResponse:
    form = form_class(page, viewer_in(request))
    if form.deed not in page.deeds:
        raise NotPermitted(_("这件事现在不需要您%(deed)s") % {"deed": form.title})
    return _page(request, page, form)


def _refused(request: HttpRequest, form: DeedForm, status: int) -> HttpResponse:
    return _page(request, form.page, form, status=status)


def _overtaken(
    request: HttpRequest, page: CasePage, form: DeedForm, refusal: Refusal
) -> HttpResponse:
    """Somebody was faster: what was written here beside what stands there now.

    Where the deed can still be done, the same press again does it, now on what was just read.
    """
    if not isinstance(refusal, Conflict):
        form.refuse(refusal)
        return _page(request, page, form, status=refusal.status)
    last = page.steps[-1]
    return _page(
        request,
        page,
        form.on(page) or form,
        status=refusal.status,
        refusal=str(refusal.message),
        versions=versions(page, form),
        changed_by=last.doer or last.unit_name,
        changed_at=last.recorded_at,
        again=form.deed in page.deeds,
    )


def _done(request: HttpRequest, form: DeedForm) -> HttpResponse:
    said = f"done={form.deed.value}"
    if form.page.row.restricted:
        # Answered, it is out of the worker's hand: there is no page of it to go back to.
        return see_other(f"{reverse('pocket:today')}?{said}-{form.number}")
    return see_other(f"{reverse('pocket:case', args=[form.number])}?{said}")


def _left(request: HttpRequest, number: str) -> HttpResponse:
    return see_other(reverse("pocket:today"))


def _page(
    request: HttpRequest,
    page: CasePage,
    form: DeedForm,
    *,
    status: int = 200,
    again: bool = True,
    **rest: Any,
) -> HttpResponse:
    context = case_context(request, page, form=form, again=again, **rest)
    context["said"] = said_before(page, form.deed, viewer_in(request))
    return render(request, "pocket/cases/look.html", context, status=status)


PAGES = DeedPages(_opened, _refused, _overtaken, _done, left=_left)

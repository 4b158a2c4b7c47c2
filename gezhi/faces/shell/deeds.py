"""A deed of a case on any face: one form, and one way from what was sent to its answer.

A form holds what was typed, checks its shape and hands it to one action; whether the deed may be
done at all is the action's answer, which comes back as an error of the row it names. A face brings
its own rows, words and pages (`DeedPages`).
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.forms import KeyedForm, PhotosField, key_in
from gezhi.faces.shell.marks import state_word
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Version
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.doing import OnCase
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed

SENT_BEFORE = gettext_lazy("这一步刚才已经提交过，没有再做一次。")


class DeedForm(KeyedForm):
    """One deed on one case; a subclass says its rows and calls its action in `do`."""

    deed: ClassVar[Deed]
    title: str | Promise
    # What is said to whoever did it.
    done: ClassVar[str | Promise]
    # What stands on the button that does it.
    send: ClassVar[str | Promise] = ""
    # How the ids of its rows begin in the page.
    ids: ClassVar[str] = "id_%s"

    # The version the page was drawn from: whoever was overtaken reads both before anything is done.
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        page: CasePage,
        viewer: Viewer,
        data: Any = None,
        files: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.page = page
        self.viewer = viewer
        begins = {"version": page.case.version, **self.suggested(), **(initial or {})}
        super().__init__(data, files, initial=begins, auto_id=self.ids)
        self.prepare()

    def suggested(self) -> dict[str, Any]:
        """What the form begins with: the advice."""
        return {}

    def prepare(self) -> None:
        """Choices that hang on the case or on what was typed so far."""

    @property
    def said(self) -> str:
        """What whoever did it is told."""
        return str(self.done)

    @abstractmethod
    def do(self) -> Step | None:
        """Do the deed by its one action; raises what the action raises."""

    @property
    def number(self) -> str:
        """The case it is done to."""
        return self.page.case.number

    @property
    def seen(self) -> int | None:
        """The version the page was drawn from; None where it did not say."""
        return typed_id(self.cleaned_data.get("version", ""))

    @property
    def to(self) -> OnCase:
        """The case, who, by which key and on which version: what every action of a case is told."""
        return {"number": self.number, "by": self.viewer, "key": self.key, "version": self.seen}

    def typed(self, name: str) -> str:
        """What stands in a field now, whether it was sent or suggested."""
        return str(self[name].value() or "")

    def mine(self) -> list[tuple[str, str]]:
        """What was typed, by label, for the page of two versions."""
        rows = []
        for field in self.visible_fields():
            if isinstance(field.field, PhotosField):
                continue
            value = field.value()
            if value in (None, "", [], False):
                continue
            rows.append((str(field.label), _spoken(field, value)))
        return rows

    def was_sent(self) -> bool:
        """Whether its key was brought before, with a deed to this case."""
        key = key_in(self.data)
        return bool(key) and cases.was_sent(self.viewer, key, self.number)

    def on(self, page: CasePage) -> Self | None:
        """The same words and photos on the case as it stands now, with a key of their own; None
        where the deed can be done no more."""
        if self.deed not in page.deeds:
            return None
        typed = typed_so_far(type(self), self.data)
        for name in ("deed_key", "version"):
            typed.pop(name, None)
        fresh = type(self)(page, self.viewer, initial=typed)
        fresh.held = self.held
        return fresh


Form = TypeVar("Form", bound=DeedForm)


def _spoken(field: forms.BoundField, value: Any) -> str:
    """A value as the reader chose it: the words of a choice, not its code."""
    names = {str(code): str(name) for code, name in getattr(field.field, "choices", ())}
    many = value if isinstance(value, list | tuple) else [value]
    return "、".join(names.get(str(one), str(one)) for one in many)


def typed_so_far(form_class: type[DeedForm], data: Any) -> dict[str, Any]:
    """What was typed so far as a beginning for the same form, for a look-up before sending."""
    typed: dict[str, Any] = {}
    for name, field in form_class.base_fields.items():
        if isinstance(field, PhotosField):
            continue
        many = isinstance(field, forms.MultipleChoiceField)
        if name in data:
            typed[name] = data.getlist(name) if many else data.get(name)
        elif isinstance(field, forms.BooleanField) or many:
            typed[name] = [] if many else False
    return typed


@dataclass(frozen=True, slots=True)
class DeedPages(Generic[Form]):
    """How a face shows what became of a deed."""

    # The form, empty; or why it is not to be had.
    opened: Callable[[HttpRequest, CasePage, type[Form]], HttpResponse]
    # The form again with rows to put right, and the status of the refusal.
    refused: Callable[[HttpRequest, Form, int], HttpResponse]
    # The case as it stands now beside what was typed: somebody was faster, it was sent before, or
    # it is somebody else's to do.
    overtaken: Callable[[HttpRequest, CasePage, Form, Refusal], HttpResponse]
    done: Callable[[HttpRequest, Form], HttpResponse]
    # Where to go from a case one has lost sight of since; what became of it is a message already.
    left: Callable[[HttpRequest, str], HttpResponse]


def answer(
    request: HttpRequest, number: str, form_class: type[Form], pages: DeedPages[Form]
) -> HttpResponse:
    """GET shows the form of a deed, POST does it, and the face shows what became of it.

    Unseen for a case that does not exist for the viewer, unless they did this very deed to it with
    this key before: what was lost on its way back is answered once more.
    """
    viewer = viewer_in(request)
    try:
        page = cases.case_page(viewer, number)
    except Unseen:
        if request.method != "POST":
            raise
        return _sent_again(request, number, form_class, pages)
    if request.method != "POST":
        return pages.opened(request, page, form_class)
    form = form_class(page, viewer, request.POST, request.FILES)
    refusal = attempt(form)
    if refusal is None:
        return pages.done(request, form)
    if isinstance(refusal, Conflict | KeyReused | NotPermitted):
        return pages.overtaken(request, cases.case_page(viewer, number), form, refusal)
    return pages.refused(request, form, refusal.status)


def attempt(form: DeedForm) -> Refusal | None:
    """Do what stands in the form: None when it is done, else why not. What can be put right stands
    at its row then."""
    if form.is_valid():
        try:
            form.do()
        except (Conflict, KeyReused, NotPermitted) as refusal:
            return refusal
        except Refusal as refusal:
            form.refuse(refusal)
            return refusal
        return None
    if form.was_sent():
        # Choices may be gone by now: what was sent before is no matter of putting a row right.
        return KeyReused(SENT_BEFORE)
    return Invalid("")


def _sent_again(
    request: HttpRequest, number: str, form_class: type[Form], pages: DeedPages[Form]
) -> HttpResponse:
    """A deed sent a second time by whoever has lost sight of the case since: the same answer.

    Unseen for a case this viewer did nothing to with this key.
    """
    viewer = viewer_in(request)
    page = cases.page_sent_again(viewer, number, key_in(request.POST))
    form = form_class(page, viewer, request.POST, request.FILES)
    if attempt(form) is None:
        messages.success(request, form.said)
    else:
        messages.warning(request, SENT_BEFORE)
    return pages.left(request, number)


def stage_version(page: CasePage, seen: int | None) -> Version:
    """Where the case stood on the page that was sent, and where it stands now."""
    before = next((step for step in page.steps if step.serial == seen), None)
    return Version(
        _("环节"), state_word(before.to_state) if before else "—", state_word(page.case.state)
    )

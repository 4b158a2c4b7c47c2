"""What every deed's form has in common: its case, its words on the page, its one call.

A form holds what was typed, checks its shape and hands it to one action; whether the deed may be
done at all is the action's answer, which comes back as an error of the row it names.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from gezhi.faces.desk.cases.deeds.answers import Template, gaps_in, templates
from gezhi.faces.shell.forms import PhotosField, PlainForm
from gezhi.faces.shell.uploads import Prepared, prepare
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import clean
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed
from gezhi.work.deeds.asked import Photos


class WordsField(forms.CharField):
    """Several lines of text; the blank ones at its ends are cut."""

    def __init__(self, *, rows: int = 3, takes_focus: bool = False, **rest: Any) -> None:
        rest.setdefault("max_length", 4000)
        attrs = {"rows": rows} | ({"data-takes-focus": True} if takes_focus else {})
        super().__init__(widget=forms.Textarea(attrs=attrs), **rest)

    def to_python(self, value: Any) -> str:
        """What can be read of it: words that show nothing are none."""
        return clean(super().to_python(value) or "")


class DeedForm(PlainForm):
    """One deed on one case; a subclass says its fields and calls its action in `do`."""

    deed: ClassVar[Deed]
    title: str | Promise
    label: ClassVar[str | Promise]
    letter: ClassVar[str]
    done: ClassVar[str | Promise]
    lead: str | Promise = ""
    # What stands on the button that does it, where that is more than its name in the bar.
    send: ClassVar[str | Promise] = ""
    template: ClassVar[str] = "desk/cases/deeds/_plain.html"
    # Why somebody would rather not: the button is red and the words say what will happen.
    danger: ClassVar[bool] = False
    # A deed without anything to say is done by its button.
    direct: ClassVar[bool] = False
    # Whether it answers what sent the case back here: those words stand above it once more.
    quotes_again: ClassVar[bool] = False
    # Which answer templates may fill its words.
    answers_for: ClassVar[str] = ""

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
        self.held: dict[str, Prepared] = {}
        super().__init__(
            data, files, initial={**self.suggested(), **(initial or {})}, auto_id="deed_%s"
        )
        self.prepare()

    def suggested(self) -> dict[str, Any]:
        """What the form begins with: the advice."""
        return {}

    def prepare(self) -> None:
        """Choices that hang on the case or on what was typed so far."""

    def clean_words(self) -> str:
        """Refuses words in which a gap of a template is still open: somebody will read them."""
        typed: str = self.cleaned_data["words"]
        open_gaps = gaps_in(typed) if self.answers_for else []
        if open_gaps:
            raise forms.ValidationError(
                gettext("还有空没填：%(names)s"), params={"names": "、".join(open_gaps)}
            )
        return typed

    @abstractmethod
    def do(self, *, key: str, version: int | None) -> Step | None:
        """Do the deed by its one action; raises what the action raises."""

    def perform(self, *, key: str, version: int | None) -> None:
        """The deed with its photos, both or neither; of a deed done before none is stored again."""
        self.do(key=key, version=version)

    def take_photos(self, files: MultiValueDict[str, Any], data: Any) -> None:
        """Re-encode what was sent now and find again what was kept over the last error."""
        for name, field in self.fields.items():
            if isinstance(field, PhotosField):
                kept = "" if data.get(f"drop_{name}") else data.get(f"kept_{name}", "")
                self.held[name] = prepare(files.getlist(name), kept)

    def refuse_photos(self) -> None:
        """Say at its row which photo could not be read, or that there are too many."""
        for name, prepared in self.held.items():
            for fault in prepared.faults:
                self.add_error(name, fault)

    @property
    def number(self) -> str:
        """The case it is done to."""
        return self.page.case.number

    @property
    def has_files(self) -> bool:
        """Whether it must be sent as a form with files."""
        return self.is_multipart()

    @property
    def templates(self) -> Sequence[Template]:
        """Answer templates of the packs for this deed."""
        return templates(self.answers_for, self.page) if self.answers_for else ()

    def typed(self, name: str) -> str:
        """What stands in a field now, whether it was sent or suggested."""
        return str(self[name].value() or "")

    def pictures(self, name: str) -> Photos:
        """The photos of a field; the deed stores them."""
        return self.held.get(name, Prepared()).photos

    def refuse(self, refusal: Refusal) -> None:
        """Bind what the action said to the row it names, or to the whole form."""
        shown = {field.name for field in self.visible_fields()}
        self.add_error(refusal.field if refusal.field in shown else None, str(refusal.message))

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


def _spoken(field: forms.BoundField, value: Any) -> str:
    """A value as the reader chose it: the words of a choice, not its code."""
    names = {str(code): str(name) for code, name in getattr(field.field, "choices", ())}
    many = value if isinstance(value, list | tuple) else [value]
    return "、".join(names.get(str(one), str(one)) for one in many)


def instead_of_the_reporter(form: DeedForm, label: str, help_text: str) -> None:
    """Of a restricted case the words are all the reader gets: asked for by name, never left out."""
    field = form.fields["words"]
    field.label, field.help_text, field.required = label, help_text, True
    field.error_messages["required"] = gettext("请写明%(what)s") % {"what": label}


def kept(form_class: type[DeedForm], data: Any) -> dict[str, Any]:
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

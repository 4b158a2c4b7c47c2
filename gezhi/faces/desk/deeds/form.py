"""What every deed's form has in common: its case, its words on the page, its one call.

A form holds what was typed, checks its shape and hands it to one action; whether the deed may be
done at all is the action's answer, which comes back as an error of the row it names.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.deeds.answers import Template, gaps_in, templates
from gezhi.ground.files import actions as files
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed

MOST_PHOTOS = 6


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once; what each of them is, is seen when it is re-encoded."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("required", False)
        super().__init__(widget=ManyFiles(attrs={"multiple": True}), **rest)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """A list of uploads; refuses more than six, and none where one is required."""
        many = data if isinstance(data, list | tuple) else [data]
        uploads = [super(PhotosField, self).clean(one, initial) for one in many]
        found = [one for one in uploads if one]
        if len(found) > MOST_PHOTOS:
            raise forms.ValidationError(_("最多 %(most)d 张照片"), params={"most": MOST_PHOTOS})
        return found


class WordsField(forms.CharField):
    """Several lines of text; the blank ones at its ends are cut."""

    def __init__(self, *, rows: int = 3, **rest: Any) -> None:
        rest.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **rest)


class DeedForm(forms.Form):
    """One deed on one case; a subclass says its fields and calls its action in `do`."""

    deed: ClassVar[Deed]
    title: ClassVar[str | Promise]
    label: ClassVar[str | Promise]
    letter: ClassVar[str]
    done: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    # What stands on the button that does it, where that is more than its name in the bar.
    send: ClassVar[str | Promise] = ""
    template: ClassVar[str] = "desk/deeds/_plain.html"
    # Why somebody would rather not: the button is red and the words say what will happen.
    danger: ClassVar[bool] = False
    # A deed without anything to say is done by its button.
    direct: ClassVar[bool] = False
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

    def do(self, *, key: str, version: int | None) -> None:
        """Do the deed; raises what the action raises."""
        raise NotImplementedError

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

    def stored(self, name: str) -> list[int]:
        """The photos of a field, re-encoded and stored; their ids."""
        uploads: list[Any] = self.cleaned_data.get(name) or []
        try:
            prepared = [files.prepare_photo(upload) for upload in uploads]
        except Refusal as refusal:
            refusal.field = name
            raise
        return [files.store_photo(photo, by=self.viewer).pk for photo in prepared]

    def refuse(self, refusal: Refusal) -> None:
        """Bind what the action said to the row it names, or to the whole form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal.message))

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

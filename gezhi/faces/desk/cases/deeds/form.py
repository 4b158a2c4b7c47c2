"""What the desk adds to the form of every deed: its place on the case's page, its words, templates."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext

from gezhi.faces.desk.cases.deeds.answers import Template, gaps_in, templates
from gezhi.faces.shell import deeds
from gezhi.kernel.words import clean
from gezhi.work.knowledge.queries import Offered, for_case


class WordsField(forms.CharField):
    """Several lines of text; the blank ones at its ends are cut."""

    def __init__(self, *, rows: int = 3, takes_focus: bool = False, **rest: Any) -> None:
        rest.setdefault("max_length", 4000)
        attrs = {"rows": rows} | ({"data-takes-focus": True} if takes_focus else {})
        super().__init__(widget=forms.Textarea(attrs=attrs), **rest)

    def to_python(self, value: Any) -> str:
        """What can be read of it: words that show nothing are none."""
        return clean(super().to_python(value) or "")


class DeedForm(deeds.DeedForm):
    """One deed at the desk."""

    ids = "deed_%s"
    label: ClassVar[str | Promise]
    # The letter that presses its button; "" for what is done too seldom to have one.
    letter: ClassVar[str] = ""
    lead: str | Promise = ""
    template: ClassVar[str] = "desk/cases/deeds/_plain.html"
    # Why somebody would rather not: the button is red and the words say what will happen.
    danger: ClassVar[bool] = False
    # A deed without anything to say is done by its button.
    direct: ClassVar[bool] = False
    # Whether it answers what sent the case back here: those words stand above it once more.
    quotes_again: ClassVar[bool] = False
    # Which answer templates may fill its words.
    answers_for: ClassVar[str] = ""

    def clean_words(self) -> str:
        """Refuses words in which a gap of a template is still open: somebody will read them."""
        typed: str = self.cleaned_data["words"]
        open_gaps = gaps_in(typed) if self.answers_for else []
        if open_gaps:
            raise forms.ValidationError(
                gettext("还有空没填：%(names)s"), params={"names": "、".join(open_gaps)}
            )
        return typed

    @property
    def has_files(self) -> bool:
        """Whether it must be sent as a form with files."""
        return self.is_multipart()

    @property
    def templates(self) -> Sequence[Template]:
        """Answer templates for this deed: the office's own, then those of the packs."""
        return templates(self.viewer, self.answers_for, self.page) if self.answers_for else ()

    @cached_property
    def articles(self) -> Sequence[Offered]:
        """What the knowledge base answers to the words of the first report, for a deed that answers."""
        if not self.answers_for or not self.page.reports:
            return ()
        case = self.page.case
        where = (case.street_id, case.community_id, case.grid_id)
        return for_case(self.viewer, self.page.reports[0].text, where)


def instead_of_the_reporter(form: DeedForm, label: str, help_text: str) -> None:
    """Of a restricted case the words are all the reader gets: asked for by name, never left out."""
    field = form.fields["words"]
    field.label, field.help_text, field.required = label, help_text, True
    field.error_messages["required"] = gettext("请写明%(what)s") % {"what": label}

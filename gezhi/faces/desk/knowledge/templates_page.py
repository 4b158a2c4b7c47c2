"""答复模板: stretches of an answer with slots, kept by the office beside those of the packs."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.knowledge.tabs import tabs
from gezhi.faces.shell import menu, terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.class_field import ClassField
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.work.knowledge import actions, queries, slots
from gezhi.work.knowledge.models import Template

STEPS = {
    "answer": gettext_lazy("直接答复"),
    "finish": gettext_lazy("办结"),
    "reject": gettext_lazy("不予受理"),
    "close": gettext_lazy("结案"),
}


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in words: its step, its classes, its text with the slots by name."""

    name: str
    step: str
    classes: str
    text: str
    url: str = ""
    end_url: str = ""


def _classes() -> list[tuple[str, list[tuple[str, str]]]]:
    rows = codes.terms("matters")
    names = {row.code: row.label for row in rows}
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.parent_code:
            groups.setdefault(names.get(row.parent_code, ""), []).append((row.code, row.label))
    return list(groups.items())


class TemplateForm(KeyedForm):
    """A name, a step, a text with slots, perhaps a class."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    deed = forms.ChoiceField(
        label=gettext_lazy("用在哪一步"), choices=list(STEPS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(label=gettext_lazy("模板"), widget=forms.Textarea(attrs={"rows": 6}))
    class_code = ClassField(
        label=gettext_lazy("只用于哪一类"),
        groups=_classes,
        required=False,
        help_text=gettext_lazy("空着就是哪一类都能用。"),
    )

    def __init__(self, data: Any = None, *, row: Template | None = None) -> None:
        names = queries.slot_names()
        begins = {
            "name": row.name,
            "deed": row.deed,
            "text": slots.shown(row.text, names),
            "class_code": row.class_codes[0] if row.class_codes else "",
        } if row else {"deed": "answer"}  # fmt: skip
        super().__init__(data, initial=begins)
        self.label_suffix = ""
        said = _(
            "空写在花括号里，用到时系统先填知道的，剩下的由人填；没填的发不出去。可以用：%(names)s"
        )
        self.fields["text"].help_text = said % {
            "names": "、".join("{" + name + "}" for name in names.values())
        }


@require_GET
@staff_only(Right.READ_KNOWLEDGE)
def templates(request: HttpRequest) -> HttpResponse:
    """The office's own, then those of the packs."""
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:knowledge"))
    names = queries.slot_names()
    own = [
        TemplateLine(
            name=row.name,
            step=str(STEPS.get(row.deed, row.deed)),
            classes="、".join(terms.label("matters", code) for code in row.class_codes),
            text=slots.shown(row.text, names),
            url=reverse("desk:answer_template", args=[row.pk]),
            end_url=reverse("desk:answer_template_end", args=[row.pk]),
        )
        for row in queries.templates(viewer)
    ]
    packed = [
        TemplateLine(
            name=term.label,
            step=str(STEPS[str(term.data.get("deed", ""))]),
            classes=terms.label("families", str(term.data.get("family", ""))),
            text=slots.shown(str(term.data.get("text", "")), names),
        )
        for term in codes.terms("answers")
        if term.data.get("deed") in STEPS
    ]
    context = {
        "own": own,
        "packed": packed,
        "tabs": tabs(viewer, "answer_templates"),
        "may_write": viewer.may(Right.KEEP_TEMPLATES),
    }
    return render(request, "desk/knowledge/templates.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_TEMPLATES)
def new(request: HttpRequest) -> HttpResponse:
    """A new template."""
    return _written(request, None)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_TEMPLATES)
def change(request: HttpRequest, template_id: int) -> HttpResponse:
    """Another text in place of this one."""
    return _written(request, queries.get_template(viewer_in(request), template_id))


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_TEMPLATES)
def end(request: HttpRequest, template_id: int) -> HttpResponse:
    """Offer it no more; asks first."""
    viewer = viewer_in(request)
    row = queries.get_template(viewer, template_id)
    question = Question(
        title=_("停用这个模板？"),
        text=_("写答复时不再出现“%(name)s”。以前的答复不变。") % {"name": row.name},
        deed=_("停用"),
        done=_("已停用。"),
        back_url=reverse("desk:answer_templates"),
    )
    return asked_first(request, question, lambda: actions.end_template(template=row, by=viewer))


def _written(request: HttpRequest, row: Template | None) -> HttpResponse:
    menu.stand_at(request, reverse("desk:knowledge"))
    form = TemplateForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.write_template(
                name=cleaned["name"],
                deed=cleaned["deed"],
                text=cleaned["text"],
                class_codes=[cleaned["class_code"]] if cleaned["class_code"] else [],
                by=viewer_in(request),
                key=form.key,
                of=row,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("模板已存，写答复时可以选。"))
            return HttpResponseRedirect(reverse("desk:answer_templates"), status=303)
    context = {"form": form, "row": row, "back_url": reverse("desk:answer_templates")}
    return render(
        request, "desk/knowledge/template.html", context, status=422 if form.errors else 200
    )

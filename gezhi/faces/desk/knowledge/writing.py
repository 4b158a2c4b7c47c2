"""Writing an entry, and writing its next version."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.knowledge.article import AUDIENCES_SHOWN
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import NotPermitted, Refusal
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.queries import areas
from gezhi.records.units.queries import open_units
from gezhi.work.knowledge import actions, queries, rules
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import Written

_DAY = {"type": "date"}


class ArticleForm(KeyedForm):
    """One question and its answer."""

    question = forms.CharField(
        label=gettext_lazy("问题"),
        max_length=rules.QUESTION_LENGTH,
        help_text=gettext_lazy("像人会问的那样写，如：居住证怎么办？"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    wordings = forms.CharField(
        label=gettext_lazy("还会怎么问"),
        required=False,
        help_text=gettext_lazy("一行一种问法。查找时也照它找。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label=gettext_lazy("答复"),
        help_text=gettext_lazy("先说结果，再说怎么办、找谁。可以整段放进答复里。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    basis = forms.CharField(
        label=gettext_lazy("依据"),
        help_text=gettext_lazy("文件名、文号、第几条。放进答复时跟着一起去。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("归口单位"), help_text=gettext_lazy("到复审日提醒它再看一遍。")
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("给谁看"),
        choices=list(AUDIENCES_SHOWN.items()),
        widget=forms.RadioSelect,
        initial="residents",
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("适用哪里"),
        required=False,
        help_text=gettext_lazy("都不选就是全部。"),
        widget=forms.CheckboxSelectMultiple,
    )
    valid_to = forms.DateField(
        label=gettext_lazy("有效期到"),
        required=False,
        help_text=gettext_lazy("这一天也算；过了就不再给人看。长期有效就空着。"),
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    review_on = forms.DateField(
        label=gettext_lazy("复审日"),
        required=False,
        help_text=gettext_lazy("空着就是半年左右以后。"),
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, viewer: Viewer, row: Article | None = None) -> None:
        units = _units(viewer)
        super().__init__(data, initial=_as_typed(row) if row else {"unit": _own(viewer, units)})
        self.label_suffix = ""
        self.offer("unit", [("", _("请选择")), *units])
        self.offer("areas", _areas(viewer))

    def written(self) -> Written:
        """What was typed, for the action."""
        cleaned = self.cleaned_data
        return Written(
            question=cleaned["question"],
            wordings=cleaned["wordings"],
            answer=cleaned["answer"],
            basis=cleaned["basis"],
            unit_id=typed_id(cleaned["unit"]) or 0,
            audience=cleaned["audience"],
            area_ids=tuple(found for one in cleaned["areas"] if (found := typed_id(one))),
            valid_to=cleaned["valid_to"],
            review_on=cleaned["review_on"],
        )


def _as_typed(row: Article) -> dict[str, Any]:
    columns = ("question", "wordings", "answer", "basis", "audience", "valid_to", "review_on")
    known = {name: getattr(row, name) for name in columns}
    return {**known, "unit": str(row.unit_id), "areas": [str(area) for area in row.area_ids]}


def _units(viewer: Viewer) -> list[tuple[str, str]]:
    rows = open_units(viewer, viewer.district_id or 0)
    if not viewer.may(Right.KEEP_ALL_KNOWLEDGE):
        own = {seat.unit_id for seat in viewer.seats_for(Right.KEEP_KNOWLEDGE)}
        rows = rows.filter(pk__in=own)
    return [(str(unit.pk), unit.name) for unit in rows]


def _own(viewer: Viewer, offered: list[tuple[str, str]]) -> str:
    """The writer's own unit, where it is one that can be chosen; else nothing is chosen for them."""
    known = {code for code, _name in offered}
    own = {str(seat.unit_id) for seat in viewer.seats_for(Right.KEEP_KNOWLEDGE)} & known
    return own.pop() if len(own) == 1 else ""


def _areas(viewer: Viewer) -> list[tuple[str, str]]:
    """Streets and communities in use."""
    district_id = viewer.district_id or 0
    wide = [*areas(district_id, level=Level.STREET), *areas(district_id, level=Level.COMMUNITY)]
    return [(str(area.id), area.name) for area in wide]


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_KNOWLEDGE)
def new(request: HttpRequest) -> HttpResponse:
    """A new entry, which waits for another to review it."""
    return _written(request, None)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_KNOWLEDGE)
def change(request: HttpRequest, article_id: int) -> HttpResponse:
    """A draft put right, or the next version of what is published."""
    viewer = viewer_in(request)
    row = queries.get(viewer, article_id)
    if not queries.may_change(viewer, row):
        raise NotPermitted(_("这一条归别的单位管，请归口单位或街道网格中心来改"))
    return _written(request, row)


def _written(request: HttpRequest, row: Article | None) -> HttpResponse:
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:knowledge"))
    form = ArticleForm(request.POST or None, viewer=viewer, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.write(written=form.written(), by=viewer, key=form.key, of=row)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已存成草稿，等另一个人审过就给人看。"))
            return HttpResponseRedirect(reverse("desk:article", args=[done.pk]), status=303)
    back = reverse("desk:article", args=[row.pk]) if row else reverse("desk:knowledge")
    context = {"form": form, "row": row, "back_url": back}
    return render(request, "desk/knowledge/write.html", context, status=422 if form.errors else 200)

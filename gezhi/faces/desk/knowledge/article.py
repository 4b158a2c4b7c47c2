"""One entry: its question, answer and basis, its versions, and what can be done with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell import menu
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.parts import Fact
from gezhi.ground.accounts.queries import names
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted, Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import names_of
from gezhi.work.knowledge import actions, queries
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import Audience

AUDIENCES_SHOWN = {
    Audience.RESIDENTS.value: gettext_lazy("居民和工作人员"),
    Audience.STAFF.value: gettext_lazy("只给工作人员"),
}
ENDINGS = {
    "replaced": gettext_lazy("有了新的一版"),
    "withdrawn": gettext_lazy("停用了"),
    "expired": gettext_lazy("过了有效期"),
    "dropped": gettext_lazy("草稿，没有发布过"),
}


class BackForm(PageForm):
    """What is to be put right."""

    because = forms.CharField(
        label=gettext_lazy("哪里要改"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ConfirmForm(PageForm):
    """When to look at it again."""

    review_on = forms.DateField(
        label=gettext_lazy("下次哪天再看"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@require_GET
@staff_only(Right.READ_KNOWLEDGE)
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    """One version with the others beside it; Unseen for none of the viewer's district."""
    viewer = viewer_in(request)
    row = queries.get(viewer, article_id)
    versions = queries.versions_of(viewer, row)
    menu.stand_at(request, reverse("desk:knowledge"))
    changes = queries.may_change(viewer, row)
    has_draft = any(one.state == "draft" for one in versions)
    context = {
        "row": row,
        "facts": facts(row),
        "ended_because": ENDINGS.get(row.ended_because, ""),
        "versions": [one for one in versions if one.pk != row.pk],
        "endings": ENDINGS,
        "may_change": changes and (row.state == "draft" or (row.state == "published" and not has_draft)),
        "may_confirm": changes and row.state == "published",
        "may_drop": changes and row.state == "draft",
        "may_review": queries.may_review(viewer, row),
    }  # fmt: skip
    return render(request, "desk/knowledge/article.html", context)


def facts(row: Article) -> list[Fact]:
    """Who keeps it, for whom and where it is, until when, who wrote and who reviewed it."""
    people = names({user for user in (row.written_by, row.reviewed_by) if user})
    areas = names_of(row.area_ids)
    reviewed = row.reviewed_by and row.reviewed_at and _("%(who)s，%(day)s") % {
        "who": people.get(row.reviewed_by, ""),
        "day": f"{clock.local(row.reviewed_at):%Y-%m-%d}",
    }  # fmt: skip
    pairs: list[tuple[str, Any]] = [
        (_("归口单位"), row.unit.name),
        (_("给谁看"), AUDIENCES_SHOWN[row.audience]),
        (_("适用哪里"), "、".join(areas.values()) or _("全部")),
        (_("还会怎么问"), "；".join(row.wordings.splitlines())),
        (_("有效期到"), row.valid_to.isoformat() if row.valid_to else _("没有写")),
        (_("复审日"), row.review_on.isoformat()),
        (_("第几版"), row.version),
        (_("谁写的"), people.get(row.written_by or 0, "")),
        (_("谁审的"), reviewed),
    ]
    return [Fact(name, str(value)) for name, value in pairs if value]


@staff_only(Right.REVIEW_KNOWLEDGE)
@posted_from("desk:article", "article_id")
def publish(request: HttpRequest, article_id: int) -> HttpResponse:
    """Publish a draft that somebody else wrote."""
    viewer = viewer_in(request)
    row = queries.get(viewer, article_id)
    return _done(request, row, lambda: actions.publish(article=row, by=viewer), _("已发布，现在起查得到。"))  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff_only(Right.REVIEW_KNOWLEDGE)
def send_back(request: HttpRequest, article_id: int) -> HttpResponse:
    """Send a draft back with what is to be put right."""
    viewer = viewer_in(request)
    row = queries.get(viewer, article_id)
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(article=row, because=form.cleaned_data["because"], by=viewer)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已退回，写的人改好会再等您审。"))
            return HttpResponseRedirect(_url(row), status=303)
    return _form(request, row, form, _("退回这一条？"), _("退回"))


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_KNOWLEDGE)
def confirm(request: HttpRequest, article_id: int) -> HttpResponse:
    """Looked at again, still right: asks for the next review date."""
    viewer = viewer_in(request)
    row = _to_change(viewer, article_id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm(article=row, review_on=form.cleaned_data["review_on"], by=viewer)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已记下，到那天再提醒。"))
            return HttpResponseRedirect(_url(row), status=303)
    return _form(request, row, form, _("看过了，还是对的？"), _("还是对的"))


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_KNOWLEDGE)
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    """Offer it no more; asks first."""
    viewer = viewer_in(request)
    row = _to_change(viewer, article_id)
    question = Question(
        title=_("停用这一条？"),
        text=_("“%(question)s”马上不再给居民和同事看。以前的答复不变。")
        % {"question": row.question},
        deed=_("停用"),
        done=_("已停用。"),
        back_url=_url(row),
    )
    return asked_first(request, question, lambda: actions.withdraw(article=row, by=viewer))


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_KNOWLEDGE)
def drop(request: HttpRequest, article_id: int) -> HttpResponse:
    """A draft that is not wanted; asks first."""
    viewer = viewer_in(request)
    row = _to_change(viewer, article_id)
    question = Question(
        title=_("不要这份草稿了？"),
        text=_("“%(question)s”的草稿收进“停用的”，不会给人看。") % {"question": row.question},
        deed=_("不要了"),
        done=_("已收起。"),
        back_url=_url(row),
    )
    return asked_first(request, question, lambda: actions.drop(article=row, by=viewer))


def _to_change(viewer: Viewer, article_id: int) -> Article:
    row = queries.get(viewer, article_id)
    if not queries.may_change(viewer, row):
        raise NotPermitted(_("这一条归别的单位管，请归口单位或街道网格中心来改"))
    return row


def _form(
    request: HttpRequest, row: Article, form: PageForm, title: str, deed: str
) -> HttpResponse:
    menu.stand_at(request, reverse("desk:knowledge"))
    context = {"form": form, "row": row, "title": title, "deed": deed, "back_url": _url(row)}
    return render(request, "desk/knowledge/asked.html", context, status=form.status)


def _done(request: HttpRequest, row: Article, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(_url(row), status=303)


def _url(row: Article) -> str:
    return reverse("desk:article", args=[row.pk])

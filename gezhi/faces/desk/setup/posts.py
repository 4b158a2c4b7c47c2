"""Posts: who sits where, what is vacant; ending an appointment."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import choices
from gezhi.faces.desk.setup.staff import tell_empty
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import export_url, length_of, numbered, typed_words
from gezhi.faces.shell.parts import Tab
from gezhi.ground.accounts.queries import by_staff_number
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.records.posts import actions, queries
from gezhi.records.posts.models import Post
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.units import queries as units
from gezhi.work.handover import actions as handover

_AREAS = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)


class PostForm(PageForm):
    """A post's words; unit, role and area only while it is being made."""

    unit = forms.ChoiceField(label=gettext_lazy("单位"))
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    area = forms.ChoiceField(label=gettext_lazy("负责区域"))
    name = forms.CharField(label=gettext_lazy("岗位名称"), max_length=60)
    profession = forms.ChoiceField(label=gettext_lazy("专业力量"), required=False)
    meeting_words = forms.CharField(
        label=gettext_lazy("何时何处可见"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("居民在“我的网格员”里看到。"),
    )

    def __init__(self, *args: Any, viewer: Viewer, post: Post | None = None, **kwargs: Any) -> None:
        if post is not None:
            names = ("name", "profession", "meeting_words")
            kwargs["initial"] = {name: getattr(post, name) for name in names}
        super().__init__(*args, **kwargs)
        self.offer("profession", choices.professions())
        if post is not None:
            del self.fields["unit"], self.fields["role"], self.fields["area"]
            return
        self.offer("unit", choices.with_blank(_("请选择"), choices.open_units(viewer)))
        self.offer("role", choices.with_blank(_("请选择"), choices.roles(viewer)))
        self.offer("area", choices.with_blank(_("请选择"), choices.areas(viewer, *_AREAS)))


class AppointForm(PageForm):
    """Whom to appoint."""

    staff_number = forms.CharField(
        label=gettext_lazy("工号"),
        max_length=30,
        help_text=gettext_lazy("写这个人的工号；新来的人先在“人员”里建账号。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_GET
@staff_only(Right.KEEP_POSTS)
def posts(request: HttpRequest) -> HttpResponse:
    """Posts with their people, all or the vacant ones, found by words; each administrator sees
    those they fill."""
    viewer = viewer_in(request)
    words = typed_words(request)
    rows = queries.found_posts(viewer, words)
    vacant = queries.found_posts(viewer, words, only_vacant=True)
    only_vacant = request.GET.get("show") == "vacant"
    page = numbered(request, vacant if only_vacant else rows)
    people: dict[int, list[Any]] = {}
    for row in queries.appointments(viewer).filter(post__in=[post.pk for post in page.rows]):
        people.setdefault(row.post_id, []).append(row)
    url, more = reverse("desk:setup:posts"), urlencode({"q": words}) if words else ""
    context = {
        "rows": [
            (post, ROLE_NAMES[Role(post.role)], people.get(post.pk, [])) for post in page.rows
        ],
        "tabs": [
            Tab(_("全部"), f"{url}?{more}" if more else url, length_of(rows), not only_vacant),
            Tab(_("空缺"), f"{url}?show=vacant&{more}".rstrip("&"), length_of(vacant), only_vacant),
        ],
        "only_vacant": only_vacant,
        "words": words,
        "page": page,
        "export_url": export_url(request, reverse("desk:setup:export", args=["posts"])),
    }
    return render(request, "desk/setup/posts.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def post_new(request: HttpRequest) -> HttpResponse:
    """Make a post; it stays vacant until somebody is appointed."""
    viewer = viewer_in(request)
    form = PostForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            post = actions.create_post(
                unit=units.get(viewer, int(data["unit"])),
                area_id=int(data["area"]),
                role=data["role"],
                name=data["name"],
                profession=data["profession"],
                meeting_words=data["meeting_words"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("岗位已建立，请任命人员。"))
            return _to(post.pk)
    return render(request, "desk/setup/post_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post: its words, its people, somebody new."""
    viewer = viewer_in(request)
    row = queries.get_post(viewer, post_id)
    appointing = request.POST.get("deed") == "appoint"
    form = PostForm(None if appointing else request.POST or None, viewer=viewer, post=row)
    appoint_form = AppointForm(request.POST if appointing else None)
    chosen: PageForm = appoint_form if appointing else form
    if request.method == "POST" and chosen.is_valid():
        try:
            if appointing:
                _appoint(row, appoint_form, viewer)
            else:
                actions.update_post(post=row, by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            chosen.refuse(refusal)
        if not chosen.errors:
            messages.success(request, _("已任命。") if appointing else _("已保存。"))
            return _to(row.pk)
    context = {
        "post": row,
        "role_name": ROLE_NAMES[Role(row.role)],
        "form": form,
        "appoint_form": appoint_form,
        "appointments": queries.appointments(viewer).filter(post=row),
    }
    return render(request, "desk/setup/post.html", context, status=chosen.status)


def _appoint(post: Post, form: AppointForm, viewer: Viewer) -> None:
    user = by_staff_number(form.cleaned_data["staff_number"])
    if user is None or user.district_id != viewer.district_id:
        form.add_error("staff_number", _("没有这个工号，或账号已停用"))
        return
    actions.appoint(post=post, user=user, by=viewer)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def post_abolish(request: HttpRequest, post_id: int) -> HttpResponse:
    """Abolish a vacant post; asks first."""
    viewer = viewer_in(request)
    row = queries.get_post(viewer, post_id)
    if request.method == "GET":
        context = {
            "title": _("撤销岗位“%(name)s”？") % {"name": row.name},
            "text": _("撤销后不能再任命；以前谁在这个岗位上，记录都还在。"),
            "deed": _("撤销岗位"),
            "kind": "danger",
            "back_url": reverse("desk:setup:post", args=[row.pk]),
        }
        return render(request, "shell/confirm.html", context)
    try:
        actions.abolish_post(post=row, by=viewer)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return _to(row.pk)
    messages.success(request, _("岗位已撤销。"))
    return HttpResponseRedirect(reverse("desk:setup:posts"), status=303)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def appointment_end(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """离岗: end an appointment; asks first, and says when a unit is left with nobody."""
    viewer = viewer_in(request)
    row = queries.get_appointment(viewer, appointment_id)
    if request.method == "GET":
        words = _(
            "%(name)s在%(unit)s“%(post)s”的权限立刻收回，正在用的页面都会退出。手上的事属于单位，不会丢。"
        )
        context = {
            "title": _("让%(name)s离岗？") % {"name": row.user.name},
            "text": words
            % {"name": row.user.name, "unit": row.post.unit.name, "post": row.post.name},
            "deed": _("办理离岗"),
            "kind": "danger",
            "back_url": reverse("desk:setup:post", args=[row.post_id]),
        }
        return render(request, "shell/confirm.html", context)
    try:
        leaving = handover.end_appointment(appointment=row, by=viewer)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(name)s已离岗。") % {"name": row.user.name})
        tell_empty(request, leaving)
    return _to(row.post_id)


def _to(post_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:setup:post", args=[post_id]), status=303)

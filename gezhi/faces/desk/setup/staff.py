"""People: the list, a new one, one person's posts, password and account."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import choices
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import asked_after, export_url, next_url
from gezhi.ground.accounts import actions, queries
from gezhi.ground.accounts.models import User
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.records.places.queries import area as area_row
from gezhi.records.posts import actions as posts
from gezhi.records.posts.queries import appointments, running_appointments_of
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.posts.staff_list import StaffRow
from gezhi.records.posts.staff_sheet import looked_at
from gezhi.records.units import queries as units
from gezhi.work.handover import actions as handover

_AREAS = (Level.STREET, Level.COMMUNITY, Level.GRID)


class PersonForm(PageForm):
    """Who somebody is."""

    staff_number = forms.CharField(
        label=gettext_lazy("工号"),
        max_length=30,
        help_text=gettext_lazy("登录用，字母和数字，开好后不能改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("手机"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class SeatForm(PageForm):
    """Where somebody is to sit."""

    unit = forms.ChoiceField(label=gettext_lazy("单位"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("角色"), required=False)
    area = forms.ChoiceField(
        label=gettext_lazy("负责区域"),
        required=False,
        help_text=gettext_lazy("网格员选网格；不选就是单位所在的区域。"),
    )
    post = forms.CharField(
        label=gettext_lazy("岗位名称"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("不填就用角色的名称；有同名的空缺会直接补上。"),
    )
    profession = forms.ChoiceField(label=gettext_lazy("专业力量"), required=False)
    meeting_words = forms.CharField(
        label=gettext_lazy("何时何处可见"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("居民在“我的网格员”里看到，如“每天 9:00–11:00 在北门”。"),
    )

    def __init__(self, *args: Any, viewer: Viewer, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", choices.with_blank(_("请选择"), choices.open_units(viewer)))
        self.offer("role", choices.with_blank(_("请选择"), choices.roles(viewer)))
        self.offer("area", choices.with_blank(_("单位所在区域"), choices.areas(viewer, *_AREAS)))
        self.offer("profession", choices.professions())
        for name in ("unit", "role"):
            self.fields[name].required = needed


@require_GET
@staff_only(Right.SET_UP)
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by pinyin, with their posts; a search by name, number or phone."""
    viewer = viewer_in(request)
    words = request.GET.get("q", "")[:40]
    page = queries.listed(viewer, words, after=asked_after(request))
    context = {
        "people": with_posts(page.rows),
        "words": words,
        "next_url": next_url(request, page.after),
        "export_url": export_url(request, reverse("desk:setup:export", args=["staff"])),
    }
    return render(request, "desk/setup/staff.html", context)


def with_posts(people: tuple[User, ...]) -> list[tuple[User, list[str]]]:
    """Each person with what they do now, in one query for all."""
    posts_of: dict[int, dict[str, int]] = {}
    for row in running_appointments_of(people):
        said = f"{row.post.unit.short_name or row.post.unit.name} {row.post.name}"
        held = posts_of.setdefault(row.user_id, {})
        held[said] = held.get(said, 0) + 1
    # The same post over several grids is said once, with how many.
    return [
        (
            person,
            [
                said if number == 1 else f"{said}×{number}"
                for said, number in posts_of.get(person.pk, {}).items()
            ],
        )
        for person in people
    ]


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def person_new(request: HttpRequest) -> HttpResponse:
    """Open an account, with a post if one is chosen; the one-time password is shown this once."""
    viewer = viewer_in(request)
    form = PersonForm(request.POST or None)
    seat_form = SeatForm(request.POST or None, viewer=viewer, needed=False)
    if request.method == "POST" and form.is_valid() and seat_form.is_valid():
        row = _row_of(form, seat_form, viewer)
        try:
            taken = _take_on(row, form, seat_form, viewer)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if taken:
                return _handed_over(request, taken)
    context = {"form": form, "seat_form": seat_form}
    return render(
        request, "desk/setup/person_new.html", context, status=max(form.status, seat_form.status)
    )


def _row_of(form: PersonForm, seat_form: SeatForm, viewer: Viewer) -> StaffRow:
    """The form as a line of the list, so that form and list are checked by the same rules."""
    person, chosen = form.cleaned_data, seat_form.cleaned_data
    unit = units.get(viewer, int(chosen["unit"])) if chosen["unit"] else None
    area = area_row(int(chosen["area"])) if chosen["area"] else None
    return StaffRow(
        staff_number=person["staff_number"],
        name=person["name"],
        phone=person["phone"],
        unit=unit.name if unit else "",
        role=str(ROLE_NAMES[Role(chosen["role"])]) if chosen["role"] else "",
        post=chosen["post"] if unit else "",
        area=area.code if area else "",
        profession=chosen["profession"],
        meeting_words=chosen["meeting_words"],
    )


def _take_on(
    row: StaffRow, form: PersonForm, seat_form: SeatForm, viewer: Viewer
) -> list[posts.TakenOn]:
    line = looked_at(row, viewer=viewer)
    if line.is_good and not line.is_new:
        form.add_error(
            "staff_number",
            _("这个人已经有账号；要再加一个岗位，到“人员”里打开这个人，点“安排岗位”"),
        )
        return []
    for cell, words in line.problems.items():
        target = form if cell in form.fields else seat_form
        target.add_error(cell, words)
    return posts.take_on(row, by=viewer) if line.is_good else []


def _handed_over(request: HttpRequest, taken: list[posts.TakenOn]) -> HttpResponse:
    return render(request, "desk/setup/passwords.html", {"taken": taken})


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: name and phone, posts with a way out of each, another post."""
    viewer = viewer_in(request)
    user = queries.get(viewer, user_id)
    form = PersonForm(request.POST or None, initial={"name": user.name})
    del form.fields["staff_number"]
    if user.phone:
        form.fields["phone"].help_text = _("已登记一个号码，不显示；填新的就换掉。")
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"] or None
        try:
            actions.update_user(user=user, by=viewer, name=form.cleaned_data["name"], phone=phone)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已保存。"))
            return _back(user.pk)
    context = {
        "person": user,
        "form": form,
        "appointments": appointments(viewer).filter(user=user),
    }
    return render(request, "desk/setup/person.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def person_seat(request: HttpRequest, user_id: int) -> HttpResponse:
    """Appoint a person to a post, made if it is not there."""
    viewer = viewer_in(request)
    user = queries.get(viewer, user_id)
    form = SeatForm(request.POST or None, viewer=viewer, needed=True)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            posts.seat(
                user=user,
                unit=units.get(viewer, int(data["unit"])),
                role=data["role"],
                area_id=int(data["area"]) if data["area"] else None,
                name=data["post"],
                profession=data["profession"],
                meeting_words=data["meeting_words"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s已任职。") % {"name": user.name})
            return _home_of(viewer, user.pk)
    context = {"form": form, "person": user}
    return render(request, "desk/setup/person_seat.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def person_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a one-time password; asks first, shows it once."""
    viewer = viewer_in(request)
    user = queries.get(viewer, user_id)
    if request.method == "POST":
        password = posts.renew_password(user=user, by=viewer)
        return _handed_over(request, [posts.TakenOn(user.staff_number, user.name, "", password)])
    return _ask(
        request,
        title=_("给%(name)s一个新的临时密码？") % {"name": user.name},
        text=_("原来的密码立刻作废，正在用的页面都会退出。临时密码只显示一次，登录后必须更改。"),
        deed=_("生成临时密码"),
    )


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_POSTS)
def person_close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account and end its appointments; asks first."""
    viewer = viewer_in(request)
    user = queries.get(viewer, user_id)
    if request.method == "GET":
        return _ask(
            request,
            title=_("停用%(name)s的账号？") % {"name": user.name},
            text=_("这个人不能再登录，所有任职从现在起结束。手上的事属于单位，不会丢。"),
            deed=_("停用账号"),
            kind="danger",
        )

    def close() -> None:
        for leaving in handover.close_account(user=user, by=viewer):
            tell_empty(request, leaving)

    return _done(request, viewer, user.pk, close, _("账号已停用。"))


@require_http_methods(["POST"])
@staff_only(Right.KEEP_POSTS)
def person_reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    """Open a closed account again; it comes back without posts."""
    viewer = viewer_in(request)
    user = queries.get(viewer, user_id)

    def reopen() -> None:
        actions.reactivate(user=user, by=viewer)

    return _done(request, viewer, user.pk, reopen, _("账号已启用，请再安排岗位。"))


def tell_empty(request: HttpRequest, leaving: handover.Leaving) -> None:
    """Say that a unit has nobody left and what becomes of its cases."""
    if leaving.empty_unit is not None:
        words = _("%(unit)s现在没有人了，手上 %(cases)s 件事会在一分钟内交给上级单位。")
        messages.warning(
            request,
            words % {"unit": leaving.empty_unit.name, "cases": leaving.waiting_cases},
        )


def _done(
    request: HttpRequest, viewer: Viewer, user_id: int, deed: Callable[[], None], words: str
) -> HttpResponse:
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, words)
    return _home_of(viewer, user_id)


def _ask(request: HttpRequest, *, title: str, text: str, deed: str, kind: str = "") -> HttpResponse:
    viewer = viewer_in(request)
    user_id = (request.resolver_match.kwargs if request.resolver_match else {}).get("user_id", 0)
    context = {"title": title, "text": text, "deed": deed, "kind": kind}
    context["back_url"] = _home_of(viewer, user_id).url
    return render(request, "shell/confirm.html", context)


def _back(user_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:setup:person", args=[user_id]), status=303)


def _home_of(viewer: Viewer, user_id: int) -> HttpResponseRedirect:
    """Back to the person for the system administrator, to the accounts for the security one."""
    if viewer.may(Right.SET_UP):
        return _back(user_id)
    return HttpResponseRedirect(reverse("desk:setup:accounts"), status=303)

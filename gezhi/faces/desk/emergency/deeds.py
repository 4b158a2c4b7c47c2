"""What is done from the board: ask the grids again, tell people, take a case in, name who takes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.emergency.forms import MajorForm, NoticeForm
from gezhi.faces.desk.emergency.listing import line_of
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.kernel.errors import KeyReused, Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.work.emergency import actions, queries


def _back(emergency_id: int, show: str) -> HttpResponseRedirect:
    url = reverse("desk:emergency", args=[emergency_id])
    return HttpResponseRedirect(f"{url}?show={show}", status=303)


@staff_only(Right.SWITCH_EMERGENCY)
@posted_from("desk:emergency", "emergency_id")
def roll_call(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """Ask every grid once more, after the roll call that the page knew of."""
    try:
        call = actions.call_roll(
            emergency_id=emergency_id,
            # After 0, which is what no number stands for, no roll call goes out.
            after=typed_id(request.POST.get("after", "")) or 0,
            by=viewer_in(request),
        )
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        said = (
            _("第 %(number)d 轮点名 %(time)s 已经发出，没有再发一遍；还要再点，请再按一次。")
            if call.repeated
            else _("第 %(number)d 轮点名发出了，网格员手机上会看到。")
        )
        time = f"{clock.local(call.asked_at):%H:%M}"
        messages.success(request, said % {"number": call.number, "time": time})
    return _back(emergency_id, "grids")


@require_http_methods(["GET", "POST"])
@staff_only(Right.SWITCH_EMERGENCY)
def notice(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """Tell staff of the area something, all at once."""
    viewer = viewer_in(request)
    row = queries.get(viewer, emergency_id)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            number = actions.notify(
                emergency_id=row.pk,
                told=data["told"],
                text=data["text"],
                by=viewer,
                key=form.key,
            )
        except KeyReused:
            form.add_error(
                None, _("这个通知刚才已经发出；内容又改了、要另发一个的话，请再按一次“发出去”。")
            )
            form.take_new_key()
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("通知发给了 %(number)d 人。", "通知发给了 %(number)d 人。", number)
            messages.success(request, said % {"number": number})
            return _back(row.pk, "log")
    context = {"form": form, "line": line_of(row)}
    return render(request, "desk/emergency/notice.html", context, status=form.status)


@staff_only(Right.SWITCH_EMERGENCY)
@posted_from("desk:emergency", "emergency_id")
def enlist(request: HttpRequest, emergency_id: int, case_number: str) -> HttpResponse:
    """Take a case of the area in."""
    try:
        actions.enlist(emergency_id=emergency_id, number=case_number, by=viewer_in(request))
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("已纳入，从现在起照预案的分钟算。"))
    return _back(emergency_id, "cases")


@require_http_methods(["GET", "POST"])
@staff_only(Right.SWITCH_EMERGENCY)
def major(request: HttpRequest, emergency_id: int, case_number: str) -> HttpResponse:
    """Make a case a major one, name who takes it, or take it off the list."""
    viewer = viewer_in(request)
    row = queries.get(viewer, emergency_id)
    case = queries.commanded_case(viewer, row, case_number)
    form = MajorForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            if "drop" in request.POST:
                actions.drop_major(emergency_id=row.pk, number=case_number, by=viewer)
            else:
                named = form.cleaned_data["named"]
                actions.name_major(
                    emergency_id=row.pk, number=case_number, user_id=named, by=viewer
                )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("记下了，日志里有。"))
            return _back(row.pk, "major")
    context = {"form": form, "line": line_of(row), "case": case}
    return render(request, "desk/emergency/major.html", context, status=form.status)

"""What somebody does to a list they have open: shape, columns, saved views. Plain forms, all of it."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.queues.case_list import CaseList, of_queue
from gezhi.faces.desk.queues.columns import COLUMNS
from gezhi.faces.desk.queues.filters import filter_form, in_words
from gezhi.faces.desk.queues.shown import address_of, shown
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.lists import actions, queries
from gezhi.ground.lists.models import Shape
from gezhi.kernel.errors import Invalid, NotPermitted, Refusal, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases


class ViewForm(PlainForm):
    """The name of a saved view, and for whom."""

    name = forms.CharField(
        label=gettext_lazy("名字"),
        max_length=actions.LONGEST_NAME,
        help_text=gettext_lazy("一看就知道是哪些事，比如“超时的投诉”。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    share = forms.BooleanField(
        label=gettext_lazy("本单位的人也用"),
        required=False,
        help_text=gettext_lazy("各人打开看到的，仍是各人本来看得到的事。"),
    )


def list_in(request: HttpRequest, viewer: Viewer, name: str) -> CaseList:
    """The queue of the address with what its query says; Unseen for a queue the viewer has not."""
    if name not in {row.name for row in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    return of_queue(name, request.GET)


@staff_only()
@posted_from("desk:queue", "name")
def arrange(request: HttpRequest, name: str) -> HttpResponse:
    """Have the list as a table, or as lines again; the same list follows."""
    viewer = viewer_in(request)
    case_list = list_in(request, viewer, name)
    standing = shown(viewer, case_list)
    columns = [column.name for column in standing.columns] if standing.chose_columns else []
    try:
        actions.arrange(
            list_name=name, shape=request.POST.get("shape", ""), columns=columns, by=viewer
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    # A view of another shape is left: it stays as it was saved.
    rest = {key: value for key, value in case_list.narrowing.items() if key != "view"}
    return HttpResponseRedirect(of_queue(name, rest).url, status=303)


@require_http_methods(["GET", "POST"])
@staff_only()
def columns(request: HttpRequest, name: str) -> HttpResponse:
    """Choose the columns and their order; moved by buttons, kept when saved.

    Refuses none at all, and a column there is not.
    """
    viewer = viewer_in(request)
    case_list = list_in(request, viewer, name)
    error = ""
    if request.method == "POST":
        order = _ordered(request.POST.getlist("order"))
        ticked = request.POST.getlist("column")
        move = request.POST.get("move", "")
        if move:
            order = _moved(order, move)
        else:
            try:
                actions.arrange(
                    list_name=name, shape=Shape.TABLE, columns=_chosen(order, ticked), by=viewer
                )
            except Refusal as refusal:
                error = str(refusal.message)
            else:
                rest = {key: kept for key, kept in case_list.narrowing.items() if key != "view"}
                return HttpResponseRedirect(of_queue(name, rest).url, status=303)
    else:
        move = ""
        ticked = [column.name for column in shown(viewer, case_list).columns]
        order = _ordered(ticked)
    context = {
        "case_list": case_list,
        "items": [(COLUMNS[each], each in ticked) for each in order],
        "moved": move.partition(" ")[0],
        "error": error,
    }
    return render(request, "desk/queues/columns.html", context, status=422 if error else 200)


def _ordered(names: Sequence[str]) -> list[str]:
    """These first, then all the others; what is no column is left out."""
    return [name for name in dict.fromkeys([*names, *COLUMNS]) if name in COLUMNS]


def _moved(order: list[str], move: str) -> list[str]:
    """One column a place up or down: "due up"."""
    name, _blank, way = move.partition(" ")
    if name in order:
        place = order.index(name)
        order.insert(max(0, place + (-1 if way == "up" else 1)), order.pop(place))
    return order


def _chosen(order: Sequence[str], ticked: Sequence[str]) -> list[str]:
    if set(ticked) - set(COLUMNS):
        raise Invalid(_("有一列已经没有了，请重新勾选"), field="column")
    if not ticked:
        raise Invalid(_("至少勾选一列"), field="column")
    return [name for name in order if name in ticked]


@require_http_methods(["GET", "POST"])
@staff_only()
def save_view(request: HttpRequest, name: str) -> HttpResponse:
    """Save the list as it stands under a name: filters, order, shape, columns."""
    viewer = viewer_in(request)
    case_list = list_in(request, viewer, name)
    standing = shown(viewer, case_list)
    form = ViewForm(request.POST or None)
    parameters = {key: kept for key, kept in case_list.narrowing.items() if key != "view"}
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.save_view(
                list_name=name,
                name=form.cleaned_data["name"],
                parameters=parameters,
                shape=standing.shape,
                columns=[column.name for column in standing.columns],
                share=form.cleaned_data["share"],
                by=viewer,
            )
        except Refusal as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.message)
            )
        else:
            messages.success(request, _("已存为常用视图。"))
            return HttpResponseRedirect(address_of(row), status=303)
    context = {
        "case_list": case_list,
        "form": form,
        "words": [words for _name, words in in_words(filter_form(viewer, case_list), parameters)],
        "columns": standing.columns if standing.is_table else (),
        "unit_name": viewer.seats[0].unit_name,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/queues/save_view.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_only()
def view_remove(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a saved view; asks first. Unseen for another's."""
    viewer = viewer_in(request)
    row = queries.view(viewer, view_id)
    if row.list not in {queue.name for queue in cases.queues_for(viewer)}:
        raise Unseen("")
    if not queries.may_remove(viewer, row):
        raise NotPermitted(actions.WHO_REMOVES)
    question = Question(
        title=_("删除视图“%(name)s”？") % {"name": row.name},
        text=_("本单位的人都不再看得到这个视图。里面的事不变。")
        if row.unit_id
        else _("只删掉这个视图，里面的事不变。"),
        deed=_("删除视图"),
        done=_("已删除。"),
        back_url=of_queue(row.list, {}).url,
    )
    return asked_first(request, question, lambda: actions.remove_view(view_id=view_id, by=viewer))

"""What a queue may be narrowed by, in which order it may stand, and what is chosen of it now."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.queues.case_list import CaseList, of_queue
from gezhi.faces.shell import terms
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.tags import words_of_marks
from gezhi.ground.codes import queries as codes
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import Order

ORDERS: dict[Order, str | Promise] = {
    Order.DUE: gettext_lazy("先到期的在前"),
    Order.FIRST: gettext_lazy("先来的在前"),
    Order.NEWEST: gettext_lazy("后来的在前"),
    Order.COMMUNITY: gettext_lazy("按社区，再按到期"),
}
# Days stand in a row of two: from, to.
_DAYS: dict[str, str | Promise] = {
    "accepted_from": gettext_lazy("受理日从"),
    "accepted_to": gettext_lazy("受理日到"),
    "ended_from": gettext_lazy("结案日从"),
    "ended_to": gettext_lazy("结案日到"),
}
# Lists of a few, decided one by one: nobody looks for a community in them.
_SHORT = frozenset({"ruling", "appeals", "approving"})
_EVERYTHING = ("", gettext_lazy("全部"))


class FilterForm(PlainForm):
    """What a queue may be narrowed by."""

    q = forms.CharField(label=gettext_lazy("事由或地点里的字"), required=False, max_length=60)
    community = forms.ChoiceField(label=gettext_lazy("社区"), required=False)
    grid = forms.ChoiceField(label=gettext_lazy("网格"), required=False)
    # `class` is no name for a Python attribute; it is put in by `filter_form`.
    light = forms.ChoiceField(
        label=gettext_lazy("时限"),
        required=False,
        choices=[_EVERYTHING, ("red", gettext_lazy("已超时"))],
    )
    mark = forms.ChoiceField(label=gettext_lazy("标记"), required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("紧急程度"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("诉求类型"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("渠道"), required=False)
    again = forms.ChoiceField(
        label=gettext_lazy("办理次数"),
        required=False,
        choices=[_EVERYTHING, ("yes", gettext_lazy("重新办理过的"))],
    )
    order = forms.ChoiceField(label=gettext_lazy("排序"), required=False)
    # What is not asked here and stays chosen: the saved view a list was opened by.
    view = forms.CharField(required=False, widget=forms.HiddenInput)


def filter_form(viewer: Viewer, case_list: CaseList) -> FilterForm:
    """The filters of a queue with what is set; communities of the viewer's own area only."""
    sent = QueryDict(mutable=True)
    sent.update(dict(case_list.parameters))
    form = FilterForm(sent or None, auto_id="filter_%s")
    parents = [row for row in codes.terms("matters") if not row.parent_code]
    form.fields["class"] = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[_EVERYTHING, *((row.code, row.label) for row in parents)],
    )
    _offer(form, "mark", words_of_marks())
    _offer(form, "urgency", terms.choices("urgency"))
    _offer(form, "kind", terms.choices("request_kinds"))
    _offer(form, "channel", terms.choices("channels"))
    _offer_days(form, case_list.queue)
    _offer_areas(form, viewer, case_list.queue)
    _offer_orders(form, case_list.queue)
    if "view" not in dict(case_list.parameters):
        del form.fields["view"]
    # Two in a row: what is asked most stands first, from and to of a day beside each other.
    first = ["q", "class", "community", "light", "mark", "urgency", "kind", "channel"]
    form.order_fields([*first, *_DAYS, "again", "order", "grid"])
    return form


def _offer(form: FilterForm, name: str, choices: list[tuple[str, str]]) -> None:
    form.offer(name, [_EVERYTHING, *choices])


def _offer_days(form: FilterForm, queue: str) -> None:
    for name, label in _DAYS.items():
        # Nothing under way has ended.
        if name.startswith("accepted") or cases.QUEUES[queue].newest_first:
            widget = forms.DateInput(attrs={"type": "date"})
            form.fields[name] = forms.DateField(label=str(label), required=False, widget=widget)


def _offer_areas(form: FilterForm, viewer: Viewer, queue: str) -> None:
    """The communities of who sees several; the grids of the one that is chosen, or is theirs."""
    one = typed_id(form.data.get("community", ""))
    if form.data.get("community") is None and queue in _SHORT:
        del form.fields["community"]
    elif viewer.district_id and not all(
        seat.level in (Level.COMMUNITY, Level.GRID) for seat in viewer.seats
    ):
        streets = {seat.area_id for seat in viewer.seats if seat.level is Level.STREET}
        known = places.areas(
            viewer.district_id,
            Level.COMMUNITY,
            street_id=next(iter(streets)) if len(streets) == 1 else None,
        )
        choices = [(str(row.id), row.label) for row in known]
        _offer(form, "community", [*choices, (cases.IN_NO_COMMUNITY, _("社区未定"))])
    else:
        del form.fields["community"]
        own = {seat.area_id for seat in viewer.seats if seat.level is Level.COMMUNITY}
        one = next(iter(own)) if len(own) == 1 else None
    if viewer.district_id and one:
        grids = places.areas(viewer.district_id, Level.GRID, community_id=one)
        _offer(form, "grid", [(str(row.id), row.label) for row in grids])
    else:
        del form.fields["grid"]


def _offer_orders(form: FilterForm, queue: str) -> None:
    offered = [order for order in cases.orders_of(queue) if _has_sense(form, order)]
    if len(offered) < 2:
        del form.fields["order"]
        return
    usual, *others = offered
    form.offer("order", [("", ORDERS[usual]), *((order.value, ORDERS[order]) for order in others)])


def _has_sense(form: FilterForm, order: Order) -> bool:
    """Whoever has one community alone is not asked in which order communities stand."""
    return order is not Order.COMMUNITY or "community" in form.fields


def chosen(form: FilterForm, case_list: CaseList) -> list[tuple[str, str]]:
    """The filters that are set, each in words with the address that drops it."""
    return [
        (words, of_queue(case_list.queue, _without(case_list.narrowing, name)).url)
        for name, words in in_words(form, case_list.narrowing)
    ]


def in_words(form: FilterForm, narrowing: dict[str, str]) -> list[tuple[str, str]]:
    """Each filter that is set with its words, for chips and for paper."""
    found = []
    for name, value in narrowing.items():
        names: dict[Any, Any] = dict(getattr(form.fields.get(name), "choices", ()))
        if words := str(names.get(value, "")) or _worded(name, value):
            found.append((name, words))
    return found


def _without(narrowing: dict[str, str], name: str) -> dict[str, str]:
    """The rest; grids are those of a community, and go with it."""
    gone = {name, "grid"} if name == "community" else {name}
    return {key: kept for key, kept in narrowing.items() if key not in gone}


def _worded(name: str, value: str) -> str:
    """A filter that is no choice, in words."""
    if name in _DAYS:
        return f"{_DAYS[name]} {value}"
    if name == "days":
        return _("近 %(days)s 天") % {"days": value}
    row_id = typed_id(value) or 0
    if name == "grid":
        return places.names_of({row_id}).get(row_id, "")
    if name == "holder":
        return units.names_of({row_id}).get(row_id, "")
    return {"q": f"“{value}”", "view": ""}.get(name, value)
